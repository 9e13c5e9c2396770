"""Dates and yes or no as people write them."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from contacts.imports.cell_values import parse_date, parse_yes_or_no


@pytest.mark.parametrize(
    "text",
    [
        "2025-10-01",
        "2025-10-1",
        "2025-10-01 00:00:00",
        "20251001",
        "1/10 2025",
        "1/10-2025",
        "1.10.2025",
        "1 oktober 2025",
        "1 okt 2025",
        "1 Okt. 2025",
    ],
)
def test_ways_to_write_the_first_of_october(text: str) -> None:
    assert parse_date(text, "Från och med") == date(2025, 10, 1)


def test_a_day_above_twelve_can_only_be_a_day() -> None:
    assert parse_date("31/12/2025", "Från och med") == date(2025, 12, 31)
    assert parse_date("13/4/2025", "Från och med") == date(2025, 4, 13)
    assert parse_date("5/5/2025", "Från och med") == date(2025, 5, 5)
    assert parse_date("12/12/2025", "Från och med") == date(2025, 12, 12)


@pytest.mark.parametrize("day", [date(2000, 1, 1), date(2100, 12, 31)])
def test_the_years_that_are_taken(day: date) -> None:
    assert parse_date(day.isoformat(), "Från och med") == day
    assert parse_date(day, "Från och med") == day


@pytest.mark.parametrize(
    "text",
    [
        *("3/4/2025", "12/4/2025", "1/12/2025", "2025-02-30", "2025-13-01", "i höstas", "45931"),
        *("1 foo 2025", "1990-01-01", "1999-12-31", "2101-01-01"),
    ],
)
def test_what_is_no_clear_date_is_refused_with_the_heading(text: str) -> None:
    with pytest.raises(ValidationError, match="Från och med: "):
        parse_date(text, "Från och med")


def test_a_day_outside_the_years_is_told_with_the_years_that_are_taken() -> None:
    with pytest.raises(ValidationError, match="Från och med: 1999-12-31 ligger utanför åren 2000–2100"):
        parse_date("1999-12-31", "Från och med")


@pytest.mark.parametrize(("text", "answer"), [("Ja", True), ("X", True), ("nej", False), ("0", False), ("", None)])
def test_yes_and_no(text: str, answer: bool | None) -> None:
    assert parse_yes_or_no(text, "Ersättare") is answer


def test_neither_yes_nor_no() -> None:
    with pytest.raises(ValidationError, match="”kanske” går inte att tolka"):
        parse_yes_or_no("kanske", "Ersättare")
