"""The extract in the admin: shown, given as a file, and always logged."""

import json
from typing import Any

import html5lib
import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from contacts.enums import AccessKind
from privacy.models import AccessLogEntry
from tests.factories.contacts import PersonFactory
from tests.factories.meetings import RegistrationFactory
from tests.privacy.whole_person import EMAIL, NAME, whole_person

pytestmark = pytest.mark.django_db

URL = "/admin/personuppgifter/utdrag/"


@pytest.fixture(autouse=True)
def editor(client: Client) -> Any:
    person = PersonFactory(editor=True)
    client.force_login(person)
    return person


def logged() -> list[tuple[str, str]]:
    return list(AccessLogEntry.objects.exclude(what="Lista: kontaktpersoner").values_list("kind", "what"))


def test_the_form_asks_for_an_address_and_is_no_reading(client: Client) -> None:
    html = client.get(URL).content.decode()
    assert 'name="email"' in html
    assert logged() == []


def test_what_is_held_is_shown_and_logged_once(client: Client, editor: Any) -> None:
    held = whole_person()
    html = client.post(URL, {"email": EMAIL.upper()}).content.decode()
    assert "Anmälningar till möten" in html and "Kansliet" in html
    assert logged() == [(AccessKind.EXPORT, f"Person {held.person.pk}: registerutdrag")]
    assert AccessLogEntry.objects.latest("pk").who == editor


def test_the_file_needs_nothing_else_to_be_read(client: Client) -> None:
    whole_person()
    response = client.post(URL, {"email": EMAIL, "file": ""})
    assert "attachment" in response["Content-Disposition"]
    assert EMAIL not in response["Content-Disposition"]
    html = response.content.decode()
    html5lib.HTMLParser(strict=True).parse(html)
    assert "Det LUMEN har om dig" in html and NAME in html
    assert not any(tag in html for tag in ("<script", "<link", "<img", "src="))


def test_the_document_is_the_commands(client: Client) -> None:
    whole_person()
    response = client.post(URL, {"email": EMAIL, "json": ""})
    assert set(json.loads(response.content)) == {"email", "made_at", "kinds"}
    assert "attachment" in response["Content-Disposition"]


def test_what_somebody_has_typed_is_text(client: Client) -> None:
    RegistrationFactory(email=EMAIL, name="<script>alert(1)</script>")
    for button in ({}, {"file": ""}):
        assert b"<script>alert(1)" not in client.post(URL, {"email": EMAIL, **button}).content


@pytest.mark.parametrize("typed", ["ingen@ort.example", "inget", ""])
def test_an_address_that_nobody_has_is_said_at_the_field(client: Client, typed: str) -> None:
    html = client.post(URL, {"email": typed}).content.decode()
    assert "LUMEN har ingenting om den adressen." in html or "Skriv en e-postadress." in html
    assert logged() == []


def test_the_button_on_the_person_fills_in_the_address(client: Client) -> None:
    person = PersonFactory(email=EMAIL)
    assert f"{URL}?person={person.pk}" in client.get(reverse("person:edit", args=[person.pk])).content.decode()
    AccessLogEntry.objects.all().delete()
    assert f'value="{EMAIL}"' in client.get(URL, {"person": person.pk}).content.decode()
    assert len(logged()) == 1


@pytest.mark.parametrize("number", ["x", "-1", "9" * 30, "²", "0"])
def test_a_person_who_is_not_there_is_an_empty_form(client: Client, number: str) -> None:
    assert client.get(URL, {"person": number}).status_code == 200


def test_those_who_may_not_are_refused_in_swedish(client: Client) -> None:
    RegistrationFactory(email=EMAIL, name=NAME)
    outsider = PersonFactory()
    outsider.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(outsider)
    for response in (client.get(URL), client.post(URL, {"email": EMAIL})):
        assert response.status_code == 403
        assert "Registerutdrag får bara" in response.content.decode()
    assert logged() == []


def test_it_is_never_cached(client: Client) -> None:
    assert "no-store" in client.get(URL)["Cache-Control"]
