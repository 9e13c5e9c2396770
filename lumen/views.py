"""Views that belong to no single room: health, CSRF errors, Min sida and the log-in code."""

from typing import Any, cast

from allauth.account.views import ConfirmLoginCodeView as AllauthConfirmLoginCodeView
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from contacts.decorators import personal
from contacts.deputies import deputies_beside, deputy_for, organisations_to_appoint_in
from contacts.models import ContactPerson, Person
from contacts.security_log import log_event
from meetings.permissions import contact_person_organisations
from meetings.views.my_page import own_meetings, past_meetings

from .operation import NOT_MIGRATED, read_operation


@require_safe
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """Say that the web process answers and reaches its database (500 if it does not), and what else is late."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    try:
        return JsonResponse(read_operation().as_json())
    except DatabaseError:  # It answers, but its tables are those of another version.
        return JsonResponse({"status": "late", "late": [NOT_MIGRATED]})


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Explain a form that was open too long; the browser's back button keeps what was written."""
    return render(request, "403_csrf.html", status=403)


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """Tell somebody who has tried too often to wait; also the answer of allauth's limits."""
    log_event("locked_out", request, person=request.user, path=request.resolver_match and request.resolver_match.route)
    return render(request, "429.html", status=429)


@require_safe
@login_required
@personal
def my_page(request: HttpRequest) -> HttpResponse:
    """Min sida: the meetings of the own organisations, coming and past, the own details and the deputies."""
    person = cast(Person, request.user)
    organisations = list(contact_person_organisations(person))
    if not organisations:
        return render(request, "pages/my_page_nobody.html")
    own_roles = ContactPerson.objects.active().filter(person=person)
    context = {
        "organisations": organisations,
        "own_meetings": own_meetings(organisations),
        "past_meetings": past_meetings(organisations),
        "deputies": deputies_beside(person, organisations),
        "several": len(organisations) > 1,
        "own_roles": own_roles.without_deputies().select_related("organisation"),
        "mail_stopped": own_roles.mail_stopped().select_related("organisation"),
        "deputy_for": deputy_for(person),
        "appoints_in": organisations_to_appoint_in(person),
    }
    return render(request, "pages/my_page.html", context)


class ConfirmLoginCodeView(AllauthConfirmLoginCodeView):
    """allauth's page for entering the log-in code, which also tells when a new code has been sent."""

    def _resend_form_valid(self, form: Any) -> HttpResponse:
        before = self._process.state["resend_count"]
        response: HttpResponse = super()._resend_form_valid(form)
        if self._process.state["resend_count"] > before:
            messages.success(self.request, "Vi har skickat en ny kod. Den förra gäller inte längre.")
        return response
