"""Exports to spreadsheets, in which no cell is a live formula."""

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.encoding import force_str
from wagtail.admin.views.mixins import Echo, SpreadsheetExportMixin

# Characters that may begin a formula; also the full-width forms, which some programs treat alike.
FORMULA_MARKS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def safe_cell(value: Any) -> Any:
    """The value, with an apostrophe first if a spreadsheet could run it. Numbers and dates stay as they are.

    What is true or false is told in Swedish.
    """
    if isinstance(value, bool):
        return "Ja" if value else "Nej"
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


def make_every_export_safe() -> None:
    """Make the cells of every export of the admin safe, Wagtail's own reports included.

    They all share one mixin of Wagtail's, which has no setting for it. It is changed in place, so that a report that
    comes with a new version is safe too.
    """
    cell_of = SpreadsheetExportMixin.preprocess_field_value

    def preprocess_field_value(self: Any, field: str, value: Any, export_format: str) -> Any:
        return safe_cell(force_str(cell_of(self, field, value, export_format), strings_only=True))

    SpreadsheetExportMixin.preprocess_field_value = preprocess_field_value


class SwedishCsvMixin(SpreadsheetExportMixin):
    """Wagtail's export, with a CSV that a Swedish spreadsheet opens with å, ä and ö."""

    def stream_csv(self, queryset: QuerySet[Any]) -> Iterator[bytes]:
        writer = _writer(Echo())
        yield b"\xef\xbb\xbf"
        yield writer.writerow([self.get_heading(queryset, field) for field in self.list_export])
        for item in queryset:
            row = self.to_row_dict(item)
            yield writer.writerow([self.preprocess_field_value(f, v, self.FORMAT_CSV) for f, v in row.items()])


class ColumnsExportMixin(SwedishCsvMixin):
    """An export whose columns are told as headings, each with what stands in the cell of a row.

    `list_export` and `export_headings` must be those of `names_of`, on the view or on its viewset.
    """

    export_columns: Mapping[str, Callable[[Any], Any]]

    def to_row_dict(self, item: Any) -> dict[str, Any]:
        return {name: cell(item) for name, cell in self.export_columns.items()}


def names_of(columns: Mapping[str, Any]) -> tuple[list[str], dict[str, str]]:
    """The names of the columns as Wagtail's export wants them: a list, and the heading of each."""
    return list(columns), {name: name for name in columns}
