"""Periods that overlap, that end before they start, and a person twice: refused by the database itself."""

from copy import copy
from datetime import date
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction

from contacts import actions
from contacts.models import ContactPerson, Person
from tests.factories.contacts import ContactPersonFactory, PersonFactory

pytestmark = [pytest.mark.django_db, pytest.mark.databases]
FIRST, END = date(2025, 10, 1), date(2025, 12, 1)


@pytest.fixture
def role() -> ContactPerson:
    return ContactPersonFactory(start=FIRST, end=END)


def another(role: ContactPerson, start: date, end: date | None) -> ContactPerson:
    return ContactPersonFactory(person=role.person, organisation=role.organisation, start=start, end=end)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (FIRST, END),
        (date(2025, 11, 30), None),
        (date(2025, 1, 1), date(2025, 10, 2)),
        (date(2025, 10, 10), date(2025, 10, 11)),
        (date(2025, 1, 1), None),
    ],
)
def test_line_4_a_period_that_shares_a_day_is_refused(role: ContactPerson, start: date, end: date | None) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        another(role, start, end)
    assert ContactPerson.objects.count() == 1


@pytest.mark.parametrize(
    ("start", "end"),
    [(END, None), (date(2025, 1, 1), FIRST), (date(2025, 11, 1), date(2025, 11, 1))],
    ids=["after", "before", "taken back"],
)
def test_a_period_beside_it_is_let_through(role: ContactPerson, start: date, end: date | None) -> None:
    assert another(role, start, end).pk


def test_others_and_other_organisations_may_have_the_same_time(role: ContactPerson) -> None:
    ContactPersonFactory(person=role.person, start=FIRST)
    ContactPersonFactory(organisation=role.organisation, start=FIRST)
    assert ContactPerson.objects.count() == 3


def test_line_4_a_change_of_many_rows_at_once_is_refused_too(role: ContactPerson) -> None:
    later = another(role, END, None)
    with pytest.raises(IntegrityError), transaction.atomic():
        ContactPerson.objects.filter(pk=later.pk).update(start=FIRST)
    ContactPerson.objects.filter(pk=later.pk).update(start=date(2026, 1, 1))


def test_line_4_an_end_before_the_start_is_refused() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        ContactPersonFactory(start=END, end=FIRST)


def test_line_4_the_same_address_in_other_letters_is_refused() -> None:
    PersonFactory(email="kim@nacka.example")
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.create(email="KIM@nacka.example", name="Kim")


def test_ending_a_role_within_a_later_one_is_told_in_words(role: ContactPerson) -> None:
    another(role, date(2026, 1, 1), None)
    with pytest.raises(ValidationError, match="överlappar ett annat uppdrag"):
        actions.end_contact_role(role=role, on=date(2026, 2, 1), by=None)


def test_a_form_with_all_the_fields_is_told_in_words(role: ContactPerson) -> None:
    twin = ContactPerson(person=role.person, organisation=role.organisation, start=FIRST)
    with pytest.raises(ValidationError, match="Tiden överlappar en annan"):
        twin.full_clean()


@pytest.mark.django_db(transaction=True)
def test_the_constraint_outlives_a_table_that_is_made_anew() -> None:
    field = ContactPerson._meta.get_field("deputy")
    changed = copy(field)
    changed.null = True
    for before, after in ((field, changed), (changed, field)):
        with connection.schema_editor() as editor:
            editor.alter_field(ContactPerson, before, after)
    role = ContactPersonFactory(start=FIRST, end=END)
    with pytest.raises(IntegrityError), transaction.atomic():
        another(role, FIRST, END)


def test_the_migration_joins_what_overlaps_and_keeps_each_covered_day() -> None:
    constraint = next(each for each in ContactPerson._meta.constraints if each.name == "contact_roles_do_not_overlap")
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for event in ("INSERT", "UPDATE"):
                cursor.execute(f'DROP TRIGGER "{constraint.name}_{event}"')
        else:
            cursor.execute(f"ALTER TABLE contacts_contactperson DROP CONSTRAINT {constraint.name}")
    role = ContactPersonFactory(start=FIRST, end=END)
    inner = another(role, date(2025, 10, 10), date(2025, 11, 1))
    migration = import_module("contacts.migrations.0010_contact_roles_do_not_overlap")
    migration.join_overlapping(apps, SimpleNamespace(connection=connection))
    role.refresh_from_db()
    inner.refresh_from_db()
    assert (role.start, role.end, inner.start, inner.end) == (FIRST, date(2025, 10, 10), date(2025, 10, 10), END)
    assert not ContactPerson.objects.filter(end__lt=models.F("start")).exists()
