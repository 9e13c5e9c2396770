"""Views of the admin that give their advice once something is saved."""

from typing import Any

from django.http import HttpResponse
from wagtail.admin import messages
from wagtail.admin.views import generic

from ..wording import describe


class AdviceMixin:
    """For a view whose form is a `ScreenedAdminForm`: tells of names next to words of a case."""

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)  # type: ignore[misc]
        for sentence in dict.fromkeys(map(describe, form.advice)):
            messages.info(self.request, f"Till dig som publicerar: {sentence}")  # type: ignore[attr-defined]
        return response


class ScreenedCreateView(AdviceMixin, generic.CreateView):  # type: ignore[misc]
    pass


class ScreenedEditView(AdviceMixin, generic.EditView):  # type: ignore[misc]
    pass
