"""What each row would change, and that storing it is all or nothing."""

from datetime import date
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import Group as AuthGroup
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied

from contacts.imports.actions import ImportRefused, apply_import, preview_import
from contacts.imports.plan import RowOutcome, make_plan
from contacts.imports.rows import ImportRow
from contacts.models import ContactPerson, Organisation, Person
from tests.factories.contacts import ContactPersonFactory, OrganisationFactory, PersonFactory

pytestmark = [pytest.mark.django_db, pytest.mark.databases, pytest.mark.usefixtures("kommuner")]


@pytest.fixture(autouse=True)
def the_day():
    with time_machine.travel("2026-03-10 12:00"):
        yield


@pytest.fixture
def kommuner() -> None:
    OrganisationFactory(municipality=True, code="0182", short_name="Nacka")
    OrganisationFactory(municipality=True, code="0114", short_name="Upplands Väsby")
    OrganisationFactory(region=True, code="01", short_name="Stockholm")


def row(number: int = 2, **cells: Any) -> ImportRow:
    return ImportRow(number, **{"organisation": "Nacka", "name": "Anna Ek", "email": "anna@nacka.example", **cells})


def outcome(*rows: ImportRow) -> RowOutcome:
    return make_plan(rows or [row()]).outcomes[-1]


def stored_role(**fields: Any) -> ContactPerson:
    return ContactPersonFactory(
        organisation=Organisation.objects.get(code="0182"),
        person__email="anna@nacka.example",
        person__name="Anna Ek",
        **fields,
    )


def test_a_new_person_gets_a_role_from_the_day_that_is_told() -> None:
    apply_import(
        rows=[row(email="Anna@Nacka.Example", title="Jurist", phone="08-1", start="2025-10-01", deputy="ja")], by=None
    )
    role = ContactPerson.objects.get()
    assert (role.start, role.end, role.deputy) == (date(2025, 10, 1), None, True)
    assert (role.person.email, role.person.name, role.person.title) == ("anna@nacka.example", "Anna Ek", "Jurist")
    assert role.person.organisation == role.organisation
    assert not role.person.has_usable_password()


def test_without_a_date_a_new_role_begins_today_and_stays_there() -> None:
    apply_import(rows=[row()], by=None)
    with time_machine.travel("2026-05-01 12:00"):
        assert outcome().outcome == "unchanged"
    assert ContactPerson.objects.get().start == date(2026, 3, 10)


@pytest.mark.parametrize(
    ("cells", "changed"),
    [
        ({}, False),
        ({"title": "", "phone": "", "start": "", "deputy": ""}, False),
        ({"email": "ANNA@nacka.example"}, False),
        ({"start": "2025-10-01"}, False),
        ({"name": "Anna Ek Berg"}, True),
        ({"title": "Chef"}, True),
        ({"phone": "08-123"}, True),
        ({"deputy": "ja"}, True),
        ({"start": "2025-09-01"}, True),
        ({"start": "2026-02-01"}, True),
        ({"until": "2026-05-31"}, True),
    ],
)
def test_a_row_about_an_open_role(cells: dict[str, str], changed: bool) -> None:
    stored_role(person__title="Jurist", person__phone="08-1")
    for expected in ("changed" if changed else "unchanged", "unchanged"):
        plan = apply_import(rows=[row(**cells)], by=None)
        assert plan.outcomes[0].outcome == expected
    assert ContactPerson.objects.count() == 1
    if not changed:
        assert Person.objects.get().title == "Jurist", "a blank cell erases nothing"


def test_the_last_day_of_the_file_is_included() -> None:
    apply_import(rows=[row(start="2025-10-01", until="2025-12-31")], by=None)
    assert ContactPerson.objects.get().end == date(2026, 1, 1)
    assert outcome(row(start="2025-10-01", until="2025-12-31")).outcome == "unchanged"


