"""The exports of a meeting's participants and organisations, as CSV or XLSX. No cell is a live formula."""

import io
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

from contacts.exports import csv_text, safe_cell

from .models import MeetingPage, Registration
from .organisation_status import OrganisationRow

FORMATS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
Cell = str | int
Columns = Mapping[str, Callable[[Any], Cell]]

# The heading and the cell of each column, from a registration (fetched with `with_origin`).
PARTICIPANT_COLUMNS: dict[str, Callable[[Registration], Cell]] = {
    "Namn": lambda row: row.name,
    "E-post": lambda row: "" if row.is_anonymous else row.email,
    "Roll": lambda row: row.role,
    "Förvaltning eller enhet": lambda row: row.department,
    "Organisation": lambda row: row.organisation.name if row.organisation else "",
    "Kod": lambda row: row.organisation.code if row.organisation else "",
    "Län": lambda row: row.organisation.county if row.organisation else "",
    "Slag": lambda row: row.organisation.get_kind_display() if row.organisation else "",
    "Status": lambda row: row.get_status_display(),
    "Deltog": lambda row: {True: "ja", False: "nej", None: ""}[row.attended],
    "Anmäld": lambda row: f"{timezone.localtime(row.created_at):%Y-%m-%d %H:%M}",
    "Via kontaktperson": lambda row: str(row.invitation.contact_person.person) if row.invitation else "",
}
ORGANISATION_COLUMNS: dict[str, Callable[[OrganisationRow], Cell]] = {
    "Organisation": lambda row: row.organisation.name,
    "Slag": lambda row: row.organisation.get_kind_display(),
    "Kod": lambda row: row.organisation.code,
    "Län": lambda row: row.organisation.county,
    "Läge": lambda row: row.state,
    "Kontaktpersoner": lambda row: ", ".join(row.contact_persons),
    "Vidarebefordrad": lambda row: f"{timezone.localtime(row.opened_at):%Y-%m-%d}" if row.opened_at else "",
    "Anmälda": lambda row: row.registered,
    "Deltog": lambda row: row.attended,
    "Tackade nej för att": lambda row: row.invited.declined_because if row.invited and row.has_declined else "",
}
# From a meeting (fetched with `with_counts`).
MEETING_COLUMNS: dict[str, Callable[[MeetingPage], Cell]] = {
    "Möte": lambda row: row.title,
    "Börjar": lambda row: _minute(row.starts_at),
    "Slutar": lambda row: _minute(row.ends_at),
    "Var": lambda row: row.location,
    "Läge": lambda row: row.state().label,
    "Teman": lambda row: ", ".join(tagged.tag.name for tagged in row.tagged_themes.all()),
    "Inbjudna organisationer": lambda row: getattr(row, "invited_count", 0),
    "Anmälda": lambda row: getattr(row, "registered_count", 0),
    "Adress": lambda row: row.public_url,
}


def _minute(moment: datetime | None) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}" if moment else ""


def table_response(*, name: str, file_format: str, columns: Columns, rows: Iterable[Any]) -> HttpResponse:
    """Returns a table as a download named by `name` and today's date. Raises KeyError for an unknown format."""
    content_type = FORMATS[file_format]
    table: list[list[Cell]] = [list(columns)]
    table += [[cell_of(row) for cell_of in columns.values()] for row in rows]
    # A byte order mark first, so that Excel reads å, ä and ö.
    content = csv_text(table).encode("utf-8-sig") if file_format == "csv" else _xlsx(table)
    response = HttpResponse(content, content_type=content_type)
    filename = f"{name}-{timezone.localdate().isoformat()}.{file_format}"
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
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
