"""Numbers of references, orders, receipts and support, in sentences and in columns under a heading."""

import pytest

from screening.findings import Verdict
from screening.text import screen_text

from .samples import SHORT, like_a_person

BLOCK, CLEAN = Verdict.BLOCK, Verdict.CLEAN
NUMBERS = [like_a_person(f"85{month:02}09") for month in range(1, 9)]


def verdict(text: str) -> Verdict:
    return screen_text(text).verdict


@pytest.mark.parametrize(
    "text",
    [
        "{} är vår referens",
        "{} är ert ordernummer.",
        "{} anges som fakturanummer vid betalning.",
        "Supportärende #{}",
        "Kvittens {}",
        "Ordern har nummer {}",
        "Beställningen fick nr {}.",
        "Biljett {}",
        "Bokning: {}",
    ],
)
def test_f10_references_orders_receipts_and_support_are_nobodys_number(text):
    assert verdict(text.format(SHORT)) is CLEAN
    assert verdict(text.format(f"{SHORT[:6]}-{SHORT[6:]}")) is BLOCK, "no reference is written so"


@pytest.mark.parametrize(
    "text", ["{} är vår brukare", "{} är hennes personnummer", "{} är ny hos oss", "{} är inskriven"]
)
def test_f10_another_word_behind_frees_no_number(text):
    assert verdict(text.format(SHORT)) is BLOCK


def table(heading: list[str], *rows: list[str], mark: str = "\t") -> str:
    if mark:
        return "\n".join(mark.join(row) for row in [heading, *rows])
    widths = [max(len(row[at]) for row in [heading, *rows]) + 3 for at in range(len(heading))]
    return "\n".join(
        "".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in [heading, *rows]
    )


MARKS = ["\t", ";", " | ", ""]


@pytest.mark.parametrize("mark", MARKS)
def test_f10_a_column_is_what_its_heading_says_from_its_first_row_to_its_last(mark):
    def rows(*heading: str) -> str:
        return table(list(heading), *([f"Lund {at}", number, "1 200"] for at, number in enumerate(NUMBERS)), mark=mark)

    assert verdict(rows("Ort", "Fakturanr", "Belopp")) is CLEAN
    assert verdict(rows("Ort", "Ordernummer", "Belopp")) is CLEAN
    assert verdict(rows("Ort", "Personnr", "Belopp")) is BLOCK
    assert verdict(rows("Fakturanr", "Person", "Belopp")) is BLOCK, "the heading of another column"


def test_f10_a_column_alone_is_what_its_heading_says():
    assert verdict("\n".join(["Fakturanr", *NUMBERS])) is CLEAN
    assert verdict("\n".join(["Våra fakturor", "---", *NUMBERS])) is CLEAN
    assert verdict("\n".join(["Fakturanr", *NUMBERS, "", "Deltagare", *NUMBERS])) is BLOCK
    assert verdict("\n".join(["Vi har fått en faktura från flera som anges här", *NUMBERS])) is BLOCK, "no heading"


@pytest.mark.parametrize("mark", ["", "\t"])
def test_f10_days_and_counts_under_two_headings_are_no_numbers(mark):
    rows = [[f"{n[:2]}-{n[2:4]}-{n[4:6]}", n[6:]] for n in NUMBERS]
    assert verdict(table(["Datum", "Antal"], *rows, mark=mark)) is CLEAN
    assert verdict(table(["Född", "Fyra sista"], *rows, mark=mark)) is BLOCK
