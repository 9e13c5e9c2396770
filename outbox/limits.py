"""How often something may be done. It is counted in the database, so it holds however many processes there are.

The numbers are settings (`LIMITS`), all of them an hour.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Case, F, QuerySet, When
from django.db.models.functions import Coalesce
from django.utils.crypto import salted_hmac

from . import clock
from .addresses import domain_of, mailbox_of
from .models import OutgoingMail, Tally

HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Limit:
    """At most `settings.LIMITS[name]` in an hour, for each of those it is asked for."""

    name: str

    @property
    def times(self) -> int:
        return int(settings.LIMITS[self.name])

    def allows(self, *whom: str) -> bool:
        """Count once more for them, and say whether that is within the limit."""
        now, key = clock.now(), self._key(whom)
        tally, is_new = Tally.objects.get_or_create(key=key, defaults={"ends_at": now + HOUR})
        mine = Tally.objects.filter(pk=tally.pk)
        if is_new or mine.filter(ends_at__lte=now).update(times=1, ends_at=now + HOUR):
            return self.times > 0
        mine.update(times=F("times") + 1)
        tally.refresh_from_db(fields=["times"])
        return tally.times <= self.times

    def forgive(self, *whom: str) -> None:
        """Take one count back."""
        Tally.objects.filter(key=self._key(whom), times__gt=0).update(times=F("times") - 1)

    def is_reached(self, *whom: str) -> bool:
        """Whether they have nothing left of the hour. Counts nothing."""
        full = Tally.objects.filter(key=self._key(whom), ends_at__gt=clock.now(), times__gte=self.times)
        return full.exists()

    def _key(self, whom: tuple[str, ...]) -> str:
        return salted_hmac("outbox.limits", "\n".join((self.name, *whom)), algorithm="sha256").hexdigest()


def forget_old_tallies() -> int:
    """Remove the counts of hours that are over; return how many."""
    return Tally.objects.filter(ends_at__lte=clock.now()).delete()[0]


def mails_to_mailbox(category: str, address: str) -> int:
    """How many mails of the kind have left for the mailbox in the last hour, or wait to."""
    return len(_times_to_mailbox(category, address))


def time_for_mailbox(category: str, address: str, *, an_hour: int) -> datetime:
    """When the mailbox may get one more mail of the kind: now, or an hour after the last that there was room for."""
    times = _times_to_mailbox(category, address)
    return max([clock.now(), *(time + HOUR for time in times[an_hour - 1 : an_hour])])


def time_for_category(category: str, *, an_hour: int) -> datetime:
    """When one more mail of the kind may leave, whoever gets it."""
    # Only the time that gives room is fetched, however many there are.
    nth = _times(category)[an_hour - 1 : an_hour] if an_hour else ()
    return max([clock.now(), *(time + HOUR for _, time in nth)])


def _times_to_mailbox(category: str, address: str) -> list[datetime]:
    mailbox = mailbox_of(address)
    pairs = _times(category, domain=domain_of(address))
    return [time for recipient, time in pairs if mailbox_of(recipient) == mailbox]


def _times(category: str, *, domain: str = "") -> QuerySet[OutgoingMail, tuple[str, datetime]]:
    """Receivers of mails of the kind, and when each left or will leave, from an hour ago on; the latest first."""
    mails = OutgoingMail.objects.filter(category=category, recipient__endswith=f"@{domain}" if domain else "")
    # What waits for its first try leaves when it is due. What is tried again has been counted already.
    leaves_at = Case(When(tries=0, then=F("due_at")), default=Coalesce("sent_at", "created_at"))
    timed = mails.annotate(leaves_at=leaves_at)
    recent = timed.filter(leaves_at__gt=clock.now() - HOUR).order_by("-leaves_at")
    return recent.values_list("recipient", "leaves_at")
