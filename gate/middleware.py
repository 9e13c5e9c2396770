"""The error page for a refusal that no form has shown."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from .errors import Blocked

ADMIN = "/admin/"
UNPROCESSABLE = 422


class RefusalMiddleware:
    """Answers an uncaught `Blocked` with a page that says what was found.

    The browser's back button leads to what was typed.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Blocked):
            return None
        layout = "wagtailadmin/base.html" if request.path.startswith(ADMIN) else "base.html"
        context = {"layout": layout, "sentences": exception.messages}
        return render(request, "gate/refused.html", context, status=UNPROCESSABLE)
