"""The base classes of rows that hold from one day until another."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any, Self

from django.db import models
from django.utils import timezone


def today() -> date:
    """Today's date in Sweden."""
    return timezone.localdate()


def holds(on: date | None, relation: str = "") -> models.Q:
    """The condition that a period holds on the day (today when None).

    `relation` is the path to the rows with the period, such as `contact_persons`; "" means the
    rows themselves.
    """
    on = on or today()
    path = f"{relation}__" if relation else ""
    ends_later = models.Q((f"{path}end__isnull", True)) | models.Q((f"{path}end__gt", on))
    return ends_later & models.Q((f"{path}start__lte", on))


def joined(periods: Iterable[tuple[date, date | None]]) -> Iterator[tuple[date, date | None]]:
    """The times in which at least one of the periods (first day, end or None) holds, in order."""
    start: date | None = None
    end: date | None = None
    for begins, ends in sorted(periods, key=lambda period: period[0]):
        if start is not None and end is not None and begins > end:
            yield start, end
            start = None
        if start is None:
            start, end = begins, ends
        elif end is not None:
            end = None if ends is None else max(end, ends)
    if start is not None:
        yield start, end


class PeriodQuerySet(models.QuerySet[Any]):
    """Rows that hold during a period: from `start` (inclusive) to `end` (exclusive; NULL means no end yet)."""

    def active(self, on: date | None = None) -> Self:
        """Those that hold on the day (today by default)."""
        return self.filter(holds(on))

    def ended(self, on: date | None = None) -> Self:
        """Those whose period was over on the day (today by default)."""
        return self.filter(end__lte=on or today())

    def lasting(self) -> Self:
        """Those that hold for at least one day. An empty period is that of a role that was taken back."""
        return self.exclude(end=models.F("start"))

    def overlapping(self, start: date, end: date | None) -> Self:
        """Those that share at least one day with the period."""
        rows = self.lasting().filter(models.Q(end__isnull=True) | models.Q(end__gt=start))
        return rows if end is None else rows.filter(start__lt=end)


class Period(models.Model):
    start = models.DateField("från och med", default=today)
    end = models.DateField(
        "till", null=True, blank=True, help_text="Första dagen uppdraget inte längre gäller. Lämna tomt om det pågår."
    )

    class Meta:
        abstract = True

    @property
    def last_day(self) -> date | None:
        """The last day of the period, inclusive, as people write it; None if it has no end yet."""
        return max(self.end - timedelta(days=1), self.start) if self.end else None

    def is_active(self, on: date | None = None) -> bool:
        """Whether the period holds on the day (today by default)."""
        on = on or today()
        return self.start <= on and (self.end is None or self.end > on)
