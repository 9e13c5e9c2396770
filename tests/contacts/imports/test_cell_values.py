"""Dates and yes or no as people write them."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from contacts.imports.cell_values import parse_date, parse_yes_or_no, refuse_several


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
        *("3/4/2025", "12/4/2025", "1/12/2025", "2025-02-30", "2025-13-01", "i höstas", "3/4-"),
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


@pytest.mark.parametrize(
    "text",
    [
        *("260115", "20260115", "2026/01/15", "2026.01.15", "15/1-26", "15/1 2026", "15.1.26", "15 jan 2026"),
        *("2026-01-15 13:45", "2026-01-15T08:00:00", "15 januari 2026", "46037"),
    ],
)
def test_i6_a_date_as_people_and_spreadsheets_write_it(text: str) -> None:
    assert parse_date(text, "Från") == date(2026, 1, 15)


@pytest.mark.parametrize("text", ["3/4/26", "261315", "99999", "15/1", "kl. 13:45"])
def test_i6_what_may_be_another_day_is_still_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        parse_date(text, "Från")


@pytest.mark.parametrize("text", ["✓", "✔", "JA!", "Ja.", "suppleant", "ers.", "Ersättare", "X"])
def test_i9_a_deputy_as_people_mark_one(text: str) -> None:
    assert parse_yes_or_no(text, "Ersättare") is True


@pytest.mark.parametrize(
    ("email", "name"),
    [
        ("kim@nacka.example; lo@nacka.example", "Kim Ekdal"),
        ("kim@nacka.example", "Kim Ekdal / Lo Berg"),
        ("kim@nacka.example", "Kim Ekdal och Lo Berg"),
        ("kim@nacka.example\nlo@nacka.example", "Kim Ekdal\nLo Berg"),
    ],
)
def test_i4_two_persons_in_a_cell_are_named_as_such(email: str, name: str) -> None:
    with pytest.raises(ValidationError, match="två personer"):
        refuse_several(email, name)


@pytest.mark.parametrize("name", ["Kim Ekdal", "Anna-Karin von Ochs", "Kim Ekdal (HR/ekonomi)", "Åsa Öst-Lo"])
def test_i4_one_person_is_one(name: str) -> None:
    refuse_several("Kim Ekdal <kim@nacka.example>", name)
