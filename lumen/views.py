"""Views of the whole: health, errors, and where log-in says more than allauth does."""

from typing import Any

from allauth.account.views import ConfirmLoginCodeView as AllauthConfirmLoginCodeView
from django.contrib import messages
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@require_safe
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """Say that the web process answers and reaches its database (500 if it does not)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Explain a form that was open too long; the browser's back button keeps what was written."""
    return render(request, "403_csrf.html", status=403)


class ConfirmLoginCodeView(AllauthConfirmLoginCodeView):  # type: ignore[misc]
    """Allauth's page where the code is written, which also tells that another one is on its way."""

    def _resend_form_valid(self, form: Any) -> HttpResponse:
        before = self._process.state["resend_count"]
        response: HttpResponse = super()._resend_form_valid(form)
        if self._process.state["resend_count"] > before:
            messages.success(self.request, "Vi har skickat en ny kod. Den förra gäller inte längre.")
        return response
