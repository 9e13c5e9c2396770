"""What every request passes on its way."""

from collections.abc import Callable

from csp.middleware import CSPMiddleware
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

ADMIN = "/admin/"


class ContentSecurityPolicyMiddleware(CSPMiddleware):
    """The strict policy everywhere; Wagtail's admin alone may use inline script and style."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if request.path.startswith(ADMIN):
            response._csp_update = {  # type: ignore[attr-defined]  # django-csp's own hook
                "script-src": "'unsafe-inline'",
                "style-src": "'unsafe-inline'",
                "img-src": "blob:",
                "frame-src": "'self'",
            }
        return super().process_response(request, response)


class StaffMfaMiddleware:
    """Nobody enters the admin without a second factor (when `STAFF_MFA_REQUIRED`)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.STAFF_MFA_REQUIRED and request.path.startswith(ADMIN) and request.user.is_authenticated:
            from allauth.mfa.utils import is_mfa_enabled

            if not is_mfa_enabled(request.user):
                messages.info(request, "Redaktionens verktyg kräver tvåstegsinloggning. Slå på den här först.")
                return redirect("mfa_activate_totp")
        return self.get_response(request)
