"""The editor's forms of versions: a new file with what is new in it, and where its publication is told."""

import re
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from wagtail.models import Page

from gate.files.content import content_of
from gate.files.forms import ScreenedFileForm
from gate.files.models import pages_that_use

from ..models import Document, DocumentVersion, ResourcePage
from ..uploads import check_upload
from .actions import IS_CURRENT, upload_version

# A title that tells a version: "Mall v1.2", "Handbok version 3".
NUMBER_IN_TITLE = re.compile(r"\b(?:v|ver|version)\.?\s?\d+(?:\.\d+)*\b", re.I)


class _PersonalForm(forms.ModelForm):
    """Takes the `user`, as the forms of Wagtail that `ScreenedFileForm` is otherwise mixed with."""

    def __init__(self, *args: Any, user: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)


class VersionForm(ScreenedFileForm, _PersonalForm):
    """A new version of a document, screened as every upload. Saving it makes the draft of the document."""

    instance: DocumentVersion
    original_file = None

    class Meta:
        model = DocumentVersion
        fields = ("file", "note", "title")
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}
        labels = {"file": "Ny fil", "note": "Vad är nytt?", "title": "Titel"}
        help_texts = {"note": "En eller två meningar. Du väljer sedan på vilka sidor besökare ska se dem."}

    def __init__(self, *args: Any, document: Document, user: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"title": document.title, **(kwargs.get("initial") or {})}
        super().__init__(*args, user=user, **kwargs)
        self.instance.document = self.document = document
        self.fields["file"].error_messages["required"] = "Välj den nya filen."
        self.fields["note"].required = True
        self.fields["note"].error_messages["required"] = "Skriv vad som är nytt i den här versionen."
        self.fields["title"].error_messages["required"] = "Skriv vad dokumentet ska heta."
        self.fields["title"].help_text = _help_on(document.title)

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if isinstance(file, UploadedFile):
            check_upload(file)
            content, current = content_of(file), self.document.screening
            if current is not None and (content.digest, content.suffix) == (current.digest, current.suffix):
                raise forms.ValidationError(IS_CURRENT)
        return file

    @transaction.atomic
    def save(self, commit: bool = True) -> DocumentVersion:
        if commit:
            upload_version(version=self.instance, by=self.person)
        version: DocumentVersion = super().save(commit)
        return version


class PublishVersionForm(forms.Form):
    """On which published material today's date and what is new are written."""

    tell_on = forms.ModelMultipleChoiceField(
        ResourcePage.objects.none(),
        label="Skriv datum och vad som är nytt på",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, document: Document, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        used_on = pages_that_use(document).filter(live=True).order_by("title")
        material = ResourcePage.objects.filter(pk__in=used_on.values("pk")).order_by("title")
        self.other_pages: list[Page] = list(used_on.exclude(pk__in=material.values("pk")))
        field: Any = self.fields["tell_on"]
        field.queryset, field.initial = material, material
        if not material:
            del self.fields["tell_on"]


def _help_on(title: str) -> str:
    told = NUMBER_IN_TITLE.search(title)
    if told is None:
        return "Ändra den om den inte passar längre. Den byts när du publicerar versionen."
    return f"Titeln nämner en version, ”{told.group()}”. Ändra den om den inte stämmer längre."
