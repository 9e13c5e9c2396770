"""The status of each organisation's invitation: invited, forwarded, registered, attended, declined."""

from collections.abc import Callable
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse

from ...admin_forms import OrganisationFilterForm
from ...exports import FORMATS, ORGANISATION_COLUMNS, table_response
from ...organisation_status import OrganisationRow, organisation_rows
from .base import PeopleView

ROWS_A_PAGE = 100


def everything(row: OrganisationRow) -> bool:
    return True


SHOWN: dict[str, Callable[[OrganisationRow], bool]] = {
    "": everything,
    "registered": lambda row: row.registered > 0,
    "silent": lambda row: row.is_reached and not row.registered and not row.has_declined,
    "opened": lambda row: row.opened_at is not None,
    "declined": lambda row: row.has_declined,
    "not_reached": lambda row: not row.is_reached,
    "unreachable": lambda row: row.is_unreachable,
}


class OrganisationsView(PeopleView):
    template_name = "admin_meetings/organisations.html"
    page_title = "Organisationer"
    tab = "organisations"
    shows_personal_data = "Organisationer och kontaktpersoner: {view.meeting.title}"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = OrganisationFilterForm(request.GET)
        rows = chosen_rows(self.meeting, form)
        if request.GET.get("export") in FORMATS:
            return self.export(request.GET["export"], rows)
        page = Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get("p"))
        self.personal_data_rows = len(page)
        return self.render_to_response(self.get_context_data(form=form, page=page, total=len(rows)))

    def export(self, file_format: str, rows: list[OrganisationRow]) -> HttpResponse:
        self.personal_data_rows = len(rows)
        name = f"organisationer-{self.meeting.slug}"
        return table_response(name=name, file_format=file_format, columns=ORGANISATION_COLUMNS, rows=rows)


def chosen_rows(meeting: Any, form: OrganisationFilterForm) -> list[OrganisationRow]:
    """The organisations that the filter asks for; an invalid filter shows all."""
    chosen = form.cleaned_data if form.is_valid() else {}
    words = chosen.get("q", "").lower()
    is_shown = SHOWN[chosen.get("visa", "")]
    return [row for row in organisation_rows(meeting) if is_shown(row) and words in row.organisation.name.lower()]
