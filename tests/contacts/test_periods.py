"""Periods from one day until another, without a database."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db.models import Q

from contacts.models.periods import Period, holds, today
from contacts.models.roles import ContactPerson, Membership

FIRST, LAST, END = date(2025, 10, 1), date(2025, 11, 30), date(2025, 12, 1)
BEFORE, BETWEEN, AFTER = date(2025, 9, 30), date(2025, 11, 1), date(2025, 12, 2)


@pytest.mark.parametrize("model", [ContactPerson, Membership])
@pytest.mark.parametrize(
    ("end", "holding", "not_holding"),
    [
        (END, [FIRST, BETWEEN, LAST], [BEFORE, END, AFTER]),
        (None, [FIRST, BETWEEN, LAST, END, AFTER], [BEFORE]),
        (FIRST, [], [BEFORE, FIRST, BETWEEN]),
    ],
    ids=["ended", "still", "taken back"],
)
def test_a_period_holds_from_its_first_day_until_the_day_before_its_end(
    model: type[Period], end: date | None, holding: list[date], not_holding: list[date]
) -> None:
    row = model(start=FIRST, end=end)
    assert [day for day in (*holding, *not_holding) if row.is_active(day)] == holding


@pytest.mark.parametrize(("day", "active"), [(BEFORE, False), (FIRST, True), (LAST, True), (END, False)])
def test_without_a_day_it_is_today_that_counts(day: date, active: bool) -> None:
    with time_machine.travel(datetime(day.year, day.month, day.day, 12)):
        assert today() == day
        assert ContactPerson(start=FIRST, end=END).is_active() is active


@pytest.mark.parametrize(("hour", "day"), [(0, date(2026, 3, 10)), (23, date(2026, 3, 10))])
def test_today_is_the_day_it_is_in_sweden(hour: int, day: date) -> None:
    with time_machine.travel(datetime(2026, 3, 10, hour, 30, tzinfo=ZoneInfo("Europe/Stockholm"))):
        assert today() == day
        assert ContactPerson().start == day


@pytest.mark.parametrize(
    ("end", "last"), [(None, None), (END, LAST), (date(2025, 10, 2), FIRST), (FIRST, FIRST), (BEFORE, FIRST)]
)
def test_the_last_day_is_the_one_before_the_end_but_never_before_the_first(end: date | None, last: date | None) -> None:
    assert ContactPerson(start=FIRST, end=end).last_day == last


def test_the_condition_of_a_query_follows_the_relation_and_the_day() -> None:
    assert holds(FIRST) == (Q(end__isnull=True) | Q(end__gt=FIRST)) & Q(start__lte=FIRST)
    seats = (Q(memberships__end__isnull=True) | Q(memberships__end__gt=FIRST)) & Q(memberships__start__lte=FIRST)
    assert holds(FIRST, "memberships") == seats
    with time_machine.travel("2025-10-01 12:00"):
        assert holds(None) == holds(FIRST)
        assert holds(None) != holds(END)
