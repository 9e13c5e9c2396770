"""Tables to take away, as CSV or XLSX, of rows that are no query set. No cell is a live formula."""

import io
from collections.abc import Iterable, Sequence

from django.http import HttpResponse
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

from contacts.exports import csv_text, safe_cell

FORMATS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
Cell = str | int


def table_response(
    *, name: str, file_format: str, headings: Sequence[str], rows: Iterable[Sequence[Cell]]
) -> HttpResponse:
    """The table as a file to download, called `name`.csv or `name`.xlsx. KeyError for another format."""
    content_type = FORMATS[file_format]
    table: list[list[Cell]] = [list(headings), *(list(row) for row in rows)]
    # The mark of UTF-8 first: so that a Swedish Excel reads å, ä and ö.
    content = csv_text(table).encode("utf-8-sig") if file_format == "csv" else _xlsx(table)
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}.{file_format}"'
    response["Cache-Control"] = "no-store, private"
    return response


def _xlsx(table: list[list[Cell]]) -> bytes:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in table:
        sheet.append([_printable(safe_cell(cell)) for cell in row])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    sheet.freeze_panes = "A2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _printable(value: Cell) -> Cell:
    return ILLEGAL_CHARACTERS_RE.sub("", value) if isinstance(value, str) else value
