"""Wagtail's forms for documents and images, which tell after a save what keeps the file from being public."""

from typing import Any

from django.http import HttpResponse
from wagtail.admin import messages
from wagtail.documents.views import documents
from wagtail.images.views import images

from .presentation import advice_on, screening_url, twins_of


class ScreeningMessageMixin:
    """Tells after a save what is left to do before the file is public, with a link to its screening."""

    request: Any
    object: Any
    form: Any

    def save_action(self) -> HttpResponse:
        response: HttpResponse = super().save_action()  # type: ignore[misc]  # of Wagtail's views
        screening = self.object.screening
        if screening is not None and not self.object.is_approved:
            button = messages.button(screening_url(screening), "Se granskningen")
            messages.warning(self.request, advice_on(screening), buttons=[button])
        for title, url in twins_of(self.object, self.request.user) if "file" in self.form.changed_data else []:
            button = messages.button(url, "Visa den")
            messages.info(self.request, f"Samma fil finns redan: ”{title}”.", buttons=[button])
        return response


class DocumentCreateView(ScreeningMessageMixin, documents.CreateView):
    pass


class DocumentEditView(ScreeningMessageMixin, documents.EditView):
    pass


class ImageCreateView(ScreeningMessageMixin, images.CreateView):
    pass


class ImageEditView(ScreeningMessageMixin, images.EditView):
    pass
