"""Uploaded files with contact persons that wait to be confirmed."""

from datetime import timedelta
from typing import Self

from django.db import models
from django.utils import timezone

from .persons import Person

# How long an uploaded file waits for somebody to confirm it.
PENDING_IMPORT_LIFETIME = timedelta(hours=1)


class PendingImportQuerySet(models.QuerySet["PendingImport"]):
    def expired(self) -> Self:
        return self.filter(created_at__lte=timezone.now() - PENDING_IMPORT_LIFETIME)

    def waiting_for(self, owner: Person) -> Self:
        """The files that the person uploaded and may still confirm."""
        return self.filter(owner=owner, created_at__gt=timezone.now() - PENDING_IMPORT_LIFETIME)


class PendingImport(models.Model):
    """The cells of an uploaded file with contact persons, between the preview and the confirmation.

    They are stored here and not in the browser, so that what is confirmed is what was previewed. The row is
    deleted when it has been used, or after `PENDING_IMPORT_LIFETIME`.
    """

    owner = models.ForeignKey(Person, models.CASCADE, related_name="+")
    name = models.CharField("filnamn", max_length=255)
    content = models.BinaryField()  # a `contacts.imports.tables.Table`, without numbers of persons
    # A `contacts.imports.choices.Choices`: what the owner has chosen in the preview.
    assigned = models.JSONField(default=dict, db_default={})
    created_at = models.DateTimeField(default=timezone.now, db_index=True)

    objects = PendingImportQuerySet.as_manager()

    class Meta:
        verbose_name = "fil att läsa in"
        verbose_name_plural = "filer att läsa in"
        default_permissions = ()
