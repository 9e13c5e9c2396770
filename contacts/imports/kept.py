"""Reads a kept file as its owner has chosen, to be previewed and stored."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from ..models import Organisation, PendingImport
from .choices import Choices, filled_down, lacks_organisation, rows_by_key
from .headings import Layout
from .plan import ImportPlan, listed_rows, make_plan
from .reading import read_rows
from .rows import ImportFile, ImportFileError, ImportRow
from .tables import Table


@dataclass(frozen=True)
class Chosen:
    """An organisation that the editor chose for a written name."""

    key: str
    written: str
    organisation: Organisation
    rows: Sequence[int]

    @property
    def where(self) -> str:
        return listed_rows(self.rows)


@dataclass
class KeptFile:
    """A file between upload and confirmation, read with its owner's choices.

    While a column that must be there is missing there are no rows.
    """

    table: Table
    choices: Choices
    layout: Layout
    file: ImportFile = field(default_factory=lambda: ImportFile(rows=[]))
    fault: str = ""  # why there are no rows, although the columns are known

    @cached_property
    def rows(self) -> list[ImportRow]:
        return filled_down(self.file.rows) if self.choices.fills_down else self.file.rows

    @cached_property
    def plan(self) -> ImportPlan:
        return make_plan(self.rows, self.choices.organisations)

    @cached_property
    def may_fill_down(self) -> list[int]:
        """The rows without an organisation that stand below one with it."""
        filled = filled_down(self.file.rows)
        pairs = zip(self.file.rows, filled, strict=True)
        return [row.row for row, below in pairs if lacks_organisation(row) and not lacks_organisation(below)]

    @property
    def where_filled_down(self) -> str:
        return listed_rows(self.may_fill_down)

    @property
    def chosen(self) -> list[Chosen]:
        """The editor's choices of organisations, in the order of the file."""
        organisations = Organisation.objects.in_bulk(list(self.choices.organisations.values()))
        return [
            Chosen(
                key,
                str(rows[0].organisation or rows[0].code),
                organisations[self.choices.organisations[key]],
                [row.row for row in rows],
            )
            for key, rows in rows_by_key(self.rows).items()
            if self.choices.organisations.get(key) in organisations
        ]


def read_kept(pending: PendingImport) -> KeptFile:
    """Read the file as its owner has chosen."""
    table = Table.from_bytes(bytes(pending.content))
    choices = Choices.from_json(pending.assigned)
    kept = KeptFile(table, choices, choices.layout(table))
    if kept.layout.is_complete:
        try:
            kept.file = read_rows(table, kept.layout)
        except ImportFileError as error:
            kept.fault = error.reason
    return kept
