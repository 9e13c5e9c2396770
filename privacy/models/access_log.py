"""Who has read, exported or imported personal data in the admin."""

from collections.abc import Iterable
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models.functions import Left, StrIndex
from django.utils import timezone

from contacts.enums import AccessKind

from .purges import REMOVED

MAX_WHAT = 200
COMPARED = 60  # characters of a name that are compared, since a long entry may have been cut


class AccessLogQuerySet(models.QuerySet["AccessLogEntry"]):
    def naming(self, name: str) -> Self:
        """Entries with the name of a group, an organisation or a meeting."""
        return self.filter(what__contains=name[:COMPARED])

    def about(self, *, person: int, roles: Iterable[int], mails: Iterable[int]) -> Self:
        """Entries about exactly the person, their roles or the mails to them, not about lists."""
        names = [f"Person {person}", *(f"Kontaktperson {pk}" for pk in roles), *(f"Mejl {pk}" for pk in mails)]
        # What follows a colon says which view it was.
        subject = StrIndex("what", models.Value(":"))
        rows = self.alias(
            subject=models.Case(
                models.When(what__contains=":", then=Left("what", subject - 1)), default=models.F("what")
            )
        )
        return rows.filter(subject__in=names)

    def remove_name(self, name: str) -> int:
        """Replace the name in the entries that contain it; returns how many."""
        entries = self.naming(name)
        for entry in entries:
            start = entry.what.index(name[:COMPARED])
            # Empty if a long name was cut at the end of the entry.
            rest = entry.what[start + len(name) :]
            entry.what = f"{entry.what[:start]}{REMOVED}{rest}"[:MAX_WHAT]
            entry.save(update_fields=["what"])
        return len(entries)


class AccessLogEntry(models.Model):
    """Records that somebody read, exported or imported personal data: what kind of data, and how many rows."""

    who = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="vem"
    )  # NULL for the operator at the console
    when = models.DateTimeField("när", default=timezone.now)
    kind = models.CharField("vad", max_length=10, choices=AccessKind)
    what = models.CharField("vilka uppgifter", max_length=MAX_WHAT)
    rows = models.PositiveIntegerField("antal rader", default=0)

    objects = AccessLogQuerySet.as_manager()

    class Meta:
        verbose_name = "läsning av registret"
        verbose_name_plural = "läsningar av registret"
        # Nobody adds, changes or removes an entry by hand.
        default_permissions = ("view",)
        ordering = ["-when"]

    @property
    def when_local(self) -> str:
        """The time in Sweden, to the minute."""
        return f"{timezone.localtime(self.when):%Y-%m-%d %H:%M}"

    def __str__(self) -> str:
        return f"{self.when_local} {self.who}: {self.what}"
