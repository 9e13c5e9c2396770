"""Writes the log of access: who was shown which personal data, in the admin and on min sida."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from contacts.enums import AccessKind
from contacts.personal_data import PersonalDataMixin, ShownToContactPerson

from .models import AccessLogEntry
from .models.access_log import MAX_WHAT
from .views_of_others import ViewOfOther, view_of_other


class AccessLogMiddleware:
    """Adds a row to the log for each response of a view that shows personal data.

    The view says so (`PersonalDataMixin`), or stands in the table of views of others.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        view = getattr(request, "personal_data_view", None) or view_of_other(request, response)
        if view is not None:
            # Before the answer leaves: what cannot be logged is not shown.
            log_access(view, request, response)
        return response


def log_access(
    view: PersonalDataMixin | ShownToContactPerson | ViewOfOther, request: HttpRequest, response: HttpResponse
) -> None:
    """Log what the view showed, unless the response is a redirect or a refusal, which show nothing."""
    kind = view.access_kind
    if "attachment" in response.get("Content-Disposition", ""):
        kind = AccessKind.EXPORT
    # An import that has been stored answers with a redirect.
    was_done = response.status_code == 200 or kind == AccessKind.IMPORT
    if not view.shows_personal_data or not was_done:
        return
    what = view.shows_personal_data.format(view=view)[:MAX_WHAT]
    if kind == AccessKind.READ and view.one_reading:
        earlier = AccessLogEntry.objects.filter(who=request.user, kind=kind, what=what)  # type: ignore[misc]
        if earlier.filter(when__gte=timezone.now() - view.one_reading).exists():
            return
    AccessLogEntry.objects.create(who=request.user, kind=kind, what=what, rows=view.personal_data_rows)  # type: ignore[misc]
