"""Digits that may be a number of a person or a day with something else: a time, the end of a period, a file's name."""

from datetime import date, timedelta

import pytest
from stdnum import luhn

from screening.findings import Verdict
from screening.text import screen_text

from .samples import LONG, SHORT, like_a_person

BLOCK, CLEAN = Verdict.BLOCK, Verdict.CLEAN
TODAY = date.today()
LATE = TODAY.year - 2


def day_with(last: str, start: date) -> date:
    """The first day from `start` that makes a number with a right checksum together with the last four digits."""
    days = (start + timedelta(days=number) for number in range(60))
    return next(day for day in days if luhn.is_valid(f"{day:%y%m%d}{last}"))


def years_ago(years: int) -> date:
    return TODAY - timedelta(days=years * 366)


def plain(years: int) -> str:
    """Ten digits in a row of somebody born so many years ago."""
    return like_a_person(f"{years_ago(years):%y%m%d}")


def long(years: int) -> str:
    """Twelve digits in a row of somebody born so many years ago."""
    return f"{years_ago(years).year // 100}{plain(years)}"


def dashed(years: int) -> str:
    return f"{plain(years)[:6]}-{plain(years)[6:]}"


def verdict(text: str) -> Verdict:
    return screen_text(text).verdict


@pytest.mark.parametrize("between", ["–", " - ", "-"])
@pytest.mark.parametrize("written", ["%Y-%m-%d", "%Y%m%d", "%Y.%m.%d", "%Y/%m/%d"])
def test_the_first_day_of_a_period_and_the_year_of_its_last_are_no_number(written: str, between: str) -> None:
    for year in ("2019", "1999"):
        first = day_with(year, date(int(year), 2, 1))
        last = date(int(year), 12, 2)
        assert verdict(f"{first:{written}}{between}{last:{written}}") is CLEAN
        assert verdict(f"{first:%Y%m%d}{between}{last:%Y-%m-%d}") is CLEAN, "no chain of figures either"
        assert verdict(f"{first:%Y%m%d}-{year}") is BLOCK, "nothing follows"


def test_the_end_of_a_number_is_a_year_only_if_it_begins_so() -> None:
    first = day_with("2119", date(2019, 2, 1))
    assert verdict(f"{first:%Y%m%d}–2119-12-02") is BLOCK


ODD = f"{SHORT[:1]} {SHORT[1:5]} {SHORT[5:7]} {SHORT[7:]}"


def test_digits_in_odd_groups_are_a_number_only_if_a_word_says_so_and_no_figures_stand_beside() -> None:
    assert verdict(f"Personnummer {ODD}") is BLOCK
    assert verdict(f"Patienten {ODD}") is CLEAN
    assert verdict(f"Summan {ODD}") is CLEAN
    assert verdict(f"Personnummer {ODD} 12") is CLEAN
    assert verdict(f"Personnummer 12 {ODD}") is CLEAN


@pytest.mark.parametrize("make", [long, dashed])
@pytest.mark.parametrize(("years", "told"), [(1, CLEAN), (15, CLEAN), (25, BLOCK), (80, BLOCK)])
def test_the_word_of_another_number_frees_digits_whose_date_is_of_the_last_twenty_years(make, years, told) -> None:
    assert verdict(f"OCR {make(years)}") is told


@pytest.mark.parametrize("years", [1, 9, 11, 80])
def test_without_a_word_in_front_a_date_of_late_is_a_number_too(years: int) -> None:
    assert verdict(long(years)) is BLOCK
    assert verdict(dashed(years)) is BLOCK
    assert verdict(f"{plain(years)[:6]} {plain(years)[6:]}") is BLOCK


@pytest.mark.parametrize("around", ["https://exempel.se/a/{}", "www.exempel.se/{}", "ftp://x/{}?a=1"])
def test_in_an_address_of_the_web_a_date_of_late_is_no_number(around: str) -> None:
    for make in (long, dashed):
        assert verdict(around.replace("{}", make(5))) is CLEAN
        assert verdict(around.replace("{}", make(15))) is BLOCK
        assert verdict(f"https://exempel.se {make(5)}") is BLOCK, "the address has ended"
    assert verdict(around.replace("{}", f"{long(5)[:8]}.{long(5)[8:]}")) is CLEAN
    assert verdict(around.replace("{}", plain(80))) is CLEAN


