"""The admin warns of a person who seems to be in the register, and merges two rows after a preview."""

import pytest
from django.test import Client
from django.urls import reverse

from contacts.merging.likeness import NEAR_ADDRESS, SAME_NAME, similar_persons
from contacts.models import ContactPerson, Organisation, Person
from tests.factories.contacts import ContactPersonFactory, MembershipFactory, OrganisationFactory, PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def nacka() -> Organisation:
    return OrganisationFactory(municipality=True, short_name="Nacka", email_domains="nacka.example\nnacka.test")


@pytest.fixture
def anna(nacka: Organisation) -> Person:
    return PersonFactory(name="Anna Berg", email="anna.berg@nacka.example", organisation=nacka)


@pytest.mark.parametrize(
    ("email", "name", "why"),
    [
        ("anna.berg+lumen@nacka.example", "A. Berg", NEAR_ADDRESS),
        ("annaberg@nacka.test", "A. Berg", NEAR_ADDRESS),
        ("ab@nacka.example", "anna  BERG", SAME_NAME),
    ],
)
def test_a_near_address_and_the_same_name_in_the_organisation_resemble(
    email: str, name: str, why: str, anna: Person, nacka: Organisation
) -> None:
    (found,) = similar_persons(email=email, name=name, organisation=nacka)
    assert (found.person, found.why) == (anna, why)


def test_a_known_address_and_a_namesake_elsewhere_resemble_nobody(anna: Person, nacka: Organisation) -> None:
    assert similar_persons(email="Anna.Berg@nacka.example", name="Anna Berg", organisation=nacka) == []
    assert similar_persons(email="anna@ort.example", name="Anna Berg", organisation=OrganisationFactory()) == []


def test_appointing_warns_with_a_link_and_a_tick_goes_on(as_editor: Client, anna: Person, nacka: Organisation) -> None:
    filled_in = {"organisation": nacka.pk, "email": "a.berg@nacka.example", "name": "Anna Berg", "start": "2026-01-01"}
    warned = as_editor.post(reverse("contactperson:add"), filled_in)
    assert reverse("person:edit", args=[anna.pk]) in warned.content.decode()
    assert not ContactPerson.objects.exists()
    as_editor.post(reverse("contactperson:add"), {**filled_in, "is_another": "on"})
    assert ContactPerson.objects.get().person.email == "a.berg@nacka.example"


def test_replacing_warns_with_a_link(as_editor: Client, anna: Person, nacka: Organisation) -> None:
    role = ContactPersonFactory(organisation=nacka)
    filled_in = {"email": "anna.berg@nacka.test", "name": "A", "on": "2026-01-01"}
    warned = as_editor.post(reverse("contactperson:replace", args=[role.pk]), filled_in)
    assert reverse("person:edit", args=[anna.pk]) in warned.content.decode()
    as_editor.post(reverse("contactperson:replace", args=[role.pk]), {**filled_in, "is_another": "on"})
    assert Person.objects.filter(email="anna.berg@nacka.test").exists()


def test_the_preview_tells_what_both_rows_have(as_editor: Client, anna: Person, nacka: Organisation) -> None:
    ContactPersonFactory(organisation=nacka, person=anna)
    other = MembershipFactory(person=PersonFactory(name="Anna Berg", email="ab@nacka.example")).person
    page = as_editor.get(reverse("person:merge", args=[anna.pk]), {"other": other.pk}).content.decode()
    assert all(told in page for told in (anna.email, other.email, "Nacka: kontaktperson", "Grupp"))


def test_the_other_row_is_proposed(as_editor: Client, anna: Person, nacka: Organisation) -> None:
    PersonFactory(name="Anna Berg", email="ab@nacka.example", organisation=nacka)
    assert "ab@nacka.example" in as_editor.get(reverse("person:merge", args=[anna.pk])).content.decode()


def test_an_editor_merges_into_the_row_that_is_chosen(as_editor: Client, anna: Person) -> None:
    other = PersonFactory()
    address = f"{reverse('person:merge', args=[anna.pk])}?other={other.pk}"
    as_editor.post(address, {"stays": other.pk})
    assert not Person.objects.filter(pk=anna.pk).exists()
    assert Person.objects.filter(pk=other.pk).exists()


def test_what_cannot_be_merged_is_told_before_anything_is_chosen(as_administrator: Client, anna: Person) -> None:
    Person.objects.filter(pk=anna.pk).update(is_superuser=True)
    other = PersonFactory(is_superuser=True)
    page = as_administrator.get(reverse("person:merge", args=[anna.pk]), {"other": other.pk}).content.decode()
    assert "behörigheter" in page


def test_nobody_else_comes_there(as_outsider: Client, anna: Person) -> None:
    assert as_outsider.get(reverse("person:merge", args=[anna.pk])).status_code in (302, 403)
