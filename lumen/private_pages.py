"""The password of a private page or collection: Wagtail's views, with a limit on wrong tries."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from wagtail.documents.views.serve import authenticate_with_password as open_collection
from wagtail.views import authenticate_with_password as open_page

from contacts.clients import client_of
from contacts.security_log import log_event
from outbox.limits import Limit

from .views import too_many_requests

WRONG_PASSWORDS = Limit("wrong_page_passwords_a_client")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def page_password(request: HttpRequest, page_view_restriction_id: int, page_id: int) -> HttpResponseBase:
    """Ask for the password of a private page, and let whoever knows it in for the session."""
    return _limited(
        request,
        f"page-{page_view_restriction_id}",
        lambda: open_page(request, page_view_restriction_id, page_id),
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def document_password(request: HttpRequest, restriction_id: int) -> HttpResponseBase:
    """Ask for the password of a private collection's documents."""
    return _limited(request, f"collection-{restriction_id}", lambda: open_collection(request, restriction_id))


def _limited(request: HttpRequest, what: str, answer: Callable[[], HttpResponse]) -> HttpResponseBase:
    """The answer, unless the client has been wrong too often. Only wrong passwords count: many may share an address."""
    if request.method != "POST":
        return answer()
    client = client_of(request)
    if WRONG_PASSWORDS.is_reached(what, client):
        return too_many_requests(request)
    response = answer()
    if response.status_code != 302:
        log_event("private_page_refused", request, what=what)
        WRONG_PASSWORDS.allows(what, client)
    return response
