"""What an editor has chosen for a file before it is read in: organisations of names, columns, rows below each other."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Self

from .headings import Layout, layout_of
from .matching import key_of
from .rows import ImportRow
from .tables import Table


@dataclass(frozen=True)
class Choices:
    """The choices, as they lie in `PendingImport.assigned`."""

    organisations: Mapping[str, int] = field(default_factory=dict)  # by the key of what is written
    columns: Mapping[int, str] = field(
        default_factory=dict
    )  # the field of each column; none when LUMEN's reading holds
    first_row: int = 0
    fills_down: bool = False  # a row without an organisation has that of the row above

    def as_json(self) -> dict[str, Any]:
        return {
            "organisations": dict(self.organisations),
            "columns": {str(column): field for column, field in self.columns.items()},
            "first_row": self.first_row,
            "fills_down": self.fills_down,
        }

    @property
    def mark(self) -> str:
        """Something short that tells these choices from others."""
        return hashlib.sha256(json.dumps(self.as_json(), sort_keys=True).encode()).hexdigest()[:16]

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        return cls(
            organisations=data.get("organisations", {}),
            columns={int(column): field for column, field in data.get("columns", {}).items()},
            first_row=data.get("first_row", 0),
            fills_down=data.get("fills_down", False),
        )

    def layout(self, table: Table) -> Layout:
        """The table's layout: as chosen, or else as its headings tell."""
        if not self.columns:
            return layout_of(table.rows)
        above = [number for number, _ in table.rows if number < self.first_row]
        heading_row = above[-1] if above else None
        return Layout(self.columns, self.first_row, heading_row, table.headings(heading_row))


def lacks_organisation(row: ImportRow) -> bool:
    return not row.organisation and not row.code


def filled_down(rows: Sequence[ImportRow]) -> list[ImportRow]:
    """The rows, each without an organisation with that of the nearest row above that has one."""
    filled: list[ImportRow] = []
    for row in rows:
        if lacks_organisation(row) and filled:
            row = replace(row, organisation=filled[-1].organisation, code=filled[-1].code)
        filled.append(row)
    return filled


def rows_by_key(rows: Sequence[ImportRow]) -> dict[str, list[ImportRow]]:
    """The rows that name their organisation in the same way."""
    found: dict[str, list[ImportRow]] = {}
    for row in rows:
        found.setdefault(key_of(str(row.organisation), str(row.code)), []).append(row)
    return found
