"""Middleware for the headers that every answer carries."""

from csp.middleware import CSPMiddleware
from django.http import HttpRequest
from django.http.response import HttpResponseBase

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
