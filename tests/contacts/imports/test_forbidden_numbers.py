"""A file with contact persons that holds what must not be kept."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from contacts.imports.headings import TITLES
from contacts.imports.plan import Outcome, make_plan
from contacts.imports.reading import read_file
from contacts.imports.rows import ImportFileError, ImportRow
from contacts.models import PendingImport, Person
from tests.factories.contacts import OrganisationFactory
from tests.screening.numbers import personal_number

from .files import csv_file, xlsx

pytestmark = pytest.mark.django_db
NUMBER = personal_number()
ROW = {"organisation": "Nacka", "name": "Anna Ek", "email": "anna@nacka.example"}
HEADINGS = ["Organisation", "Namn", "E-post"]


@pytest.fixture(autouse=True)
def nacka() -> None:
    OrganisationFactory(municipality=True, code="0182", short_name="Nacka")


@pytest.mark.parametrize(("field", "title"), TITLES.items())
def test_a_number_in_any_cell_is_told_with_row_and_column_and_nothing_more(field: str, title: str) -> None:
    plan = make_plan([ImportRow(row=2, **{**ROW, field: f"19{NUMBER}"}), ImportRow(row=3, **ROW)])
    refused, fine = plan.outcomes
    assert refused.outcome == Outcome.ERROR
    assert (refused.row, refused.organisation, refused.name) == (2, "", "")
    assert refused.reason.startswith(f"{title}: personnummer («")
    assert NUMBER[-4:] not in f"{refused}"
    assert fine.outcome == Outcome.NEW


def test_a_number_is_not_kept_with_its_row(as_editor: Client) -> None:
    content = xlsx([["Nacka", "Anna Ek", "anna@nacka.example"], ["Nacka", f"Bo {NUMBER}", "bo@nacka.example"]])
    url = reverse("contact_import:index")
    html = as_editor.post(url, {"file": SimpleUploadedFile("lista.xlsx", content)}, follow=True).content.decode()
    assert "Namn: personnummer" in html
    assert NUMBER not in html
    assert "Spara i registret" not in html
    kept = bytes(PendingImport.objects.get().content).decode()
    assert "Anna Ek" in kept and NUMBER not in kept
    assert not Person.objects.filter(email__endswith="@nacka.example").exists()


def test_the_files_name_holds_no_number_either(as_editor: Client) -> None:
    content = xlsx([["Nacka", "Anna Ek", "anna@nacka.example"]])
    file = SimpleUploadedFile(f"{NUMBER}.xlsx", content)
    response = as_editor.post(reverse("contact_import:index"), {"file": file})
    assert response.status_code == 422
    assert "Ta bort personnumret." in response.content.decode()
    assert not PendingImport.objects.exists()


def test_a_heading_is_not_repeated() -> None:
    with pytest.raises(ImportFileError) as refused:
        read_file("lista.csv", csv_file([["Nacka", "Anna", "a@nacka.example", "x"]], [*HEADINGS, NUMBER]))
    assert refused.value.reason.startswith("Kolumn 4: personnummer")
    assert NUMBER not in refused.value.reason


def test_the_command_shows_it_masked(tmp_path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "lista.csv"
    path.write_bytes(csv_file([["Nacka", f"Anna {NUMBER}", "anna@nacka.example"]]))
    with pytest.raises(CommandError, match="1 av 1 rader har fel"):
        call_command("import_contacts", str(path), "--apply")
    out = capsys.readouterr().out
    assert "Namn: personnummer" in out
    assert NUMBER not in out
