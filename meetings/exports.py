"""Tables to take away, as CSV or XLSX. No cell is a live formula."""

import csv
import io
import re
from collections.abc import Iterable, Sequence

from django.http import HttpResponse
from openpyxl import Workbook
from openpyxl.styles import Font

# A cell that begins with one of these may be run by a spreadsheet program; an apostrophe makes it text.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
FORMATS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
Cell = str | int | None


def safe(value: Cell) -> Cell:
    """The value as it may stand in a spreadsheet; numbers are left as they are."""
    if not isinstance(value, str):
        return value
    text = UNPRINTABLE.sub("", value)
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA_STARTS) else text


def table_response(
    *, name: str, file_format: str, headings: Sequence[str], rows: Iterable[Sequence[Cell]]
) -> HttpResponse:
    """The table as a file to download, called `name`.csv or `name`.xlsx. KeyError for another format."""
    content_type = FORMATS[file_format]
    table = [list(headings), *([safe(cell) for cell in row] for row in rows)]
    content = _csv(table) if file_format == "csv" else _xlsx(table)
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}.{file_format}"'
    response["Cache-Control"] = "no-store, private"
    return response


def _csv(table: list[list[Cell]]) -> bytes:
    out = io.StringIO()
    # Semicolons, and a mark that says UTF-8: so that a Swedish Excel opens it right.
    csv.writer(out, delimiter=";").writerows(table)
    return out.getvalue().encode("utf-8-sig")


def _xlsx(table: list[list[Cell]]) -> bytes:
    book = Workbook()
    sheet = book.active
    for row in table:
        sheet.append(row)
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    sheet.freeze_panes = "A2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