class TestAfterAnEndedRole:
    def test_a_later_start_is_a_new_row_of_history(self) -> None:
        ended = stored_role(ended=True)
        found = outcome(row(start="2026-01-01"))
        assert (found.outcome, found.notes) == ("new", ["Har haft uppdraget tidigare och får det nu på nytt."])
        apply_import(rows=[row(start="2026-01-01")], by=None)
        ended.refresh_from_db()
        assert ended.end == date(2025, 12, 1)
        assert ContactPerson.objects.count() == 2

    def test_a_row_without_a_date_begins_anew_today(self) -> None:
        stored_role(ended=True)
        assert outcome().outcome == "new"

    def test_one_that_ends_today_has_ended(self) -> None:
        stored_role(end=date(2026, 3, 10))
        assert outcome().outcome == "new"

    def test_one_that_ends_tomorrow_has_not(self) -> None:
        stored_role(end=date(2026, 3, 11))
        assert outcome().outcome == "unchanged"

    @pytest.mark.parametrize(
        ("start", "until", "outcome_of_row"),
        [
            ("2025-12-01", "", "new"),
            ("2025-11-30", "", "error"),
            ("2025-09-01", "2025-09-30", "new"),
            ("2025-09-01", "2025-10-01", "error"),
        ],
    )
    def test_roles_may_follow_upon_each_other_to_the_day(self, start: str, until: str, outcome_of_row: str) -> None:
        stored_role(ended=True)
        assert outcome(row(start=start, until=until)).outcome == outcome_of_row

    def test_the_old_file_again_wakes_nobody(self) -> None:
        stored_role(ended=True)
        assert outcome(row(start="2025-10-01")).outcome == "unchanged"

    def test_a_start_within_it_overlaps(self) -> None:
        stored_role(ended=True)
        assert (
            "överlappar ett annat uppdrag (fr.o.m. 2025-10-01, t.o.m. 2025-11-30)"
            in outcome(row(start="2025-11-01")).reason
        )

    def test_an_open_role_cannot_be_moved_into_it(self) -> None:
        stored_role(ended=True)
        person = Person.objects.get()
        ContactPersonFactory(person=person, organisation=person.organisation, start=date(2026, 1, 1))
        assert "överlappar" in outcome(row(start="2025-11-15")).reason
        assert outcome(row(start="2025-12-15")).outcome == "changed"


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"organisation": "Ankeborg"}, "Organisationen ”Ankeborg” finns inte i registret."),
        ({"organisation": ""}, "Organisation saknas."),
        ({"code": "0114"}, "Koden 0114 är Upplands Väsby kommun"),
        ({"email": "anna(at)nacka"}, "”anna(at)nacka” är ingen giltig e-postadress."),
        ({"email": ""}, "E-postadressen saknas."),
        ({"name": " "}, "Namnet saknas."),
        ({"name": "se www.vinst.example"}, "får inte innehålla en webb- eller e-postadress"),
        ({"name": "A" * 151}, "Namnet är längre än 150 tecken."),
        ({"start": "nyss"}, "Från och med: ”nyss” är inget datum."),
        ({"start": "2025-10-01", "until": "2025-09-30"}, "Till och med ligger före Från och med."),
        ({"until": "2026-01-01"}, "Uppdraget slutar innan det börjar (2026-03-10)."),
        ({"deputy": "kanske"}, "Ersättare: ”kanske” går inte att tolka."),
    ],
)
def test_faults_are_told_with_the_value(cells: dict[str, str], reason: str) -> None:
    found = outcome(row(**cells))
    assert found.outcome == "error"
    assert reason in found.reason


def test_a_role_may_be_of_one_day() -> None:
    apply_import(rows=[row(start="2026-03-10", until="2026-03-10")], by=None)
    assert ContactPerson.objects.get().end == date(2026, 3, 11)


def test_all_faults_of_a_row_are_told_at_once() -> None:
    reason = outcome(row(organisation="X", email="y", name="")).reason
    assert "”X”" in reason
    assert "”y”" in reason
    assert "Namnet saknas" in reason


def test_an_end_before_the_start_of_the_stored_role() -> None:
    stored_role()
    assert "slutar innan det börjar (2025-10-01)" in outcome(row(until="2025-09-01")).reason


class TestThePersonTwiceInTheFile:
    def test_in_one_organisation_it_is_an_error_that_names_the_other_row(self) -> None:
        found = outcome(row(), row(3, organisation="", code="182", email="ANNA@nacka.example"))
        assert (found.row, found.reason) == (3, "Samma person finns redan på rad 2.")

    def test_in_two_organisations_it_is_one_person(self) -> None:
        rows = [row(title="Jurist"), row(3, organisation="Upplands Väsby")]
        apply_import(rows=rows, by=None)
        assert Person.objects.get().title == "Jurist"
        assert ContactPerson.objects.count() == 2
        assert make_plan(rows).as_json()["unchanged"] == 2

    @pytest.mark.parametrize("cells", [{"name": "Bo Al"}, {"title": "Chef"}, {"phone": "2"}])
    def test_rows_that_disagree_on_the_person_are_an_error(self, cells: dict[str, str]) -> None:
        first = row(title="Jurist", phone="1")
        found = outcome(first, row(3, organisation="Upplands Väsby", **{"title": "Jurist", "phone": "1", **cells}))
        assert "Samma e-postadress finns på rad 2" in found.reason


def test_a_contact_person_of_another_organisation_may_have_two_roles() -> None:
    ContactPersonFactory(person__email="anna@nacka.example", person__name="Anna Ek")
    found = outcome()
    assert found.outcome == "new"
    assert found.notes == ["Är eller har varit kontaktperson även i en annan organisation."]


