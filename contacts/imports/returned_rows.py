"""Files of an import's rows: the right ones to be stored alone, and the faulty ones to be mended and read in again."""

import io
from collections.abc import Sequence
from datetime import date

from openpyxl import Workbook

from ..exports import csv_text, safe_cell
from .forbidden_numbers import screen_cell
from .headings import COLUMNS
from .plan import ImportPlan
from .rows import Cell, ImportRow

HEADINGS = [title for _, title, _ in COLUMNS]
REASON = "Orsak"


def right_rows(rows: Sequence[ImportRow], plan: ImportPlan) -> bytes:
    """The rows without faults, as a .csv file of its own."""
    faulty = {outcome.row for outcome in plan.errors}
    return csv_text(
        [HEADINGS, *([_text(cell) for cell in _cells(row)] for row in rows if row.row not in faulty)]
    ).encode()


def faulty_rows(rows: Sequence[ImportRow], plan: ImportPlan) -> bytes:
    """The rows with faults as a workbook, each with its reason. A cell with a number of a person is left empty."""
    reasons = {outcome.row: outcome.reason for outcome in plan.errors}
    book = Workbook()
    sheet = book.active
    assert sheet is not None  # noqa: S101  (a new workbook has a sheet)
    sheet.append([*HEADINGS, REASON])
    for row in rows:
        if row.row in reasons:
            cells = [
                "" if screen_cell(cell, title) else cell for cell, title in zip(_cells(row), HEADINGS, strict=True)
            ]
            sheet.append([*(safe_cell(_text(cell)) for cell in cells), safe_cell(reasons[row.row])])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _cells(row: ImportRow) -> list[Cell]:
    return [getattr(row, field) for field, _, _ in COLUMNS]


def _text(cell: Cell) -> str:
    return cell.isoformat() if isinstance(cell, date) else cell
