"""How many kommuner and regioner had a contact person on each of many days, and the curve that shows it."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from typing import Any

from .enums import COVERED_KINDS, OrganisationKind
from .models import ContactPerson
from .models.periods import joined

# The picture's units. The stylesheet stretches it to the width that there is.
WIDTH, HEIGHT = 600, 160

Role = tuple[int, str, date, date | None]  # organisation, kind, first day, first day after (None: no end yet)


@dataclass(frozen=True)
class CoverageOn:
    """How many kommuner and regioner had a contact person on a day."""

    on: date
    municipalities: int
    regions: int


@dataclass(frozen=True)
class Curve:
    """What the component `coverage_curve` draws of one kind: a line, the area below it, and a mark of a chosen day."""

    label: str
    total: int
    number: int  # on the last day
    first: date
    last: date
    line: str
    area: str
    marked: int | None


def covered_on(days: Sequence[date]) -> list[CoverageOn]:
    """The numbers of each of the days, in one query however many they are."""
    rows = ContactPerson.objects.lasting().filter(organisation__kind__in=COVERED_KINDS).order_by()
    return counted(rows.values_list("organisation", "organisation__kind", "start", "end"), days)


def counted(roles: Iterable[Role], days: Sequence[date]) -> list[CoverageOn]:
    """The numbers of each of the days, from roles in any order.

    An organisation counts from the day it goes from no contact person to one, until the day it has none again.
    """
    of_organisation: dict[tuple[str, int], list[tuple[date, date | None]]] = defaultdict(list)
    for organisation, kind, start, end in roles:
        of_organisation[kind, organisation].append((start, end))
    changes: dict[str, dict[date, int]] = {kind: defaultdict(int) for kind in COVERED_KINDS}
    for (kind, _), periods in of_organisation.items():
        for start, end in joined(periods):
            changes[kind][start] += 1
            if end is not None:
                changes[kind][end] -= 1
    municipalities = _sums(changes[OrganisationKind.MUNICIPALITY], days)
    regions = _sums(changes[OrganisationKind.REGION], days)
    return [CoverageOn(*each) for each in zip(days, municipalities, regions, strict=True)]


def _sums(changes: dict[date, int], days: Sequence[date]) -> list[int]:
    """The sum of all changes until each of the days, that day included."""
    when = sorted(changes)
    sums = [0, *accumulate(changes[day] for day in when)]
    return [sums[bisect_right(when, day)] for day in days]


def month_ends(first: date, last: date) -> list[date]:
    """The last day of each month from the day `first`, and the day `last`."""
    days = []
    day = _month_end(first)
    while day < last:
        days.append(day)
        day = _month_end(day + timedelta(days=1))
    return [*days, last]


def _month_end(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def coverage_history(
    first: date, last: date, *, totals: dict[OrganisationKind, int], marked: date | None = None
) -> dict[str, Any]:
    """The variables `curves` and `months` of the page: from the month of `first` until the day `last`. One query."""
    months = covered_on(month_ends(first, last))
    return {
        "months": months,
        "curves": [
            _curve("Kommuner", totals[OrganisationKind.MUNICIPALITY], months, "municipalities", marked),
            _curve("Regioner", totals[OrganisationKind.REGION], months, "regions", marked),
        ],
    }


def _curve(label: str, total: int, months: list[CoverageOn], name: str, marked: date | None) -> Curve:
    first, last = months[0].on, months[-1].on
    length = max((last - first).days, 1)

    def across(day: date) -> int:
        return round((day - first).days * WIDTH / length)

    points = [f"{across(month.on)} {round(HEIGHT - getattr(month, name) * HEIGHT / max(total, 1))}" for month in months]
    line = f"M{'L'.join(points)}"
    return Curve(
        label=label,
        total=total,
        number=getattr(months[-1], name),
        first=first,
        last=last,
        line=line,
        area=f"{line}V{HEIGHT}H{across(first)}Z",
        marked=across(marked) if marked and first <= marked <= last else None,
    )
