"""Middleware for the content security policy and for access to the admin."""

from collections.abc import Callable

from csp.middleware import CSPMiddleware
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

ADMIN = "/admin/"


class ContentSecurityPolicyMiddleware(CSPMiddleware):
    """Sends the strict policy everywhere; Wagtail's admin alone may use inline script and style."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if request.path.startswith(ADMIN):
            response._csp_update = {  # type: ignore[attr-defined]  # django-csp's own hook
                "script-src": "'unsafe-inline'",
                "style-src": "'unsafe-inline'",
                "img-src": "blob:",
                "frame-src": "'self'",
            }
            response._csp_replace = {"frame-ancestors": "'self'"}  # type: ignore[attr-defined]
            # The editor shows previews in a frame of its own; no other page may be framed.
            response["X-Frame-Options"] = "SAMEORIGIN"
        return super().process_response(request, response)


class AdminAccessMiddleware:
    """Refuses a logged-in user who may not enter the admin.

    Wagtail would redirect to the log-in page, and the log-in page would redirect back, without end.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        if request.path.startswith(ADMIN) and user.is_authenticated and not user.has_perm("wagtailadmin.access_admin"):
            raise PermissionDenied
        return self.get_response(request)


class StaffMfaMiddleware:
    """Requires a second factor to enter the admin (when `STAFF_MFA_REQUIRED`)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.STAFF_MFA_REQUIRED and request.path.startswith(ADMIN) and request.user.is_authenticated:
            from allauth.mfa.utils import is_mfa_enabled

            if not is_mfa_enabled(request.user):
                messages.info(request, "Redaktionens verktyg kräver tvåstegsinloggning. Slå på den här först.")
                return redirect("mfa_activate_totp")
        return self.get_response(request)
