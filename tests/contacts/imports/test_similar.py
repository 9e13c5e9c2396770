"""SKR's groups of kommuner and their population come from a file, and from nowhere else. All data here is made up."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.test import Client

from contacts.imports.rows import ImportFileError
from contacts.imports.similar import apply_similar, plan_similar
from contacts.models import Organisation
from tests.factories.contacts import ContactPersonFactory, OrganisationFactory, PersonFactory

pytestmark = pytest.mark.django_db
HEADINGS = "Kommunkod;Grupp;Folkmängd\n"


@pytest.fixture
def town() -> Organisation:
    return OrganisationFactory(municipality=True, code="0114", short_name="Påhittad")


def stored(text: str) -> Organisation:
    plan = apply_similar(name="grupper.csv", content=text.encode(), year=2024, by=None)
    assert plan.errors == []
    return Organisation.objects.get(code="0114")


def errors(text: str) -> list[tuple[int, str]]:
    return plan_similar(name="grupper.csv", content=text.encode(), year=2024).errors


def test_group_and_population_are_stored_with_the_year(town: Organisation) -> None:
    row = stored(f"Tabell över påhitt\n{HEADINGS}114;Påhittade pendlingsorter;12 345\n")
    assert (row.group_of_similar, row.population, row.population_year) == ("Påhittade pendlingsorter", 12_345, 2024)


def test_a_blank_cell_and_a_kommun_that_is_not_named_keep_what_they_have(town: Organisation) -> None:
    other = OrganisationFactory(municipality=True, group_of_similar="Andra")
    stored(f"{HEADINGS}0114;Första;100\n")
    row = stored("Kommunkod;Folkmängd\n0114;200\n")
    assert (row.group_of_similar, row.population) == ("Första", 200)
    other.refresh_from_db()
    assert other.group_of_similar == "Andra"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("9999;Grupp;1", "Ingen kommun har koden ”9999”"),
        (";Grupp;1", "Ingen kommun har koden"),
        ("0114;Grupp;många", "inget helt antal"),
        ("0114;Grupp;-5", "inget helt antal"),
        ("0114;Grupp;999999999999", "inget helt antal"),
        (f"0114;{'g' * 10_000};1", "längre än 100 tecken"),
        ("0114;;", "saknar både grupp och folkmängd"),
    ],
)
def test_a_row_that_is_wrong_is_told_with_its_number_and_nothing_is_stored(
    town: Organisation, line: str, told: str
) -> None:
    text = f"{HEADINGS}{line}\n"
    assert [(number, told in reason) for number, reason in errors(text)] == [(2, True)]
    apply_similar(name="grupper.csv", content=text.encode(), year=2024, by=None)
    town.refresh_from_db()
    assert (town.group_of_similar, town.population) == ("", None)


def test_a_kommun_twice_is_told(town: Organisation) -> None:
    assert errors(f"{HEADINGS}0114;A;1\n0114;B;2\n") == [
        (3, "Kommunen finns redan på rad 2. Ta bort den ena raden."),
    ]


@pytest.mark.parametrize("text", ["Namn;Ort\nA;B\n", HEADINGS, "Kommunkod\n0114\n"])
def test_a_file_without_headings_or_rows_is_told(town: Organisation, text: str) -> None:
    with pytest.raises(ImportFileError):
        errors(text)


def test_who_may_not_change_the_register_may_not_read_it_in(town: Organisation) -> None:
    with pytest.raises(PermissionDenied):
        apply_similar(name="g.csv", content=f"{HEADINGS}0114;A;1\n".encode(), year=2024, by=PersonFactory())


def test_the_command_shows_first_and_stores_when_told_to(town: Organisation, tmp_path: Path) -> None:
    path = tmp_path / "grupper.csv"
    path.write_text(f"{HEADINGS}0114;Första;100\n", encoding="utf-8")
    said = StringIO()
    call_command("import_similar", path, year=2024, stdout=said)
    town.refresh_from_db()
    assert (town.group_of_similar, "Inget är sparat" in said.getvalue()) == ("", True)
    call_command("import_similar", path, year=2024, apply=True, stdout=said)
    town.refresh_from_db()
    assert town.group_of_similar == "Första"
    with pytest.raises(CommandError, match="ett år"):
        call_command("import_similar", path, year=3, stdout=said)
    with pytest.raises(CommandError, match="går inte att öppna"):
        call_command("import_similar", tmp_path / "finns-inte.csv", year=2024)


def test_the_page_shows_the_share_of_each_group_only_when_it_is_known(client: Client, town: Organisation) -> None:
    assert "liknande kommuner" not in client.get("/organisationer/").content.decode()
    OrganisationFactory(municipality=True, group_of_similar="Ängsbygder")
    ContactPersonFactory(organisation=town)
    stored(f"{HEADINGS}0114;Åsbygder;100\n")
    similar = client.get("/organisationer/").context["similar"]
    assert [(group.name, group.municipalities, group.share) for group in similar] == [
        *(("Åsbygder", 1, 100), ("Ängsbygder", 0, 0)),
    ]


def test_the_admin_can_list_a_group(client: Client, town: Organisation) -> None:
    stored(f"{HEADINGS}0114;Åsbygder;100\n")
    other = OrganisationFactory(municipality=True, short_name="Utanför")
    client.force_login(PersonFactory(editor=True))
    html = client.get("/admin/organisation/", {"group_of_similar": "Åsbygder"}).content.decode()
    assert town.name in html
    assert other.name not in html
