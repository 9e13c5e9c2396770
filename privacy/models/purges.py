"""Records of what has been removed for good: that it happened, but not what it was."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils import timezone

REMOVED = "(bortrensat)"  # in the place of a name or a text that is gone


class PurgeQuerySet(models.QuerySet["Purge"]):
    def unfinished(self) -> Self:
        """Purges with work left after the commit: files, or what a database keeps of removed rows."""
        return self.filter(finished_at__isnull=True)


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
    # When files, caches and what the database keeps of removed rows were gone too; NULL until then.
    finished_at = models.DateTimeField("helt klart", null=True, blank=True)

    objects = PurgeQuerySet.as_manager()

    class Meta:
        verbose_name = "bortrensning"
        verbose_name_plural = "bortrensningar"
        default_permissions: ClassVar[tuple[str, ...]] = ("view",)
        permissions: ClassVar[list[Any]] = [("purge", "Kan rensa bort innehåll för gott")]


class FileToRemove(models.Model):
    """A stored file that a purge is to delete. The row is deleted with it, since a file's name may reveal a lot."""

    purge = models.ForeignKey(Purge, models.CASCADE, related_name="files")
    storage = models.CharField(max_length=40)  # its name in STORAGES
    name = models.CharField(max_length=500)

    class Meta:
        verbose_name = "fil att ta bort"
        verbose_name_plural = "filer att ta bort"
        default_permissions: ClassVar[tuple[str, ...]] = ()
