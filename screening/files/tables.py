"""Tables in text: CSV with any separator. Plain Python: no Django."""

import csv
import io
from collections.abc import Iterator
from typing import BinaryIO

from .encodings import encoding_of
from .grid import Grid
from .pieces import Budget, Fault, Piece, quoted

_SEPARATORS = ";,\t|"
_SAMPLE = 20_000
_MAX_FIELD = 1_000_000


def read(source: BinaryIO, budget: Budget) -> Iterator[Piece | Fault]:
    """Every cell, with the heading of its column."""
    encoding = encoding_of(source)
    source.seek(0)
    text = io.TextIOWrapper(source, encoding, errors="replace", newline="")
    separator = _separator(text.read(_SAMPLE))
    text.seek(0)
    csv.field_size_limit(_MAX_FIELD)
    grid = Grid()
    rows = csv.reader(_without_zeros(text), delimiter=separator)
    try:
        for row in rows:
            cells = [(column, cell) for column, cell in enumerate(row, 1) if cell]
            for cell in grid.read(cells):
                heading = grid.heading(cell.first)
                columns = f"{cell.first}" if cell.first == cell.last else f"{cell.first}–{cell.last}"
                name = f" ({quoted(heading)})" if heading else ""
                where = f"rad {rows.line_num}, kolumn {columns}{name}"
                yield Piece(where, budget.take(cell.text), cell.context)
    except csv.Error:  # a cell without end: a quotation mark that nothing closes
        yield Fault("Tabellen är skadad och kunde inte läsas i sin helhet.")
    text.detach()


def _separator(sample: str) -> str:
    """The mark that splits the first lines most evenly into columns."""
    lines = [line for line in sample.splitlines() if line.strip()][:20]

    def columns(mark: str) -> tuple[int, int]:
        counts = [line.count(mark) for line in lines]
        return (min(counts, default=0), sum(counts))

    return max(_SEPARATORS, key=columns)


def _without_zeros(lines: io.TextIOWrapper) -> Iterator[str]:
    for line in lines:
        yield line.replace("\0", "")
