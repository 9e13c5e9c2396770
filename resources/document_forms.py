"""The forms that every uploaded document and image passes."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from gate.files.forms import ScreenedFileForm

from .uploads import check_upload


class DocumentForm(ScreenedFileForm, BaseDocumentForm):
    """Every way to upload a document (one, many, in a chooser, replacing another) passes here."""

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if isinstance(file, UploadedFile):
            check_upload(file)
        return file


class ImageForm(ScreenedFileForm, BaseImageForm):
    """Every way to upload an image passes here."""