@pytest.mark.parametrize("unit", ["kr", " kr", " kronor", "%", " st", " timmar", " invånare", ":-"])
def test_digits_with_a_unit_are_a_sum(unit: str) -> None:
    assert verdict(f"{long(5)}{unit}") is CLEAN
    assert verdict(f"{long(15)}{unit}") is BLOCK
    assert verdict(f"{SHORT}{unit}") is CLEAN
    assert verdict(f"{SHORT[:6]} {SHORT[6:]}{unit}") is CLEAN
    assert verdict(f"{SHORT[:6]}-{SHORT[6:]}{unit}") is BLOCK
    assert verdict(f"{SHORT}{unit}eri") is BLOCK or not unit.strip().isalpha()


def test_a_word_of_another_number_frees_digits_with_a_space() -> None:
    assert verdict(f"OCR {SHORT[:6]} {SHORT[6:]}") is CLEAN
    assert verdict(f"Kontakta {SHORT[:6]} {SHORT[6:]}") is BLOCK, "no phone number begins so"
    assert verdict(f"Patient, OCR finns inte: {SHORT[:6]} {SHORT[6:]}") is BLOCK


@pytest.mark.parametrize("word", ["under ", "mellan ", "Intervallet: ", "(mellan ("])
def test_two_days_of_a_year_are_a_period_beside_a_word_that_says_so(word: str) -> None:
    for last in ("1231", "0601", "1001"):
        first = day_with(last, date(LATE, 2, 1))
        assert verdict(f"{word}{first:%y%m%d}-{last}") is CLEAN
        assert verdict(f"Karin {first:%y%m%d}-{last}") is BLOCK
        assert verdict(f"{word}{first:%Y%m%d}-{last}") is BLOCK, "with a century nobody writes a period so"


@pytest.mark.parametrize("last", ["1232", "1301", "0600", "0032", "9805", "0632"])
def test_what_is_no_day_ends_no_period(last: str) -> None:
    assert verdict(f"Under {day_with(last, date(LATE, 1, 1)):%y%m%d}-{last}") is BLOCK


def test_a_period_ends_after_it_begins() -> None:
    assert verdict(f"Under {day_with('0201', date(LATE, 3, 1)):%y%m%d}-0201") is BLOCK
    days = (date(LATE, 1, 1) + timedelta(days=number) for number in range(60))
    same = next(day for day in days if luhn.is_valid(f"{day:%y%m%d%m%d}"))
    assert verdict(f"Under {same:%y%m%d}-{same:%m%d}") is BLOCK


@pytest.mark.parametrize("word", ["kl. ", "klockan ", "Skapad: ", "fil_", "IMG_", "backup-"])
@pytest.mark.parametrize("last", ["0000", "0930", "1437", "2359"])
def test_a_day_of_late_and_a_time_beside_a_word_are_no_number(word: str, last: str) -> None:
    day = day_with(last, date(LATE, 2, 1))
    for written in (f"{day:%Y%m%d}-{last}", f"{day:%Y%m%d}{last}", f"{day:%y%m%d}-{last}", f"{day:%Y-%m-%d} {last}"):
        assert verdict(f"{word}{written}") is CLEAN, written
        assert verdict(f"Karin {written}") is BLOCK or " " in written


@pytest.mark.parametrize("last", ["2400", "2360", "0960", "9805"])
def test_what_is_no_time_of_day_is_a_number(last: str) -> None:
    day = day_with(last, date(LATE, 2, 1))
    assert verdict(f"skapad {day:%Y%m%d}-{last}") is BLOCK
    assert verdict(f"skapad {day:%Y-%m-%d} {last}") is BLOCK
    assert verdict(f"rapport_{day:%Y%m%d}-{last}") is BLOCK


def test_a_time_in_the_name_of_a_file_needs_no_word() -> None:
    day = day_with("1437", date(LATE, 2, 1))
    for written in (f"{day:%Y%m%d}1437", f"{day:%Y%m%d}-1437", f"{day:%Y-%m-%d} 1437"):
        assert verdict(f"protokoll {written}.pdf") is CLEAN
        assert verdict(f"protokoll_{written}") is CLEAN
        assert verdict(f"protokoll {written}.") is BLOCK
        assert verdict(f"protokoll {written}.pdfa") is BLOCK


def test_a_day_of_late_and_a_round_time_need_no_word_if_a_space_stands_between() -> None:
    for last, told in [("0600", CLEAN), ("1430", CLEAN), ("2145", CLEAN), ("1437", BLOCK), ("0530", BLOCK)]:
        day = day_with(last, date(LATE, 2, 1))
        assert verdict(f"Mötet {day:%Y-%m-%d} {last}") is told
        assert verdict(f"Mötet {day:%Y-%m-%d}_{last}") is BLOCK


