"""The preview of a page that is being written, with what the screening finds in the text so far."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from wagtail.admin.views.pages.preview import PreviewOnCreateView, PreviewOnEditView

from .presentation import findings_on_page
from .reviews import review_content

ASKED = "granskning"  # the parameter by which the editor's script asks for the findings instead of the page


class WritingOnEditView(PreviewOnEditView):
    """Shows a page that is being changed, or the findings in the form that was last sent to the preview."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if ASKED not in request.GET:
            response: HttpResponse = super().get(request, *args, **kwargs)
            return response
        form = self.get_form(self._get_form_data(self._get_form_state()))
        if not self.validate_form(form):
            return HttpResponse(status=204)  # what was found before stays until the form can be read again
        form.save(commit=False)
        review = review_content(self.object, revision=None, user=request.user)
        return TemplateResponse(request, "admin_gate/writing.html", findings_on_page(review))


class WritingOnCreateView(WritingOnEditView, PreviewOnCreateView):
    """Shows the same of a page that is being made."""
