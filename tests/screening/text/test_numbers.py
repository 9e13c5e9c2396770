"""Which digits may be a number of a person: where they begin and end, and when the person was born."""

from datetime import date

import pytest

from screening.text.numbers import candidates
from tests.screening.numbers import personal_number

from .samples import PERSON, SHORT

SINGLE = " ".join(SHORT)


def found(text: str) -> list[str]:
    return [text[number.start : number.end] for number in candidates(text)]


def test_twelve_digits_are_found_whole_though_their_first_ten_look_like_a_number() -> None:
    ten = personal_number(980, "120709").replace("-", "")
    written = f"1912 0709 {ten[6:8]} {ten[8:]}"
    assert written in found(f"Född {written}")
    assert written in found(written)
    (number,) = (each for each in candidates(f"Född {written}.") if len(each.digits) == 12)
    assert (number.digits, number.born) == (f"19{ten}", date(1912, 7, 9))


@pytest.mark.parametrize(
    ("before", "is_found"),
    [
        ("", True),
        ("1 ", False),
        ("a1 ", False),
        ("1 2 ", False),
        ("12 ", True),
        ("a12 ", True),
        ("1-", True),
        ("a ", True),
        ("§ 1 ", True),
        ("§ 3 4 1 ", False),
    ],
)
def test_only_the_first_of_single_digits_may_begin_a_number(before: str, is_found: bool) -> None:
    assert (SINGLE in found(f"{before}{SINGLE}")) is is_found
    assert PERSON in found(f"{before}{SINGLE} och {PERSON}"), "the search goes on"


def test_a_plus_between_date_and_number_means_a_hundred_years_more() -> None:
    (dashed,) = candidates(PERSON)
    (plus,) = candidates(PERSON.replace("-", "+"))
    assert (dashed.born, plus.born) == (date(1985, 7, 9), date(1885, 7, 9))
    assert not dashed.is_coordination
