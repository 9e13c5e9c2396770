"""Min sida as a whole: made of the parts of several rooms."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from contacts.models import ContactPerson
from tests.factories.contacts import ContactPersonFactory, PersonFactory
from tests.factories.meetings import InvitedOrganisationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def role(client: Client) -> ContactPerson:
    row = ContactPersonFactory(organisation__short_name="Nacka")
    client.force_login(row.person)
    return row


def read(client: Client, address: str = "/min-sida/") -> str:
    response = client.get(address)
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode())


def test_a_stranger_logs_in_by_code_first(client: Client) -> None:
    response = client.get("/min-sida/")
    assert response["Location"] == "/konto/login/code/?next=/min-sida/"


def test_somebody_who_is_no_contact_person_is_told_so(client: Client) -> None:
    ContactPersonFactory(ended=True, person=(person := PersonFactory()))
    client.force_login(person)
    assert "inte kontaktperson" in read(client)


def test_without_meetings_the_page_says_that_an_invitation_will_come(client: Client, role: ContactPerson) -> None:
    assert "Inga möten är planerade." in read(client)


def test_a_deputy_forwards_but_appoints_nobody(client: Client) -> None:
    role = ContactPersonFactory(is_deputy=True)
    ContactPersonFactory(organisation=role.organisation, person__name="Anna Ek")
    client.force_login(role.person)
    html = read(client)
    assert f"Du är ersättare för Anna Ek i {role.organisation.name}." in html
    assert "Utse en ersättare" not in html
    assert client.get("/min-sida/ersattare/")["Location"] == "/min-sida/"


def test_who_has_stopped_mail_is_told_so_and_may_have_it_again(client: Client, role: ContactPerson) -> None:
    assert "/min-sida/utskick/" not in read(client)
    ContactPersonFactory(person=role.person, no_mail=True, organisation__name="Solna stad")
    html = read(client)
    again = reverse("contacts:resume_mail", args=[ContactPerson.objects.mail_stopped().get().pk])
    assert f'action="{again}"' in html
    assert "Solna stad" in html


def test_the_page_is_kept_by_no_cache(client: Client, role: ContactPerson) -> None:
    assert "no-store" in client.get("/min-sida/")["Cache-Control"]


def test_the_page_needs_few_queries(client: Client, role: ContactPerson, django_assert_max_num_queries) -> None:
    for _ in range(5):
        InvitedOrganisationFactory(organisation=role.organisation)
    client.get("/min-sida/")
    with django_assert_max_num_queries(20):
        client.get("/min-sida/")
