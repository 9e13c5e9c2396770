"""The versions of a document's file beside the current one, which the document itself has."""

from pathlib import PurePath
from typing import Any, ClassVar, Self

from django.db import models
from django.urls import reverse
from django.utils import timezone

from gate.files.models import ScreenedFile, ScreenedFileQuerySet

from .files import Document, uploader

MAX_NOTE = 500  # characters


class DocumentVersionQuerySet(ScreenedFileQuerySet):
    def drafts(self) -> Self:
        """Versions that nobody has published yet; a document has at most one."""
        return self.filter(published_at=None)

    def earlier(self) -> Self:
        """Versions that were current once."""
        return self.filter(published_at__isnull=False)


def path_of(version: "DocumentVersion", name: str) -> str:
    # A folder for each version: the name that visitors download stays the same.
    return f"documents/version/{version.document_id}/{version.number}/{name}"


class DocumentVersion(ScreenedFile):
    """A version of a document that visitors do not get: a draft, or one that was current before."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="versions", verbose_name="dokument")
    number = models.PositiveIntegerField("version", editable=False)
    file = models.FileField("fil", upload_to=path_of)
    title = models.CharField("titel", max_length=255)  # of the document, while the version is current
    note = models.TextField("vad är nytt", max_length=MAX_NOTE, blank=True)
    uploaded_by_user = uploader()
    uploaded_at = models.DateTimeField("uppladdad", default=timezone.now, editable=False)
    published_at = models.DateTimeField("publicerad", null=True, editable=False)  # None for a draft

    objects = DocumentVersionQuerySet.as_manager()
    screened_texts = ("title", "note")
    # No use of the document to show to editors.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = "version av ett dokument"
        verbose_name_plural = "versioner av dokument"
        ordering: ClassVar[list[str]] = ["-number"]
        default_permissions = ()
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["document", "number"], name="one_version_a_number"),
            models.UniqueConstraint(
                fields=["document"], condition=models.Q(published_at=None), name="one_draft_a_document"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} (version {self.number})"

    @property
    def is_draft(self) -> bool:
        return self.published_at is None

    @property
    def filename(self) -> str:
        return PurePath(str(self.file)).name

    @property
    def url(self) -> str:
        """The address in the admin where editors download the file."""
        return reverse("document_version_file", args=[self.document_id, self.number])
