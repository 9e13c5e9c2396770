"""The cells of a file of contact persons, before anything is known of its columns, and how they are kept for an hour.

What is kept holds no number of a person: such cells are emptied, and what stood in them is told without its digits.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from .forbidden_numbers import found_in
from .headings import NAME_PARTS, TITLES, Layout
from .rows import Cell, NumberedRow


@dataclass(frozen=True)
class Table:
    """The rows of a file that have a cell. `forbidden` tells of emptied cells, by row and column: what stood there."""

    rows: list[NumberedRow]
    forbidden: Mapping[int, Mapping[int, Sequence[str]]] = field(default_factory=dict)

    @property
    def width(self) -> int:
        return max((len(cells) for _, cells in self.rows), default=0)

    def headings(self, row: int | None) -> list[str]:
        """The cells of a row as headings."""
        return next(([str(cell) for cell in cells] for number, cells in self.rows if number == row), [])

    def samples(self, column: int, first_row: int, most: int) -> list[str]:
        """The first values of a column, among the rows about persons."""
        values = (str(cells[column]) for number, cells in self.rows if number >= first_row and column < len(cells))
        filled = (value for value in values if value)
        return [value for value, _ in zip(filled, range(most), strict=False)]

    def without_forbidden(self, layout: Layout) -> "Table":
        """The table as it may be kept: cells with a number of a person are emptied."""
        rows: list[NumberedRow] = []
        forbidden: dict[int, dict[int, Sequence[str]]] = {row: dict(told) for row, told in self.forbidden.items()}
        for number, cells in self.rows:
            kept = list(cells)
            for columns, title, text in _texts(cells, layout):
                if found := found_in(text, title):
                    for column in columns:
                        kept[column] = ""
                        forbidden.setdefault(number, {}).setdefault(column, found)
            rows.append((number, kept))
        return Table(rows, forbidden)

    def as_bytes(self) -> bytes:
        rows = [[number, [_text(cell) for cell in cells]] for number, cells in self.rows]
        forbidden = [[row, column, told] for row, cells in self.forbidden.items() for column, told in cells.items()]
        return json.dumps({"rows": rows, "forbidden": forbidden}, ensure_ascii=False).encode()

    @classmethod
    def from_bytes(cls, content: bytes) -> "Table":
        kept = json.loads(content)
        forbidden: dict[int, dict[int, Sequence[str]]] = {}
        for row, column, told in kept["forbidden"]:
            forbidden.setdefault(row, {})[column] = told
        return cls([(number, cells) for number, cells in kept["rows"]], forbidden)


def _texts(cells: Sequence[Cell], layout: Layout) -> Iterator[tuple[tuple[int, ...], str, str]]:
    """What is screened of a row: the columns, what they are called, and their text.

    A number may be divided, so the parts of a name are read together too, and the columns that are not read.
    """
    filled = [column for column, cell in enumerate(cells) if cell]
    for column in filled:
        field = layout.columns.get(column, "")
        title = TITLES.get(field) or NAME_PARTS.get(field) or layout.heading(column)
        yield (column,), title, _text(cells[column])
    for columns in layout.places().values():
        if len(columns) > 1 and max(columns) < len(cells):
            yield columns, TITLES["name"], " ".join(_text(cells[column]) for column in columns)
    unread = tuple(column for column in filled if column not in layout.columns)
    yield unread, "", ", ".join(f"{layout.heading(column)}: {_text(cells[column])}" for column in unread)


def _text(cell: Cell) -> str:
    return cell.isoformat() if isinstance(cell, date) else cell
