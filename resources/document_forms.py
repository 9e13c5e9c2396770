"""The form that every uploaded document passes."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from wagtail.documents.forms import BaseDocumentForm

from .uploads import check_upload


class DocumentForm(BaseDocumentForm):
    """Every way to upload a document (one, many, in a chooser, replacing another) passes here."""

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if isinstance(file, UploadedFile):
            check_upload(file)
        return file