def test_a_day_and_a_count_in_the_name_of_a_file_are_no_number() -> None:
    day = day_with("9805", date(LATE, 2, 1))
    assert verdict(f"rapport_{day:%Y%m%d} 9805.pdf") is CLEAN
    assert verdict(f"rapport {day:%Y%m%d} 9805.pdf") is BLOCK
    assert verdict(f"rapport_{day:%Y%m%d} 9805") is BLOCK


@pytest.mark.parametrize("mark", ["\t", ",", ";", "|", "\n"])
@pytest.mark.parametrize("written", ["%Y-%m-%d", "%y-%m-%d", "%Y.%m.%d", "%Y/%m/%d"])
def test_a_day_of_late_and_a_count_in_two_cells_are_no_number(written: str, mark: str) -> None:
    day = day_with("9805", date(LATE, 2, 1))
    assert verdict(f"{day:{written}}{mark}9805") is CLEAN
    assert verdict(f"Patient {day:{written}}{mark}9805") is BLOCK


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{}", BLOCK),
        ("x{}", CLEAN),
        ("{}1", CLEAN),
        ("a1b{}", CLEAN),
        ("{}c3", CLEAN),
        ("abc{}def", CLEAN),
        ("abcde{}xyz", BLOCK),
        ("INV-{}", CLEAN),
        ("PO{}", CLEAN),
        ("pnr-{}", BLOCK),
        ("nr{}", BLOCK),
        ("till-{}", BLOCK),
        ("faktu-{}", BLOCK),
        ("0,{}", CLEAN),
        ("0.{}", CLEAN),
        ("värdet 1.{}", CLEAN),
        ("värdet 1234.{}", CLEAN),
        ("1.{}", BLOCK),
        ("12345.{}", BLOCK),
        ("1;2,{}", BLOCK),
        ("550e8400-e29b-41d4-a716-{}", CLEAN),
        ("550e8400-{}", CLEAN),
        ("{}-e29b-41d4", CLEAN),
        ("{}-e29b", BLOCK),
        ("{},50", CLEAN),
        ("{}.50", CLEAN),
        (",{},50", BLOCK),
        (";{},50", BLOCK),
        ("{},5", BLOCK),
        ("{},50,7", BLOCK),
    ],
)
def test_ten_digits_that_are_a_part_of_something_longer_are_no_number(text: str, told: Verdict) -> None:
    assert verdict(text.replace("{}", SHORT)) is told


@pytest.mark.parametrize("text", ["a1b{}", "{}c3", "0,{}", "550e8400-e29b-41d4-a716-{}", "{}-e29b-41d4"])
def test_twelve_digits_that_are_a_part_of_something_longer_are_no_number(text: str) -> None:
    assert verdict(text.replace("{}", LONG)) is CLEAN
    assert verdict(f"INV-{LONG}") is BLOCK, "no code is so long"


@pytest.mark.parametrize(
    "key", ["?pnr=", "&personnummer=", ";person-nr=", "/ssn/", "?patient_id=", "?pid:", "&born=", "?person="]
)
def test_a_key_in_an_address_of_the_web_says_that_it_is_a_person(key: str) -> None:
    assert verdict(f"https://exempel.se/a{key}{SHORT}") is BLOCK
    assert verdict(f"https://exempel.se/a{key}0{SHORT[1:]}") is CLEAN, "the checksum is wrong"


@pytest.mark.parametrize("key", ["?ocr=", "&nr=", "?id="])
def test_another_key_does_not(key: str) -> None:
    assert verdict(f"https://exempel.se/a{key}{SHORT}") is CLEAN


MOBILE, STATE = like_a_person("070104"), like_a_person("010104")


def test_what_may_be_a_phone_is_a_number_of_a_person_only_beside_a_word_for_one() -> None:
    assert verdict(f"Kalle {MOBILE}") is CLEAN
    assert verdict(f"Patienten {MOBILE}") is BLOCK
    assert verdict(f"Patienten har telefon {MOBILE}") is CLEAN
    assert verdict(f"Kalle {STATE}") is BLOCK
    assert verdict(f"Telefon till Kalle Johansson {STATE}") is CLEAN
    assert verdict(f"Telefon {SHORT}") is BLOCK
    assert verdict(f"Telefon {like_a_person('011104')}") is CLEAN
