"""The preview of a page that is being written, with what the screening finds in the text so far."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from wagtail.admin.views.pages.preview import PreviewOnCreateView, PreviewOnEditView

from .presentation import findings_on_page
from .reviews import review_content

ASKED = "granskning"  # the parameter by which the editor's script asks for the findings instead of the page


class FindingsMixin:
    """Answers with the findings in the form that was last sent to the preview, when they are asked for."""

    object: Any
    request: HttpRequest

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if ASKED not in request.GET:
            response: HttpResponse = super().get(request, *args, **kwargs)  # type: ignore[misc]
            return response
        form = self.get_form(self._get_form_data(self._get_form_state()))  # type: ignore[attr-defined]
        if not self.validate_form(form):  # type: ignore[attr-defined]
            return HttpResponse(status=204)  # what was found before stays until the form can be read again
        form.save(commit=False)
        review = review_content(self.object, revision=None, user=request.user)
        return TemplateResponse(request, "admin_gate/writing.html", findings_on_page(review))


class WritingOnEditView(FindingsMixin, PreviewOnEditView):
    """Shows a page that is being changed."""


class WritingOnCreateView(FindingsMixin, PreviewOnCreateView):
    """Shows a page that is being made."""