class TestSomebodyWithAnEditorsAccount:
    @pytest.fixture(params=["superuser", "group", "own permission"])
    def editor(self, request: pytest.FixtureRequest) -> Person:
        person = PersonFactory(email="anna@nacka.example", name="Redaktören")
        access = Permission.objects.get(codename="access_admin")
        if request.param == "superuser":
            Person.objects.update(is_superuser=True)
        elif request.param == "group":
            group = AuthGroup.objects.create(name="Redaktörer")
            group.permissions.add(access)
            person.groups.add(group)
        else:
            person.user_permissions.add(access)
        return person

    def test_gets_the_role_but_keeps_the_name(self, editor: Person) -> None:
        plan = apply_import(rows=[row(name="Någon Annan", title="Kapare")], by=None)
        assert plan.outcomes[0].outcome == "new"
        assert "redaktörskonto" in plan.outcomes[0].notes[0]
        editor.refresh_from_db()
        assert (editor.name, editor.title) == ("Redaktören", "")
        assert outcome(row(name="Någon Annan", title="Kapare")).outcome == "unchanged"


def test_somebody_whose_login_is_closed_is_told_of_and_stays_closed() -> None:
    stored_role(person__is_active=False)
    found = outcome(row(title="Chef"))
    assert found.notes == ["Personen är avstängd och får inga utskick."]
    apply_import(rows=[row(title="Chef")], by=None)
    assert not Person.objects.get().is_active


def test_one_fault_stores_nothing() -> None:
    with pytest.raises(ImportRefused) as refused:
        apply_import(rows=[row(), row(3, organisation="Ankeborg", email="b@x.example")], by=None)
    assert [error.row for error in refused.value.plan.errors] == [3]
    assert not Person.objects.exists()


def test_preview_stores_nothing() -> None:
    editor = PersonFactory(editor=True)
    assert preview_import(rows=[row()], by=editor).as_json()["new"] == 1
    assert not ContactPerson.objects.exists()


@pytest.mark.parametrize("action", [apply_import, preview_import])
def test_others_may_neither_preview_nor_import(action) -> None:
    with pytest.raises(PermissionDenied):
        action(rows=[row()], by=PersonFactory())


def test_the_queries_of_a_plan_do_not_grow_with_the_rows(django_assert_num_queries) -> None:
    rows = [row(n, email=f"p{n}@nacka.example") for n in range(2, 60)]
    apply_import(rows=rows, by=None)
    for some in (rows[:2], rows):
        with django_assert_num_queries(5):
            make_plan(some)


class TestARowForAnotherOrganisationThanThePersons:
    @pytest.fixture(autouse=True)
    def known(self, kommuner: None) -> None:
        role = stored_role(person__title="Jurist", person__phone="08-1")
        Person.objects.update(organisation=role.organisation)

    def test_gives_a_role_and_changes_no_detail(self) -> None:
        rows = [row(organisation="Upplands Väsby", name="Bo Al", title="Chef", phone="08-2")]
        found = apply_import(rows=rows, by=None).outcomes[0]
        assert found.outcome == "new"
        assert found.notes[0] == (
            "Personen finns redan i registret som Anna Ek hos Nacka kommun; "
            "namn, titel och telefon ändras inte av den här raden."
        )
        person = Person.objects.get()
        assert (person.name, person.title, person.phone) == ("Anna Ek", "Jurist", "08-1")
        assert person.contact_roles.count() == 2
        assert apply_import(rows=rows, by=None).outcomes[0].outcome == "unchanged"
        assert Person.objects.get().name == "Anna Ek"

    def test_the_first_role_tells_whose_somebody_without_an_organisation_is(self) -> None:
        Person.objects.update(organisation=None)
        rows = [row(organisation="Upplands Väsby", name="Bo Al")]
        assert "Anna Ek hos Nacka kommun" in apply_import(rows=rows, by=None).outcomes[0].notes[0]
        assert outcome(*rows).outcome == "unchanged"
        assert outcome(row(name="Bo Al")).outcome == "changed"

    def test_beside_a_row_for_the_own_organisation_the_details_change(self) -> None:
        rows = [row(organisation="Upplands Väsby", title="Chef"), row(3, title="Chef")]
        apply_import(rows=rows, by=None)
        assert Person.objects.get().title == "Chef"
        assert make_plan(rows).as_json()["unchanged"] == 2


def test_a_changed_row_tells_each_change() -> None:
    stored_role(person__title="Jurist", person__phone="")
    found = outcome(
        row(name="Nora Ek", title="Chef", phone="08-2", start="2025-09-01", until="2026-05-31", deputy="ja")
    )
    assert found.changes == [
        "Namn: Anna Ek → Nora Ek",
        "Titel: Jurist → Chef",
        "Telefon: (tomt) → 08-2",
        "Från och med: 2025-10-01 → 2025-09-01",
        "Till och med: (tomt) → 2026-05-31",
        "Ersättare: nej → ja",
    ]
    assert found.remarks.startswith("Namn: Anna Ek → Nora Ek. Titel: Jurist → Chef. ")
    assert outcome().changes == []


def test_a_new_role_tells_how_many_the_organisation_has() -> None:
    stored_role()
    assert outcome(row(email="bo@nacka.example")).notes == ["Nacka kommun har redan 1 kontaktperson."]
    assert outcome(row(email="bo@nacka.example", deputy="ja")).notes == []
    assert outcome().notes == []
