"""The faulty rows of an import as a file, to be mended and read in again."""

import io
from collections.abc import Mapping, Sequence
from datetime import date

from openpyxl import Workbook

from ..exports import safe_cell
from .forbidden_numbers import screen_cell
from .headings import COLUMNS
from .matching import key_of
from .plan import ImportPlan
from .rows import Cell, ImportRow

HEADINGS = [title for _, title, _ in COLUMNS]
REASON = "Orsak"


def faulty_rows(rows: Sequence[ImportRow], plan: ImportPlan, chosen: Mapping[str, str]) -> bytes:
    """The rows with faults as a workbook, each with its reason. A cell with a number of a person is left empty.

    `chosen` has the names of the organisations that the editor chose, by key, so that nobody is asked again.
    """
    reasons = {outcome.row: outcome.reason for outcome in plan.errors}
    book = Workbook()
    sheet = book.active
    assert sheet is not None  # noqa: S101  (a new workbook has a sheet)
    sheet.append([*HEADINGS, REASON])
    for row in rows:
        if row.row in reasons:
            cells = [
                "" if screen_cell(cell, title) else cell
                for cell, title in zip(_cells(row, chosen), HEADINGS, strict=True)
            ]
            sheet.append([*(safe_cell(_text(cell)) for cell in cells), safe_cell(reasons[row.row])])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _cells(row: ImportRow, chosen: Mapping[str, str]) -> list[Cell]:
    name = chosen.get(key_of(str(row.organisation), str(row.code)))
    own = {"organisation": name, "code": ""} if name else {}
    return [own.get(field, getattr(row, field)) for field, _, _ in COLUMNS]


def _text(cell: Cell) -> str:
    return cell.isoformat() if isinstance(cell, date) else cell
