"""Exports to spreadsheets, in which no cell is a live formula."""

import csv
import io
from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from wagtail.admin.views.mixins import Echo, SpreadsheetExportMixin

# Characters that may begin a formula; also the full-width forms, which some programs treat alike.
FORMULA_MARKS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def safe_cell(value: Any) -> Any:
    """The value, with an apostrophe first if a spreadsheet could run it. Numbers and dates stay as they are."""
    if not isinstance(value, str):
        return value
    if value.startswith(FORMULA_MARKS) or value.lstrip().startswith(FORMULA_MARKS):
        return f"'{value}"
    return value


def csv_text(rows: list[list[Any]]) -> str:
    """The rows as CSV for a Swedish spreadsheet: semicolons, and every cell within quotation marks.

    The marks keep a semicolon or line break within a cell from starting a new one.
    """
    out = io.StringIO()
    _writer(out).writerows([[safe_cell(cell) for cell in row] for row in rows])
    return out.getvalue()


def _writer(out: Any) -> Any:
    return csv.writer(out, delimiter=";", quoting=csv.QUOTE_ALL)


class SafeSpreadsheetMixin(SpreadsheetExportMixin):
    """Wagtail's export without live formulas, and a CSV that a Swedish spreadsheet opens with å, ä and ö."""

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:
        return safe_cell(super().preprocess_field_value(field, value, export_format))

    def stream_csv(self, queryset: QuerySet[Any]) -> Iterator[bytes]:
        writer = _writer(Echo())
        yield b"\xef\xbb\xbf"
        yield writer.writerow([self.get_heading(queryset, field) for field in self.list_export])
        for item in queryset:
            row = self.to_row_dict(item)
            yield writer.writerow([self.preprocess_field_value(f, v, self.FORMAT_CSV) for f, v in row.items()])
