"""Middleware for what holds at every address: what is not taken, and the headers of an answer."""

import re
from collections.abc import Callable

from csp.middleware import CSPMiddleware
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers

ADMIN = "/admin/"
# NUL, and halves of pairs of surrogates.
_UNSTORABLE = re.compile(r"[\x00\ud800-\udfff]")
# What somebody sees who is logged in, or is about to be.
PERSONAL = (ADMIN, "/min-sida/", "/konto/")
LOG_OUTS = ("account_logout", "log_out_everywhere")
# A part of a path that is all digits. Longer ones than a thousand digits are not read as numbers, but refused anyway.
_LONG_NUMBER = re.compile(r"(?<=/)[0-9]{10,1000}(?=[0-9]*(?:/|$))")
_LARGEST_NUMBER = 2**31 - 1  # what PostgreSQL's integer holds


class ContentSecurityPolicyMiddleware(CSPMiddleware):
    """Sends the strict policy everywhere; Wagtail's admin alone may use inline script and style.

    A preview is made by a request of its own to the page's address, inside the one to the admin. It has the page's
    strict policy, but may stand in the editor's frame.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if request.path.startswith(ADMIN):
            response._csp_update = {  # type: ignore[attr-defined]  # django-csp's own hook
                "script-src": "'unsafe-inline'",
                "style-src": "'unsafe-inline'",
                "img-src": "blob:",
                "frame-src": "'self'",
            }
        if request.path.startswith(ADMIN) or getattr(request, "is_preview", False):
            # The editor shows previews in a frame of its own; no other page may be framed.
            response._csp_replace = {"frame-ancestors": "'self'"}  # type: ignore[attr-defined]
            response["X-Frame-Options"] = "SAMEORIGIN"
        return super().process_response(request, response)


class UnstorableCharactersMiddleware:
    """Answers 404 to an address with what no row can hold, so that no query ever asks for it.

    That is a character that PostgreSQL cannot store, or a number that is larger than any row's. A cookie with such a
    character is no cookie. What is posted is checked by the fields of the forms.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.COOKIES = {name: value for name, value in request.COOKIES.items() if not _UNSTORABLE.search(value)}
        asked = (text for name, values in request.GET.lists() for text in (name, *values))
        if any(map(_UNSTORABLE.search, (request.path_info, *asked))):
            raise Http404("Adressen har ett tecken som inte går att spara.")
        if any(int(number) > _LARGEST_NUMBER for number in _LONG_NUMBER.findall(request.path_info)):
            raise Http404("Så höga nummer finns inte.")
        return self.get_response(request)


class FormSizeMiddleware:
    """Refuses a form on the public pages that is larger than anybody fills in, before anything reads it (413)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(ADMIN) and _length(request) > settings.MAX_FORM_BYTES:
            return render(request, "413.html", status=413)
        return self.get_response(request)


def _length(request: HttpRequest) -> int:
    """The length of the body as the client tells it; a body without it is not read at all (PEP 3333)."""
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0


class IsolationHeadersMiddleware:
    """Keeps other sites from using our answers in their pages, and our pages from asking for camera or place."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.permissions = ", ".join(f"{name}=()" for name in settings.DENIED_PERMISSIONS)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Permissions-Policy", self.permissions)
        return response


class PersonalAnswersMiddleware:
    """Keeps what somebody sees who is logged in out of every cache, and empties the browser's when they log out."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        shows_data = response.get("Content-Type", "").startswith(("text/html", "application/json"))
        if request.path.startswith(PERSONAL) and shows_data and not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
        match = request.resolver_match
        if request.method == "POST" and match and match.url_name in LOG_OUTS and not request.user.is_authenticated:
            clear_browser(response)
        return response


def clear_browser(response: HttpResponse) -> None:
    """Tell the browser to forget the pages that it keeps for going back, and what scripts have stored."""
    response["Clear-Site-Data"] = '"cache", "storage"'
