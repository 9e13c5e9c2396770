"""Files as people make them are understood at once."""

import io
from collections.abc import Sequence
from typing import Any

import openpyxl
import pytest
from django.test import Client

from contacts.imports.cell_values import parse_name, parse_phone
from contacts.imports.plan import Outcome, make_plan
from contacts.imports.reading import read_file, read_table
from contacts.imports.rows import ImportFile, ImportFileError
from tests.factories.contacts import ContactPersonFactory, OrganisationFactory, PersonFactory

from .files import csv_file

ROW = ["Nacka", "Kim Ekdal", "kim@nacka.example"]


def workbook(*sheets: tuple[str, Sequence[Sequence[Any]]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def people(file: ImportFile) -> list[tuple[str, str, str]]:
    return [(str(row.organisation), str(row.name), str(row.email)) for row in file.rows]


@pytest.mark.parametrize("as_csv", [True, False])
def test_i1_headings_may_stand_below_a_title_and_a_date(as_csv: bool) -> None:
    above = [["Kontaktpersoner LUMEN", "", ""], ["Uppdaterad 2026-01-15", "", ""], ["", "", ""]]
    rows = [*above, ["Organisation", "Namn", "E-post"], ROW]
    content = csv_file(rows[1:], rows[0]) if as_csv else workbook(("Blad1", rows))
    file = read_file("lista.csv" if as_csv else "lista.xlsx", content)
    assert people(file) == [tuple(ROW)]
    assert file.rows[0].row == 5
    assert file.notes == ["Rubrikerna står på rad 4. Det som står ovanför läses inte in."]


def test_i1_what_is_missing_is_said_of_the_row_that_looks_like_headings() -> None:
    content = csv_file([["", "", ""], ["Kommun", "Namn", "Telefon"], ["Nacka", "Kim Ekdal", "08-1"]], ["Lista", "", ""])
    with pytest.raises(ImportFileError) as refused:
        read_file("lista.csv", content)
    assert refused.value.row == 3
    assert "Rad 3 ska vara rubriker. Det saknas: E-post." in refused.value.reason


def test_i2_the_sheet_with_the_headings_is_read_wherever_it_lies() -> None:
    told = [["Läs mig"], ["Fyll i kontaktpersoner på nästa blad."], ["Namn på den som har fyllt i: Kim"]]
    content = workbook(("Läs mig", told), ("Kontakter", [["Kommun", "Namn", "E-post"], ROW]), ("Övrigt", [["x"]]))
    assert people(read_file("lista.xlsx", content)) == [tuple(ROW)]


def test_i2_without_known_headings_the_sheet_with_addresses_is_read() -> None:
    content = workbook(("Läs mig", [["Fyll i nästa blad."]]), ("Blad2", [["Var", "Vem", "Hur"], ROW]))
    assert read_table("lista.xlsx", content).rows == [(1, ["Var", "Vem", "Hur"]), (2, ROW)]


@pytest.mark.parametrize(
    "headings",
    [
        ["Kommun / region*", "Förnamn", "Efternamn", "E-post:\n(arbete)"],
        ["Kommun/Region", "FÖRNAMN", "Efternamn *", "E-postadress (arbetet)"],
    ],
)
def test_i3_headings_may_have_two_parts_of_a_name_brackets_and_signs(headings: list[str]) -> None:
    content = workbook(("Blad1", [headings, ["Nacka", "Kim", "Ekdal", "kim@nacka.example"]]))
    assert people(read_file("lista.xlsx", content)) == [tuple(ROW)]


def test_i3_a_heading_with_a_remark_is_the_heading() -> None:
    content = workbook(("Blad1", [["Organisation", "Namn (kontaktperson)", "E-post"], ROW]))
    assert people(read_file("lista.xlsx", content)) == [tuple(ROW)]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    [
        *("Kim Ekdal <kim@nacka.example>", "mailto:kim@nacka.example", "kim@nacka.example;", " kim@nacka.example, "),
        *("'kim@nacka.example'", "<kim@nacka.example>;", "mailto:kim@nacka.example?subject=Hej;"),
    ],
)
def test_i5_an_address_is_cleaned_of_what_a_mail_program_adds(address: str) -> None:
    organisation = OrganisationFactory(municipality=True)
    file = read_file(
        "l.xlsx", workbook(("Blad1", [["Organisation", "Namn", "E-post"], [organisation.name, "Kim Ekdal", address]]))
    )
    [outcome] = make_plan(file.rows).outcomes
    assert (outcome.outcome, outcome.reason) == (Outcome.NEW, "")
    assert outcome.change.person.email == "kim@nacka.example"


@pytest.mark.parametrize("total", ["Totalt: 3 kontaktpersoner", "Summa", "Antal 3"])
def test_i8_a_row_that_sums_up_is_left_out_and_told_of(total: str) -> None:
    file = read_file("l.csv", csv_file([ROW, [total, "", ""]]))
    assert people(file) == [tuple(ROW)]
    assert file.notes == ["Rad 3 är en summering och läses inte in."]


def test_i8_a_format_far_down_is_no_row_but_a_value_there_is() -> None:
    book = openpyxl.Workbook()
    for row in (["Organisation", "Namn", "E-post"], ROW):
        book.active.append(row)
    book.active.cell(1_048_576, 1).font = openpyxl.styles.Font(bold=True)
    file = io.BytesIO()
    book.save(file)
    assert people(read_file("l.xlsx", file.getvalue())) == [tuple(ROW)]
    book.active.cell(1_048_576, 1).value = "Nacka"
    file = io.BytesIO()
    book.save(file)
    with pytest.raises(ImportFileError, match="fler rader"):
        read_file("l.xlsx", file.getvalue())


@pytest.mark.django_db
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_i11_our_own_export_read_in_again_changes_nothing(client: Client, ending: str) -> None:
    roles = [
        ContactPersonFactory(person__phone="+46 70 123 45 67", person__title="=Chef"),
        ContactPersonFactory(deputy=True),
    ]
    client.force_login(PersonFactory(editor=True))
    answer = client.get("/admin/contactperson/", {"export": ending})
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    plan = make_plan(read_file(f"export.{ending}", content).rows)
    told = [(outcome.outcome, outcome.remarks) for outcome in plan.outcomes]
    assert told == [(Outcome.UNCHANGED, "")] * len(roles), told


def test_i8_a_sum_hides_no_row_beyond_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("contacts.imports.reading.MAX_ROWS", 3)
    with pytest.raises(ImportFileError, match="fler än 3 rader"):
        read_file("l.csv", csv_file([["Summa", "", ""], ROW, ROW, ROW]))


def test_cells_that_are_merged_downwards_hold_for_each_of_their_rows() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (["Kontaktpersoner"], ["Organisation", "Namn", "E-post"], ROW, ["", "Bo Ek", "bo@nacka.example"]):
        sheet.append(row)
    for row in ([], ["", "Li Al", "li@nacka.example"], ["", "Ann Ås", "ann@nacka.example"]):
        sheet.append(row)
    sheet.merge_cells("A1:C1")
    sheet.merge_cells("A3:A6")
    file = io.BytesIO()
    book.save(file)
    found = people(read_file("l.xlsx", file.getvalue()))
    assert [organisation for organisation, _, _ in found] == ["Nacka", "Nacka", "Nacka", ""]


@pytest.mark.parametrize(
    ("written", "address", "read"),
    [
        ("Ekdal, Kim", "kim@nacka.example", "Kim Ekdal"),
        ("Ekdal Ås, Åsa Kim", "asa.ekdal@nacka.example", "Åsa Kim Ekdal Ås"),
        ("Kim Ekdal, Chef", "kim@nacka.example", "Kim Ekdal, Chef"),
        ("Kim Ekdal", "kim@nacka.example", "Kim Ekdal"),
        ("Ekdal, chef", "kim@nacka.example", "Ekdal, chef"),
    ],
)
def test_a_name_may_begin_with_the_last_name(written: str, address: str, read: str) -> None:
    assert parse_name(written, address) == read


@pytest.mark.parametrize(
    ("written", "read"),
    [("701234567", "0701234567"), ("070-123 45 67", "070-123 45 67"), ("86123456", "86123456"), ("", "")],
)
def test_a_mobile_number_gets_back_the_zero_that_a_spreadsheet_took(written: str, read: str) -> None:
    assert parse_phone(written) == read
