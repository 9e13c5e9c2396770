"""Who looked into the contact register, and files on their way into it."""

from datetime import timedelta
from typing import Self

from django.db import models
from django.utils import timezone

from ..enums import AccessKind
from .persons import Person

# How long an uploaded file waits for somebody to confirm it.
PENDING_IMPORT_LIFETIME = timedelta(hours=1)


class RegisterAccess(models.Model):
    """A note that somebody read or exported the contact register (personal data)."""

    who = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+", verbose_name="vem")
    when = models.DateTimeField("när", default=timezone.now)
    kind = models.CharField("vad", max_length=10, choices=AccessKind)
    what = models.CharField("vilka uppgifter", max_length=200)
    rows = models.PositiveIntegerField("antal rader", default=0)

    class Meta:
        verbose_name = "läsning av registret"
        verbose_name_plural = "läsningar av registret"
        # Nobody adds, changes or removes a note by hand.
        default_permissions = ("view",)
        ordering = ["-when"]

    @property
    def when_local(self) -> str:
        """When it was in Sweden, to the minute."""
        return f"{timezone.localtime(self.when):%Y-%m-%d %H:%M}"

    def __str__(self) -> str:
        return f"{self.when_local} {self.who}: {self.what}"


class PendingImportQuerySet(models.QuerySet["PendingImport"]):
    def expired(self) -> Self:
        return self.filter(created_at__lte=timezone.now() - PENDING_IMPORT_LIFETIME)

    def waiting_for(self, owner: Person) -> Self:
        """The files that the person uploaded and may still confirm."""
        return self.filter(owner=owner, created_at__gt=timezone.now() - PENDING_IMPORT_LIFETIME)


class PendingImport(models.Model):
    """An uploaded file with contact persons, between the preview and the confirmation.

    It lies here and not in the browser, so that what is confirmed is what was previewed. The row
    goes when it has been used, or after `PENDING_IMPORT_LIFETIME`.
    """

    owner = models.ForeignKey(Person, models.CASCADE, related_name="+")
    name = models.CharField("filnamn", max_length=255)
    content = models.BinaryField()
    created_at = models.DateTimeField(default=timezone.now, db_index=True)

    objects = PendingImportQuerySet.as_manager()

    class Meta:
        verbose_name = "fil att läsa in"
        verbose_name_plural = "filer att läsa in"
        default_permissions = ()
