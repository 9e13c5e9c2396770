"""A list as people keep it is read in as it is, with a question about two misspelt names."""

import pytest

from contacts.imports.actions import (
    apply_kept_import,
    choose_organisation,
    choose_to_fill_down,
    keep_import_until_confirmed,
)
from contacts.imports.kept import read_kept
from contacts.imports.reading import read_table
from contacts.models import ContactPerson, Organisation, PendingImport
from contacts.official_organisations import kommuner_and_regioner
from tests.factories.contacts import PersonFactory

from .lifelike import FIRST_DAY, ORGANISATIONS, Expected, lifelike_csv, lifelike_workbook, people

pytestmark = [pytest.mark.django_db, pytest.mark.databases]
FILES = {"lista.xlsx": lifelike_workbook, "lista.csv": lifelike_csv}


@pytest.fixture(autouse=True)
def official_list() -> None:
    fields = ("kind", "code", "name", "short_name", "county_code", "county")
    Organisation.objects.bulk_create(
        Organisation(**{field: getattr(row, field) for field in fields}) for row in kommuner_and_regioner()
    )


def test_the_list_is_of_sixty_persons() -> None:
    assert sum(count for _, _, count in ORGANISATIONS) == len(list(people())) == 60


@pytest.fixture(params=FILES)
def pending(request: pytest.FixtureRequest) -> PendingImport:
    name = request.param
    return keep_import_until_confirmed(
        name=name, table=read_table(name, FILES[name]()), owner=PersonFactory(editor=True)
    )


def test_i7_of_sixty_rows_two_misspelt_names_are_asked_about_and_then_all_are_stored(pending: PendingImport) -> None:
    by = pending.owner
    if pending.name.endswith(".csv"):  # Text has no merged cells, so the empty ones are asked about, all at once.
        assert len(read_kept(pending).may_fill_down) == 9
        choose_to_fill_down(pending=pending, fills_down=True, by=by)
        pending.refresh_from_db()
    plan = read_kept(pending).plan
    assert [(question.unknown.messages, len(question.rows)) for question in plan.questions] == [
        (["Organisationen ”Naka kommun” finns inte i registret. Menade du Nacka kommun?"], 2),
        (["Organisationen ”Region Vermland” finns inte i registret. Menade du Region Värmland?"], 1),
    ]
    assert [error.reason for error in plan.errors if not error.unknown] == []
    for question in plan.questions:
        [meant] = question.unknown.candidates
        choose_organisation(pending=pending, key=question.unknown.key, organisation=meant, by=by)
    pending.refresh_from_db()
    apply_kept_import(pending=pending, by=by, seen=read_kept(pending).choices.mark)
    assert stored() == {expected for expected, _ in people()}
    assert set(ContactPerson.objects.values_list("start", flat=True)) == {FIRST_DAY}


def stored() -> set[Expected]:
    return {
        Expected(role.organisation.code, role.person.name, role.person.email, role.deputy)
        for role in ContactPerson.objects.select_related("organisation", "person")
    }
