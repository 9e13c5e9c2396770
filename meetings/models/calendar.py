"""What calendars have been told of a meeting."""

import uuid
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models
from django.utils import timezone

from gate.models import Screened


@dataclass(frozen=True)
class Facts:
    """The facts of a meeting that stand in people's calendars, who must be told when one of them changes."""

    title: str
    starts_at: datetime
    ends_at: datetime
    location: str
    join_url: str

    def differences(self, other: "Facts") -> set[str]:
        """The names of the facts that are not the same in the other."""
        return {f.name for f in fields(self) if getattr(self, f.name) != getattr(other, f.name)}


NOTE_LENGTH = 300  # characters of what people are told: what has changed, why a meeting is cancelled or declined

# A change of these needs a note that tells people what happened.
TIME_AND_PLACE = frozenset({"starts_at", "ends_at", "location"})
# Only participants have seen the join link, so a change of it concerns nobody else.
FOR_PARTICIPANTS_ONLY = frozenset({"join_url"})


def domain_of_site() -> str:
    return urlsplit(settings.BASE_URL).hostname or ""


class CalendarEntryQuerySet(models.QuerySet["CalendarEntry"]):
    def by_calendar_uid(self, calendar_uid: str) -> "CalendarEntry | None":
        """The entry that calendars know by this UID; None for any other text."""
        try:
            uid = uuid.UUID(calendar_uid.partition("@")[0])
        except ValueError:
            return None
        entry = self.filter(uid=uid).first()
        return entry if entry is not None and entry.calendar_uid == calendar_uid else None


class CalendarEntry(Screened):
    """What calendars have been told of a published meeting.

    It is a row of its own: an old revision brings back a page's fields, but SEQUENCE must never fall
    (RFC 5545, 3.8.7.4). The row is also what is locked by everything that sends
    mail about the meeting or changes who takes part.
    """

    # Copied from the page, which is screened when it is published: what two persons have let through there is not
    # stopped here.
    not_typed = frozenset({"uid_domain", "title", "location", "join_url", "change_note"})

    meeting = models.OneToOneField("meetings.MeetingPage", models.CASCADE, related_name="calendar", verbose_name="möte")
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # What stands after the @ in calendars, kept since a new address of the site must not make another meeting of it.
    # "" only where the version before 0.4 has written the row.
    uid_domain = models.CharField(max_length=255, default=domain_of_site, db_default="", editable=False)
    sequence = models.PositiveIntegerField(default=0)
    # The material facts as last told. A difference at publishing raises SEQUENCE.
    title = models.CharField(max_length=255)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    location = models.CharField(max_length=300, blank=True)
    join_url = models.URLField(max_length=1000, blank=True)
    changed_at = models.DateTimeField(default=timezone.now)
    change_note = models.CharField(max_length=NOTE_LENGTH, blank=True)
    cancelled_at = models.DateTimeField("inställt", null=True, blank=True)
    cancellation_note = models.CharField("varför mötet ställs in", max_length=NOTE_LENGTH, blank=True)

    objects = CalendarEntryQuerySet.as_manager()

    class Meta:
        verbose_name = "kalenderpost"
        verbose_name_plural = "kalenderposter"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="calendar_ends_after_it_starts"
            )
        ]

    def __str__(self) -> str:
        return f"{self.title} (version {self.sequence})"

    @property
    def stream(self) -> str:
        """The meeting's stream in the outbox: its mails reach each receiver in the order they were queued."""
        return f"meeting:{self.uid}"

    @property
    def calendar_uid(self) -> str:
        """The meeting's UID in every calendar (RFC 5545, 3.8.4.7), for as long as the meeting exists."""
        return f"{self.uid}@{self.uid_domain or domain_of_site()}"

    def next_sequence(self) -> int:
        """A SEQUENCE above all that anybody has been told of the meeting, the participants' own included."""
        highest = self.meeting.registrations.aggregate(highest=models.Max("sequence"))["highest"]
        return max(self.sequence, highest or 0) + 1

    @property
    def facts(self) -> Facts:
        return Facts(self.title, self.starts_at, self.ends_at, self.location, self.join_url)

    def tell(self, facts: Facts, **changes: Any) -> None:
        """Take over the facts (not saved)."""
        for name, value in {**vars(facts), **changes}.items():
            setattr(self, name, value)
