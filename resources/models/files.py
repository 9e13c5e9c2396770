"""Documents and images: our own classes from the first migration, so that they can grow."""

from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from taggit.managers import TaggableManager
from wagtail.documents.models import AbstractDocument, DocumentQuerySet
from wagtail.documents.models import Document as WagtailDocument
from wagtail.images.models import AbstractImage, AbstractRendition, ImageQuerySet
from wagtail.images.models import Image as WagtailImage

from gate.files.models import ScreenedFile, ScreenedFileQuerySet, pages_that_use

from ..pictures import PlainFilter
from .body_page import on_display


def uploader() -> models.ForeignKey:
    """A new foreign key to the person who uploaded the file."""
    # Wagtail's own classes have the same name as ours, so the reverse relation needs a name of its own.
    field = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="uploaded_%(class)ss",
        verbose_name="uppladdad av",
    )
    field.wagtail_reference_index_ignore = True  # type: ignore[attr-defined]  # as in Wagtail's own class
    return field


class _Documents(ScreenedFileQuerySet, DocumentQuerySet):
    pass


class _Images(ScreenedFileQuerySet, ImageQuerySet):
    pass


class PublishedFile(ScreenedFile):
    """A file that visitors may read while a page shows it."""

    collection: Any  # of Wagtail's classes

    class Meta:
        abstract = True

    @property
    def is_public(self) -> bool:
        """Whether anybody may read the file: it is approved, its collection is open and a page on display uses it.

        A file that only a draft uses is not public. It costs some queries, so a request asks once.
        """
        if not self.is_approved or self.collection.get_view_restrictions():
            return False
        return on_display(pages_that_use(self)).exists()


class Document(PublishedFile, AbstractDocument):
    """A document, whose file is the current version. Drafts and earlier versions are rows of `DocumentVersion`."""

    uploaded_by_user = uploader()
    tags = TaggableManager(blank=True, verbose_name="nyckelord", related_name="tagged_documents")
    version = models.PositiveIntegerField("version", default=1, db_default=1, editable=False)
    version_note = models.TextField("vad är nytt", blank=True, default="", db_default="", editable=False)
    # When the version became the current one; None for the first, which came with the document.
    version_at = models.DateTimeField("version publicerad", null=True, blank=True, editable=False)

    objects = _Documents.as_manager()
    admin_list = "wagtaildocs:index"
    admin_form_fields = WagtailDocument.admin_form_fields

    @property
    def public_url(self) -> str:
        """The address that a page may link to; "" while the content is not approved."""
        return self.url if self.is_approved else ""

    class Meta(AbstractDocument.Meta):
        verbose_name = "dokument"
        verbose_name_plural = "dokument"
        permissions = [("choose_document", "Kan välja dokument")]


class Image(PublishedFile, AbstractImage):  # type: ignore[django-manager-missing]  # mypy looks for renditions' own
    uploaded_by_user = uploader()
    tags = TaggableManager(blank=True, verbose_name="nyckelord", related_name="tagged_images")

    objects = _Images.as_manager()
    admin_form_fields = WagtailImage.admin_form_fields
    admin_list = "wagtailimages:index"
    screened_texts = ("title", "description")

    class Meta(AbstractImage.Meta):
        verbose_name = "bild"
        verbose_name_plural = "bilder"
        permissions = [("choose_image", "Kan välja bild")]

    def content_was_replaced(self) -> None:
        # Renditions show the former content.
        self.renditions.all().delete()

    def generate_rendition_file(self, filter: Any, *, source: Any = None) -> Any:
        return super().generate_rendition_file(PlainFilter(spec=filter.spec), source=source)

    # A refused form shows the image again with the new file, which is not stored. Without these two methods that
    # file would become a rendition of the stored image, and as public.
    def get_rendition(self, filter: Any) -> Any:
        stored = self._as_stored()
        return super().get_rendition(filter) if stored is None else stored.get_rendition(filter)

    def get_renditions(self, *filters: Any) -> dict[str, Any]:
        stored = self._as_stored()
        renditions = super().get_renditions(*filters) if stored is None else stored.get_renditions(*filters)
        return dict(renditions)

    def _as_stored(self) -> "Image | None":
        """The image as stored in the database, if this one has a new file that is not stored; else None."""
        return Image.objects.filter(pk=self.pk).first() if self.pk and not self.file._committed else None


class Rendition(AbstractRendition):
    image = models.ForeignKey(Image, models.CASCADE, related_name="renditions")

    @property
    def url(self) -> str:
        """The address that asks whether the picture may be shown, wherever its file is stored."""
        return reverse("rendition", args=[self.file.name])

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="one_rendition_a_filter")
        ]
