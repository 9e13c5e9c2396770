"""Numbers that are told in two pieces, or written apart: the day of birth and the last four in words and groups."""

import pytest

from screening.findings import Kind, Verdict
from screening.text import screen_text
from tests.screening.numbers import coordination_number, personal_number

NUMBER = personal_number(birth="850312")
BIRTH, FOUR = NUMBER.split("-")
WRONG = f"{(int(FOUR) + 1) % 10_000:04}"
BLOCK, CLEAN = Verdict.BLOCK, Verdict.CLEAN


def verdict(text: str) -> Verdict:
    return screen_text(text).verdict


DAYS = [
    "850312",
    "19850312",
    "1985-03-12",
    "85-03-12",
    "1985 03 12",
    "den 12 mars 1985",
    "12 mar -85",
    "12:e mars 85",
    "den tolfte mars 1985",
    "12/3 1985",
    "12/3-85",
    "12.03.1985",
    "mars 12, 1985",
    "1985 den 12 mars",
    "1 9 8 5 0 3 1 2",
]
TOLD = [
    "Brukaren är född {day}, nr sist {four}",
    "född {day}, sista siffrorna {four}",
    "Mannen föddes {day}; de fyra sista är {four}",
    "nr sist {four}, född {day}",
    "De sista fyra i personnumret är {four}; hon är född {day}",
    "Född {day}. Personnumret slutar på {four}.",
    "Hon är född {day}, följt av {four}.",
    "{four} är de fyra sista, född {day}",
    "Födelsedatum {day}\nKontrollsiffror: {four}",
    "F. {day}, slutsiffror {four}",
]


@pytest.mark.parametrize("sentence", TOLD)
@pytest.mark.parametrize("day", DAYS)
def test_f7_a_day_and_the_last_four_are_a_number_in_either_order_and_in_words(day, sentence):
    found = screen_text(sentence.format(day=day, four=FOUR))
    assert found.verdict is BLOCK
    assert {finding.kind for finding in found.findings if finding.kind is not Kind.CASE_NUMBER} == {
        Kind.PERSONAL_NUMBER
    }
    assert verdict(sentence.format(day=day, four=WRONG)) is not BLOCK


@pytest.mark.parametrize("four", [f"{FOUR[:2]} {FOUR[2:]}", " ".join(FOUR), f"-{FOUR}"])
def test_f7_the_last_four_may_be_apart_too(four):
    assert verdict(f"född 12 mars 1985, sista fyra {four}") is BLOCK


@pytest.mark.parametrize(
    "table",
    [
        "Fyra sista;Född;Beslut\n0000;1 maj 1950;avslag\n{four};12 mars 1985;beviljat",
        "| Född | Namn | Sista fyra |\n|---|---|---|\n| 1950-05-01 | Kim | 0000 |\n| 12/3 1985 | Bo | {four} |",
        "Efternamn,Fodelsedatum,Sista4,Insats\nEk,850312,{four},boendestöd",
        "Född\tKontrollsiffror\n12 mars 1985\t{four}",
    ],
)
def test_f7_columns_of_days_and_last_four_make_numbers_in_each_row(table):
    far = table.replace("\n", "\n" + "\n".join([table.split("\n")[-1].format(four=WRONG)] * 30) + "\n", 1)
    assert verdict(far.format(four=FOUR)) is BLOCK
    assert verdict(far.format(four=WRONG)) is not BLOCK


@pytest.mark.parametrize("heading", ["Datum;Antal", "Datum;Antal fyra", "Datum;Antal i fyra län"])
def test_f7_columns_of_days_and_counts_are_none(heading):
    assert verdict(f"{heading}\n12 mars 1985;{FOUR}") is not BLOCK


def test_f7_the_last_four_on_a_card_are_a_persons_beside_a_day_of_birth():
    assert verdict(f"Kontrollsiffrorna {FOUR} står på kortet. Födelsedata: 12 mars 1985.") is BLOCK
    assert verdict(f"Den 12 mars 1985: kontrollsiffrorna {FOUR} står på kortet.") is not BLOCK


def test_f7_the_day_of_a_samordningsnummer_is_told_as_that_of_the_calendar():
    four = coordination_number(birth="850312").split("-")[1]
    found = screen_text(f"Född 12 mars 1985, samordningsnumret slutar på {four}").findings
    assert [finding.kind for finding in found] == [Kind.COORDINATION_NUMBER]


@pytest.mark.parametrize(
    "text",
    [
        "Mötet hölls 1985-03-12. De fyra sista siffrorna i kontonumret är {four}.",
        "Avtalet av den 12 mars 1985 gäller order som slutar på {four}.",
        "Den 12 mars 1985 kom de sista av {four} ansökningar.",
        "Född 12 mars 1985, lönen slutar på {four} kr.",
        "Senast den 12 mars 1985. Portkoden slutar på {four}.",
    ],
)
def test_f7_the_last_four_of_something_else_are_no_number(text):
    assert verdict(text.format(four=FOUR)) is CLEAN


Y, M, D = BIRTH[:2], BIRTH[2:4], BIRTH[4:]


@pytest.mark.parametrize("mark", [" ", ".", "/", ":", "_", "-", " - ", " / ", " . "])
@pytest.mark.parametrize("century", ["19", ""])
@pytest.mark.parametrize("four", [[FOUR], [FOUR[:2], FOUR[2:]]], ids=["four", "pairs"])
def test_f8_every_two_digits_apart_are_a_number_with_any_mark_between(mark, century, four):
    written = mark.join(filter(None, [century, Y, M, D, *four]))
    assert verdict(written) is BLOCK
    assert verdict(f"Brukaren {written} bor kvar.") is BLOCK


@pytest.mark.parametrize("century", ["19", ""])
def test_f8_every_two_digits_may_stand_in_a_list(century):
    pairs = filter(None, [century, Y, M, D, FOUR[:2], FOUR[2:]])
    assert verdict(f"Handläggaren läste upp {', '.join(pairs)} i telefonen.") is BLOCK
    assert verdict("Antal per kvartal: 12, 14, 9, 31, 25 och 30.") is CLEAN


@pytest.mark.parametrize("mark", ["|", "]["])
def test_f8_each_digit_may_stand_in_a_box_of_a_form(mark):
    for digits in (f"{BIRTH}{FOUR}", f"{BIRTH}-{FOUR}", f"19{BIRTH}{FOUR}"):
        assert verdict(f"Brukaren [{mark.join(digits)}] bor kvar.") is BLOCK


def test_f8_a_year_of_two_digits_may_stand_with_the_month():
    assert verdict(f"Brukaren {BIRTH[:4]} {BIRTH[4:]} {FOUR} bor kvar.") is BLOCK


@pytest.mark.parametrize("mark", [" ", ".", "-", "/", " - ", ", "])
def test_f8_every_digit_apart_is_a_number_with_any_mark_between(mark):
    assert verdict(f"Brukaren {mark.join(BIRTH + FOUR)} bor kvar.") is BLOCK
    assert verdict(f"Brukaren {mark.join(f'19{BIRTH}{FOUR}')} bor kvar.") is BLOCK
