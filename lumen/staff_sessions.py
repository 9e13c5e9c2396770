"""What a session must hold to reach the admin: rights, a second factor of its own, and that it is in use.

The session and not the account carries the second factor: allauth writes in the session how its holder logged in.
See decision 0019.
"""

import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.reauthentication import suspend_request
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse

from contacts.identity_provider import SHOWN_BY_PROVIDER
from contacts.security_log import log_event

from .middleware import ADMIN, PERSONAL, clear_browser

# Where an editor sees what visitors don't: without a second factor an editor is a visitor there.
FILES = ("/dokument/", "/bilder/")
# `PERSONAL` is closed to a session that has been idle, but for the pages on which it is woken or ended.
WAKING = ("mfa_reauthenticate", "account_reauthenticate", "account_logout", "log_out_everywhere")
# What an open tab of the admin asks for by itself; nobody is at the keyboard.
UNATTENDED = ("wagtailadmin_editing_sessions",)

STARTED, USED = "staff_session_started", "staff_session_used"
HOUR = 3600
# Seconds that somebody with staff rights stays logged in without entering the admin.
STAFF_OUTSIDE_ADMIN = 14 * 24 * HOUR
WRITE_EVERY = 60  # seconds between the times written in the session

SECOND_FACTOR_FIRST = "Redaktionens verktyg kräver tvåstegsinloggning. Slå på den här först."
CODE_PLEASE = "Redaktionens verktyg kräver tvåstegsinloggning. Skriv koden från din app, så kommer du vidare."
IDLE = "Du har varit borta en stund. Skriv koden från din app, så fortsätter du där du var."
IDLE_LOG_IN = "Du har varit borta en stund, så vi loggade ut dig. Logga in, så kommer du tillbaka dit du var."
TOO_LONG = "Du har varit inloggad länge, så vi loggade ut dig. Logga in igen, så kommer du tillbaka dit du var."


def has_second_factor(request: HttpRequest) -> bool:
    """Whether whoever holds this session has shown a second factor that still counts."""
    user: Any = request.user
    types = {record["type"] for record in get_authentication_records(request, user) if record["method"] == "mfa"}
    if SHOWN_BY_PROVIDER in types and settings.OIDC_MFA:
        return True
    return bool(types - {SHOWN_BY_PROVIDER}) and is_mfa_enabled(user)


def may_use_staff_rights(request: HttpRequest) -> bool:
    """Whether the session has what the admin demands of it, whatever rights the account has."""
    return not settings.STAFF_MFA_REQUIRED or has_second_factor(request)


def proofs(request: HttpRequest) -> list[float]:
    """When the holder of the session has shown who they are, in seconds, the first time first."""
    return [record["at"] for record in get_authentication_records(request, request.user)]


def began(request: HttpRequest) -> float:
    """When the holder of the session logged in, in seconds; now, if nobody wrote it down."""
    return float(request.session.get(STARTED) or next(iter(proofs(request)), time.time()))


def is_too_old(request: HttpRequest) -> bool:
    """Whether the log-in was longer ago than a staff session may last."""
    return time.time() - began(request) > settings.STAFF_SESSION_HOURS * HOUR


def is_idle(request: HttpRequest) -> bool:
    """Whether the session has lain unused for longer than a staff session may."""
    latest = max([request.session.get(USED, began(request)), *proofs(request)])
    return time.time() - latest > settings.STAFF_IDLE_HOURS * HOUR


def mark_as_used(request: HttpRequest) -> None:
    """Write in the session that it is in use now; from the first time it is a staff session."""
    now = time.time()
    request.session.setdefault(STARTED, began(request))
    if now - request.session.get(USED, 0) > WRITE_EVERY:
        request.session[USED] = now


class StaffSessionMiddleware:
    """Lets a session into the admin when it has the right, a second factor and is in use; else says what is missing.

    It works in `process_view`, after the check against forged forms: a form that came too late is kept, and done
    once the second factor has been shown.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        path = request.path_info
        if path.startswith(FILES):
            _be_a_visitor_without_second_factor(request)
        if not path.startswith(PERSONAL) or not request.user.is_authenticated:
            return None
        if path.startswith(ADMIN):
            _refuse_without_right(request)
            return _refuse_unused(request) or _refuse_without_second_factor(request)
        return _refuse_unused(request) if STARTED in request.session else _refuse_outlived(request)


def _refuse_without_right(request: HttpRequest) -> None:
    """Refuse an account that may not enter the admin.

    Wagtail would redirect to the log-in page, and the log-in page would redirect back, without end.
    """
    if not request.user.has_perm("wagtailadmin.access_admin"):
        log_event("admin_refused", request, person=request.user, reason="no right")
        raise PermissionDenied


def _refuse_unused(request: HttpRequest) -> HttpResponse | None:
    """Ask who it is when a staff session is too old or has lain unused; None when it is in use."""
    match: Any = request.resolver_match
    if is_too_old(request):
        return _log_out(request, TOO_LONG)
    if is_idle(request):
        return None if match.url_name in WAKING else _ask_again(request, IDLE)
    if not set(UNATTENDED) & set(match.namespaces):
        mark_as_used(request)
    return None


def _refuse_outlived(request: HttpRequest) -> HttpResponse | None:
    """End a session that has not entered the admin some time after the log-in, however much it is used.

    Django counts its time anew whenever something is written in it.
    """
    user: Any = request.user
    longest = STAFF_OUTSIDE_ADMIN if user.is_staff else settings.SESSION_COOKIE_AGE
    outlived = time.time() - began(request) > longest
    return _log_out(request, TOO_LONG) if outlived else None


def _refuse_without_second_factor(request: HttpRequest) -> HttpResponse | None:
    if may_use_staff_rights(request):
        return None
    log_event("admin_refused", request, person=request.user, reason="no second factor")
    if is_mfa_enabled(request.user):
        return _ask_again(request, CODE_PLEASE)
    messages.info(request, SECOND_FACTOR_FIRST)
    return redirect("mfa_activate_totp")


def _ask_again(request: HttpRequest, why: str) -> HttpResponse:
    """Ask for the second factor, then go on with what was asked for: a form that was sent is kept in the session."""
    if get_adapter().is_ajax(request):
        return JsonResponse({"error": "log_in", "message": why}, status=403)
    if not is_mfa_enabled(request.user):
        return _log_out(request, IDLE_LOG_IN)
    messages.info(request, why)
    return suspend_request(request, reverse("mfa_reauthenticate"))


def _log_out(request: HttpRequest, why: str) -> HttpResponse:
    """End the session, and lead back to the page after the log-in."""
    log_event("session_ended", request, person=request.user)
    logout(request)
    if get_adapter().is_ajax(request):
        return JsonResponse({"error": "log_in", "message": why}, status=403)
    messages.info(request, why)
    response = redirect(f"{reverse(settings.LOGIN_URL)}?{urlencode({'next': request.get_full_path()})}")
    clear_browser(response)
    return response


def _be_a_visitor_without_second_factor(request: HttpRequest) -> None:
    user: Any = request.user
    if user.is_authenticated and user.is_staff:
        in_use = not is_idle(request) and not is_too_old(request)
        if not in_use or not may_use_staff_rights(request):
            request.user = AnonymousUser()
