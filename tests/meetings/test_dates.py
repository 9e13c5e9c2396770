from datetime import UTC, date, datetime, time

import pytest

from meetings import dates
from tests.factories.meetings import swedish


@pytest.mark.parametrize(
    ("start", "end", "written"),
    [
        (swedish(2026, 3, 10, 9), swedish(2026, 3, 10, 11), "tisdag 10 mars 2026 kl. 9–11"),
        (swedish(2026, 3, 10, 9), swedish(2026, 3, 10, 11, 30), "tisdag 10 mars 2026 kl. 9.00–11.30"),
        (swedish(2026, 3, 10, 8, 5), swedish(2026, 3, 10, 9), "tisdag 10 mars 2026 kl. 8.05–9.00"),
        (
            swedish(2026, 3, 10, 13),
            swedish(2026, 3, 11, 12),
            "tisdag 10 mars 2026 kl. 13 – onsdag 11 mars 2026 kl. 12",
        ),
    ],
)
def test_a_meeting_time_is_written_the_swedish_way(start: datetime, end: datetime, written: str) -> None:
    assert dates.when(start, end) == written


def test_a_subject_line_has_the_short_form() -> None:
    assert dates.short_when(swedish(2026, 3, 10, 9), swedish(2026, 3, 10, 11)) == "tis 10 mars kl. 9–11"
    two_days = dates.short_when(swedish(2026, 3, 10, 13), swedish(2026, 3, 11, 12, 30))
    assert two_days == "tis 10 mars kl. 13 – ons 11 mars kl. 12.30"


@pytest.mark.parametrize(
    ("moment", "written"),
    [
        (datetime(2026, 7, 1, 7, tzinfo=UTC), "onsdag 1 juli 2026 kl. 9–10"),
        (datetime(2026, 12, 1, 8, tzinfo=UTC), "tisdag 1 december 2026 kl. 9–10"),
        (datetime(2026, 6, 30, 22, 30, tzinfo=UTC), "onsdag 1 juli 2026 kl. 0.30–1.30"),
    ],
)
def test_moments_are_shown_in_swedish_time(moment: datetime, written: str) -> None:
    end = datetime.fromtimestamp(moment.timestamp() + 3600, tz=UTC)
    assert dates.when(moment, end) == written


def test_an_agenda_item_may_lack_an_end() -> None:
    assert dates.hours(time(9, 30), None) == "kl. 9.30"
    assert dates.hours(time(9), time(9, 45)) == "kl. 9.00–9.45"


def test_the_rows_of_a_timetable_all_have_minutes() -> None:
    assert dates.timetable_hours(time(9), time(10)) == "9.00–10.00"
    assert dates.timetable_hours(time(9, 10), None) == "9.10"


def test_a_moment_without_a_time_zone_is_taken_as_it_is_written() -> None:
    start, end = datetime(2026, 3, 10, 9), datetime(2026, 3, 10, 11)
    assert dates.when(start, end) == "tisdag 10 mars 2026 kl. 9–11"
    assert dates.hours(start, end) == "kl. 9–11"


def test_a_plain_date_needs_no_time_zone() -> None:
    assert dates.day(date(2026, 5, 4)) == "måndag 4 maj 2026"
    assert dates.short_day(date(2026, 5, 3)) == "sön 3 maj"
