"""`manage.py import_contacts` on whole files."""

import json
import logging
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from contacts.models import ContactPerson, Organisation, Person
from contacts.official_organisations import kommuner_and_regioner
from tests.contacts.imports.files import csv_file, xlsx

HEADINGS = ["Kod", "Organisation", "Namn", "E-post", "Titel", "Telefon", "Från och med", "Ersättare"]


@pytest.fixture
def organisations(db: None) -> None:
    call_command("load_organisations", stdout=StringIO())


def all_rows() -> list[list[Any]]:
    """A contact person for each of the 311, with codes as a spreadsheet mangles them."""
    return [
        [int(org.code), org.name, f"Påhittad {org.code}", f"p{org.code}@ort.example", "Jurist", "", "2025-10-01", "nej"]
        for org in kommuner_and_regioner()
    ]


def run(path: Path, *flags: str) -> tuple[dict[str, Any], str]:
    """The JSON document and the fault ("" when there was none)."""
    out, fault = StringIO(), ""
    try:
        call_command("import_contacts", str(path), "--json", *flags, stdout=out)
    except CommandError as error:
        fault = str(error)
    return json.loads(out.getvalue()), fault


@pytest.mark.usefixtures("organisations")
class TestTheWholeCountry:
    def test_the_second_run_finds_everybody_unchanged(self, tmp_path: Path) -> None:
        path = tmp_path / "lista.xlsx"
        path.write_bytes(xlsx(all_rows(), HEADINGS))
        assert run(path) == ({"rows": 311, "new": 311, "changed": 0, "unchanged": 0, "errors": []}, "")
        assert not ContactPerson.objects.exists(), "without --apply nothing is stored"
        assert run(path, "--apply")[0]["new"] == 311
        assert run(path, "--apply") == ({"rows": 311, "new": 0, "changed": 0, "unchanged": 311, "errors": []}, "")
        coverage = Organisation.objects.coverage()
        assert (coverage.municipalities, coverage.regions) == (290, 21)

    def test_five_faults_store_nothing_and_name_five_rows(self, tmp_path: Path) -> None:
        rows = all_rows()
        rows[3][:2] = ["", "Ankeborg"]
        rows[50][3] = "ingen adress"
        rows[100][6] = "2025-02-30"
        rows[200] = [*rows[199][:3], rows[199][3].upper(), *rows[199][4:]]
        rows[310][2] = ""
        path = tmp_path / "lista.xlsx"
        path.write_bytes(xlsx(rows, HEADINGS))
        document, fault = run(path, "--apply")
        assert [error["row"] for error in document["errors"]] == [5, 52, 102, 202, 312]
        assert fault == "5 av 311 rader har fel. Ingenting är sparat."
        assert not Person.objects.exists()


@pytest.mark.parametrize(
    ("name", "content", "row", "told"),
    [
        ("lista.xlsx", b"Organisation;Namn;E-post", None, "ingen Excelfil"),
        ("lista.csv", b"", None, "Filen är tom"),
        ("lista.csv", b"Organisation;Namn\nNacka;Anna", 1, "Det saknas: E-post"),
    ],
)
@pytest.mark.django_db
def test_a_file_that_can_not_be_used(tmp_path: Path, name: str, content: bytes, row: int | None, told: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    document, fault = run(path)
    assert told in fault
    assert document["rows"] == 0
    (error,) = document["errors"]
    assert error["row"] == row
    assert told in error["reason"]


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="går inte att öppna"):
        call_command("import_contacts", str(tmp_path / "borta.csv"))


@pytest.mark.usefixtures("organisations")
def test_the_report_tells_of_each_row_and_what_to_do(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / "lista.csv"
    path.write_bytes(
        csv_file([["Nacka", "Anna Ek", "anna@nacka.example", "röd"]], ["Organisation", "Namn", "Mejl", "Färg"])
    )
    out = StringIO()
    with caplog.at_level(logging.DEBUG):
        call_command("import_contacts", str(path), stdout=out)
        call_command("import_contacts", str(path), "--apply", stdout=out)
    lines = out.getvalue().splitlines()
    assert lines[:4] == [
        "Rad 2: Ny. Nacka, Anna Ek.",
        "Kolumner som inte används: Färg.",
        "1 rader: 1 nya, 0 ändrade, 0 oförändrade, 0 med fel.",
        "Inget är sparat. Kör om med --apply för att spara.",
    ]
    assert lines[-1] == "Sparat."
    assert "Anna" not in caplog.text
    assert "anna@" not in caplog.text


@pytest.mark.usefixtures("organisations")
def test_the_report_tells_what_changes_but_not_the_log(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path, headings = tmp_path / "lista.csv", ["Organisation", "Namn", "E-post"]
    out = StringIO()
    with caplog.at_level(logging.DEBUG):
        for name in ("Alva Ek", "Nora Ek"):
            path.write_bytes(csv_file([["Nacka", name, "ek@nacka.example"]], headings))
            call_command("import_contacts", str(path), "--apply", stdout=out)
    assert "Rad 2: Ändrad. Nacka, Nora Ek. Namn: Alva Ek → Nora Ek." in out.getvalue().splitlines()
    assert "Alva" not in caplog.text
