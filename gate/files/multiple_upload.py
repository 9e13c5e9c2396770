"""Wagtail's upload of many files, where each row shows the state of its file and stays until it is approved."""

import json
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html_join
from wagtail.documents.views import multiple as documents
from wagtail.images.views import multiple as images

ROW = "admin_gate/upload_row.html"


class UnapprovedRowMixin:
    """Shows the row again after a save, with what is left to do, until the file is approved."""

    row_of: Any  # Wagtail's view that has the names of the row's addresses
    request: HttpRequest
    object: Any
    edit_form_template_name = ROW

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        answer = super().post(request, *args, **kwargs)  # type: ignore[misc]  # of Wagtail's views
        if self.object.pk is None or self.object.is_approved or not json.loads(answer.content)["success"]:
            return answer
        # Wagtail's script takes the row away after a success, and shows the form again otherwise.
        return JsonResponse({"success": False, "form": self._row()})

    def _row(self) -> str:
        view, number = self.row_of, self.object.pk
        form = self.form_class(  # type: ignore[attr-defined]  # of Wagtail's views
            instance=self.object, prefix=f"{view.edit_object_form_prefix}-{number}", user=self.request.user
        )
        context = {
            "form": form,
            "saved": True,
            "edit_action": reverse(view.edit_object_url_name, args=[number]),
            "delete_action": reverse(view.delete_object_url_name, args=[number]),
        }
        return render_to_string(ROW, context, request=self.request)


class EscapedErrorsMixin:
    """Escapes the words of a refused file, which Wagtail's script puts into the page as markup."""

    def get_invalid_response_data(self, form: Any) -> dict[str, Any]:
        told = format_html_join(" ", "{}", ((sentence,) for sentence in form.errors["file"]))
        return {**super().get_invalid_response_data(form), "error_message": told}  # type: ignore[misc]


class DocumentAddView(EscapedErrorsMixin, documents.AddView):
    edit_form_template_name = ROW


class DocumentRowView(UnapprovedRowMixin, documents.EditView):
    row_of = documents.EditView


class DocumentFromUploadView(UnapprovedRowMixin, documents.CreateFromUploadedDocumentView):
    row_of = documents.EditView


class ImageAddView(EscapedErrorsMixin, images.AddView):
    edit_form_template_name = ROW


class ImageRowView(UnapprovedRowMixin, images.EditView):
    row_of = images.EditView


class ImageFromUploadView(UnapprovedRowMixin, images.CreateFromUploadedImageView):
    row_of = images.EditView
