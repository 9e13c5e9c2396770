"""The forms of documents and images, used for every upload."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from gate.files.forms import ScreenedFileForm

from .pictures import PictureField
from .uploads import check_upload


class DocumentForm(ScreenedFileForm, BaseDocumentForm):
    """The form for every way to upload a document: one, many or in a chooser; and for what is told of a stored one.

    The file of a stored document is replaced by a new version (`versions/`).
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is not None:
            self.fields.pop("file", None)

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if isinstance(file, UploadedFile):
            check_upload(file)
        return file


class ImageForm(ScreenedFileForm, BaseImageForm):
    """The form for every way to upload an image."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if former := self.fields.get("file"):
            field = PictureField(label=former.label, required=former.required)
            field.widget, field.help_text = former.widget, former.help_text
            self.fields["file"] = field
