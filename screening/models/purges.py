"""What has been removed for good: that it happened, without what it was."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone


class Purge(models.Model):
    kind = models.CharField("slag", max_length=60)  # the model's label, such as resources.Document
    object_id = models.CharField("id", max_length=40)
    at = models.DateTimeField("när", default=timezone.now, db_index=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="av"
    )
    reason = models.CharField("skäl", max_length=500)
    # How many rows and files of each kind went: {"wagtailcore.Revision": 4, "files": 1}
    removed = models.JSONField("vad som togs bort", default=dict)

    class Meta:
        verbose_name = "bortrensning"
        verbose_name_plural = "bortrensningar"
        default_permissions: ClassVar[tuple[str, ...]] = ("view",)
        permissions: ClassVar[list[Any]] = [("purge", "Kan rensa bort innehåll för gott")]
