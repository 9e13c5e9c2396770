"""Reads tables in text: CSV with any separator."""

import csv
import io
import re
from collections.abc import Iterator
from typing import BinaryIO

from .grid import Grid, whole_number
from .passages import Budget, Fault, Passage, quoted
from .plain_text import NO_TEXT, encoding_of, is_no_text

_SEPARATORS = ";,\t|"
_SAMPLE = 20_000
_MAX_FIELD = 1_000_000
_WITH_POWER = re.compile(r"\s*(\d)[.,](\d{5,12})E\+?(\d\d?)\s*", re.IGNORECASE)


def read(source: BinaryIO, budget: Budget) -> Iterator[Passage | Fault]:
    """Yields every cell with the heading of its column."""
    encoding = encoding_of(source)
    source.seek(0)
    text = io.TextIOWrapper(source, encoding, errors="replace", newline="")
    separator = _separator(text.read(_SAMPLE))
    text.seek(0)
    csv.field_size_limit(_MAX_FIELD)
    grid = Grid()
    lines = _Lines(text)
    rows = csv.reader(lines, delimiter=separator)
    try:
        for row in rows:
            cells = [(column, _written_out(cell)) for column, cell in enumerate(row, 1) if cell]
            for cell in grid.read(cells):
                heading = grid.heading(cell.first)
                columns = f"{cell.first}" if cell.first == cell.last else f"{cell.first}–{cell.last}"
                name = f" ({quoted(heading)})" if heading else ""
                where = f"rad {rows.line_num}, kolumn {columns}{name}"
                yield Passage(where, budget.take(cell.text), cell.context)
    except csv.Error:  # a cell without end: a quotation mark that nothing closes
        yield Fault("Tabellen är skadad och kunde inte läsas i sin helhet.")
    if lines.has_more_than_text:
        yield Fault(NO_TEXT)
    text.detach()


def _separator(sample: str) -> str:
    """The mark that splits the first lines most evenly into columns."""
    lines = [line for line in sample.splitlines() if line.strip()][:20]

    def columns(mark: str) -> tuple[int, int]:
        counts = [line.count(mark) for line in lines]
        return (min(counts, default=0), sum(counts))

    return max(_SEPARATORS, key=columns)


def _written_out(cell: str) -> str:
    """A number as its digits: programs save a long one as 1,98507099805E+11."""
    if "E" not in cell and "e" not in cell:
        return cell
    found = _WITH_POWER.fullmatch(cell)
    return whole_number(f"{found[1]}.{found[2]}E{found[3]}") or cell if found else cell


class _Lines:
    """The lines without null characters, which stop the csv reader. Notes whether there is anything but text."""

    def __init__(self, lines: io.TextIOWrapper) -> None:
        self._lines = lines
        self.has_more_than_text = False

    def __iter__(self) -> Iterator[str]:
        for line in self._lines:
            self.has_more_than_text = self.has_more_than_text or is_no_text(line)
            yield line.replace("\0", "")
