"""The rows that reading hands over to planning, and the limits of both."""

from dataclasses import dataclass, field
from datetime import date

MAX_FILE_BYTES = 5 * 1024 * 1024
MAX_ROWS = 5_000
# Blank rows count here too (some carry a format in the spreadsheet), so this is more than MAX_ROWS.
MAX_SHEET_ROWS = 20_000
MAX_COLUMNS = 100

# A cell: dates come as dates from a spreadsheet, everything else as text.
Cell = str | date
# A row of the sheet with its number as a spreadsheet shows it (the heading is row 1).
NumberedRow = tuple[int, list[Cell]]


class ImportFileError(Exception):
    """The file as a whole can't be used. The message is for the user; `row` is None when no row is to blame."""

    def __init__(self, reason: str, row: int | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.row = row


@dataclass(frozen=True)
class ImportRow:
    """One row with contact details, still as written in the file. "" is a blank cell or a missing column."""

    row: int
    organisation: Cell = ""
    code: Cell = ""
    name: Cell = ""
    email: Cell = ""
    title: Cell = ""
    phone: Cell = ""
    start: Cell = ""
    until: Cell = ""  # the last day of the role
    deputy: Cell = ""
    forbidden: tuple[str, ...] = ()  # a sentence for each number that stood in a cell and must not be kept


@dataclass(frozen=True)
class ImportFile:
    rows: list[ImportRow]
    notes: list[str] = field(default_factory=list)
