"""Documents and images: our own classes from the first migration, so that they can grow."""

from django.conf import settings
from django.db import models
from taggit.managers import TaggableManager
from wagtail.documents.models import AbstractDocument
from wagtail.documents.models import Document as WagtailDocument
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.images.models import Image as WagtailImage


def _uploader() -> models.ForeignKey:
    # Wagtail's own classes have the same name as ours, so the way back needs one of its own.
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


class Document(AbstractDocument):
    uploaded_by_user = _uploader()
    tags = TaggableManager(blank=True, verbose_name="nyckelord", related_name="tagged_documents")

    admin_form_fields = WagtailDocument.admin_form_fields

    class Meta(AbstractDocument.Meta):
        verbose_name = "dokument"
        verbose_name_plural = "dokument"
        permissions = [("choose_document", "Kan välja dokument")]


class Image(AbstractImage):
    uploaded_by_user = _uploader()
    tags = TaggableManager(blank=True, verbose_name="nyckelord", related_name="tagged_images")

    admin_form_fields = WagtailImage.admin_form_fields

    class Meta(AbstractImage.Meta):
        verbose_name = "bild"
        verbose_name_plural = "bilder"
        permissions = [("choose_image", "Kan välja bild")]


class Rendition(AbstractRendition):
    image = models.ForeignKey(Image, models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="one_rendition_a_filter")
        ]
