"""The erasure in the admin: what goes and what stays is told before anything happens."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from contacts.models import Person
from meetings.models import Registration
from privacy.models import Purge
from tests.factories.contacts import PersonFactory
from tests.factories.meetings import RegistrationFactory, SpeakerFactory
from tests.privacy.whole_person import EMAIL, NAME, whole_person

pytestmark = pytest.mark.django_db

URL = "/admin/personuppgifter/radera/"


@pytest.fixture(autouse=True)
def editor(client: Client) -> Any:
    person = PersonFactory(editor=True)
    client.force_login(person)
    return person


def test_the_plan_is_shown_and_nothing_has_happened(client: Client) -> None:
    held = whole_person()
    html = client.post(URL, {"email": EMAIL}).content.decode()
    assert "kontaktperson för Nacka kommun" in html
    assert "Anmälningar till möten (2)" in html
    assert "registratorn" in html
    assert Person.objects.get(pk=held.person.pk).email == EMAIL


def test_with_a_reason_it_is_done_and_logged(client: Client, editor: Any) -> None:
    whole_person()
    html = client.post(URL, {"email": EMAIL, "reason": "Begärt av personen", "sure": "on"}).content.decode()
    assert "Uppgifterna är raderade" in html
    assert not Person.objects.filter(email=EMAIL).exists()
    assert Purge.objects.get().by == editor


@pytest.mark.parametrize(
    "answers", [{"reason": "", "sure": "on"}, {"reason": "Begärt"}, {"reason": f"Begärt av {NAME}", "sure": "on"}]
)
def test_without_a_reason_or_a_tick_it_asks_again(client: Client, answers: dict[str, str]) -> None:
    RegistrationFactory(email=EMAIL, name=NAME)
    html = client.post(URL, {"email": EMAIL, **answers}).content.decode()
    assert "Det här tas bort" in html
    assert Registration.objects.filter(email=EMAIL).exists()


def test_where_the_name_still_stands_is_said_afterwards(client: Client) -> None:
    RegistrationFactory(email=EMAIL, name=NAME)
    speaker = SpeakerFactory(name=NAME)
    html = client.post(URL, {"email": EMAIL, "reason": "Begärt av personen", "sure": "on"}).content.decode()
    assert f"meetings.Speaker {speaker.pk}" in html
    assert NAME not in html


def test_an_address_that_nobody_has_is_said(client: Client) -> None:
    assert "LUMEN har ingenting om den adressen." in client.post(URL, {"email": "x@ort.example"}).content.decode()


def test_an_editor_who_may_not_purge_is_refused(client: Client) -> None:
    RegistrationFactory(email=EMAIL)
    reader = PersonFactory()
    names = ("access_admin", "view_contactperson", "view_registration", "view_outgoingmail")
    reader.user_permissions.add(*Permission.objects.filter(codename__in=names))
    client.force_login(reader)
    response = client.post(URL, {"email": EMAIL, "reason": "Begärt av personen", "sure": "on"})
    assert response.status_code == 403
    assert Registration.objects.filter(email=EMAIL).exists()
    assert (
        "Vill personen bli raderad?"
        not in client.post("/admin/personuppgifter/utdrag/", {"email": EMAIL}).content.decode()
    )


def test_the_erased_are_not_in_the_list_of_persons(client: Client) -> None:
    held = whole_person()
    assert NAME in client.get("/admin/person/").content.decode()
    client.post(URL, {"email": EMAIL, "reason": "Begärt av personen", "sure": "on"})
    assert f"Raderad person {held.person.pk}" not in client.get("/admin/person/").content.decode()
