"""Admin views for `Screened` models, which show what was found in the texts."""

from typing import Any

from django.http import HttpResponse
from wagtail.admin import messages
from wagtail.admin.views import generic

from screening.descriptions import describe

from .forms import REASON

WRITE_WHY = "Måste det stå kvar? Skriv varför, sist i formuläret."


class AdviceMixin:
    """Mixin for views of a `ScreenedAdminForm`: tells what stopped a save, and gives advice after one."""

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)  # type: ignore[misc]
        for sentence in dict.fromkeys(map(describe, form.advice)):
            messages.info(self.request, f"Till dig som publicerar: {sentence}")  # type: ignore[attr-defined]
        return response

    def form_invalid(self, form: Any) -> HttpResponse:
        if form.told:
            # Repeated in the message bar, since the field may be far down.
            end = f" {WRITE_WHY}" if REASON in form.fields and form.warnings else ""
            self.produced_error_message = f"Kunde inte sparas: {' '.join(form.told)}{end}"
        response: HttpResponse = super().form_invalid(form)  # type: ignore[misc]
        return response


class ScreenedCreateView(AdviceMixin, generic.CreateView):
    pass


class ScreenedEditView(AdviceMixin, generic.EditView):
    pass
