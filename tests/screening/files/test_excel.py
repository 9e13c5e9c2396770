"""Workbooks: every place in which a text can hide, and numbers as Excel keeps them."""

import pytest

from screening.findings import Verdict
from tests.screening.numbers import personal_number

from .makers.excel import MAIN, PLACES, cell, sheet, workbook
from .makers.packages import XML
from .places import finds_it_there, is_clean_without, screened


@pytest.mark.parametrize("place", PLACES)
def test_a_number_is_found_and_its_place_is_told(place):
    where, make = PLACES[place]
    finds_it_there("fil.xlsx", make, where)


@pytest.mark.parametrize("place", PLACES)
def test_the_same_workbook_without_a_number_is_clean(place):
    is_clean_without("fil.xlsx", PLACES[place][1])


OLD, YOUNG = personal_number(birth="850709"), personal_number(birth="050709")
NUMBERS = {
    "ten digits": int(OLD.replace("-", "")),
    "twelve digits": int("19" + OLD.replace("-", "")),
    "with decimals": float(OLD.replace("-", "")),
    "with a power": float(f"{'19' + OLD.replace('-', '')}e0"),
    "without the zero it began with": int(YOUNG.replace("-", "")),
}


@pytest.mark.parametrize("kind", NUMBERS)
def test_a_number_is_found_as_excel_keeps_it(kind):
    content = workbook([["Namn", "Personnummer"], ["A", NUMBERS[kind]]])
    screening = screened("fil.xlsx", content)
    assert [finding.where for finding in screening.findings] == ["blad Blad1, cell B2"]
    assert screening.verdict is Verdict.BLOCK


def test_a_number_written_with_a_power_of_ten_is_found():
    digits = "19" + OLD.replace("-", "")
    value = f"<c r='A2'><v>1.{digits[1:]}E11</v></c>"
    content = workbook(content=sheet([["Nummer"]]).replace("</row>", f"</row><row r='2'>{value}</row>"))
    assert screened("fil.xlsx", content).verdict is Verdict.BLOCK


def test_a_format_with_ten_places_gives_a_number_its_zero_back():
    styles = (
        f'{XML}<styleSheet {MAIN}><numFmts><numFmt numFmtId="164" formatCode="000000\\-0000"/></numFmts>'
        '<cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>'
    )
    number = int(YOUNG.replace("-", ""))

    def formatted(style: int) -> bytes:
        row = f'<row r="2">{cell("A2", number, style)}</row>'
        content = f"{XML}<worksheet {MAIN}><sheetData>{row}</sheetData></worksheet>"
        return workbook(parts={"xl/styles.xml": styles}, content=content)

    assert screened("fil.xlsx", formatted(1)).verdict is Verdict.BLOCK
    assert screened("fil.xlsx", formatted(0)).verdict is Verdict.CLEAN


def test_sums_beside_each_other_are_not_put_together():
    birth, four = OLD.split("-")
    content = workbook([["Kostnad 2025", "Antal"], [int(birth), int(four)]])
    assert screened("fil.xlsx", content).verdict is Verdict.CLEAN


def test_the_name_of_a_sheet_does_not_give_the_number_away():
    screening = screened("fil.xlsx", workbook([["A"], [OLD]], name=OLD))
    places = [finding.where for finding in screening.findings]
    assert places == ["ett blads namn", "blad ••••••-••••, cell A2"]


def test_a_column_of_phone_numbers_is_clean():
    rows = [["Namn", "Telefon"], *([f"Person {n}", f"070-{n:03}4567"] for n in range(100, 140))]
    assert screened("fil.xlsx", workbook(rows)).verdict is Verdict.CLEAN
