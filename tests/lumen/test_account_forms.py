"""The forms of log-in, and numbers of persons in them."""

import re

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse

from contacts.models import Person
from outbox.models import OutgoingMail
from tests.accounts import PASSWORD, app_code, give_password, give_second_factor
from tests.factories.contacts import PersonFactory
from tests.screening.numbers import personal_number

pytestmark = pytest.mark.django_db
NUMBER = personal_number()


@pytest.mark.parametrize("known", [True, False], ids=["known", "unknown"])
@pytest.mark.parametrize("name", ["account_request_login_code", "account_reset_password"])
def test_an_address_with_a_number_is_refused_alike_and_gets_no_mail(client: Client, name: str, known: bool) -> None:
    address = f"{NUMBER}@ort.example"
    if known:
        Person.objects.filter(pk=PersonFactory().pk).update(email=address)  # from a time before the rule
    response = client.post(reverse(name), {"email": address})
    assert response.context["form"].errors == {"email": ["Ta bort personnumret. Vi behöver det inte."]}
    assert not OutgoingMail.objects.exists()


def test_the_form_with_a_password_answers_the_same(client: Client) -> None:
    response = client.post(reverse("account_login"), {"login": f"{NUMBER}@ort.example", "password": "hemligt ord här"})
    assert response.context["form"].errors == {"login": ["Ta bort personnumret. Vi behöver det inte."]}


def test_who_changes_the_password_is_told_by_mail(client: Client, mailoutbox: list[EmailMessage]) -> None:
    person = PersonFactory()
    person.set_password("ett långt lösenord")
    person.save()
    client.force_login(person)
    new = "ett annat långt lösenord"
    data = {"oldpassword": "ett långt lösenord", "password1": new, "password2": new}
    client.post(reverse("account_change_password"), data)
    person.refresh_from_db()
    assert person.check_password(new)
    assert [mail.to for mail in mailoutbox] == [[person.email]]


class TestShowingAnewWhoOneIs:
    """The key of the session is another afterwards, and the former one holds no longer (ASVS 7.2.4)."""

    def session_keys(self, client: Client, path: str, data: dict[str, str]) -> tuple[str, str]:
        before = client.session.session_key
        client.post(path, data)
        return before, client.session.session_key

    def test_the_password_once_more(self, client: Client) -> None:
        person = PersonFactory()
        give_password(person)
        client.force_login(person)
        before, after = self.session_keys(client, "/konto/reauthenticate/", {"password": PASSWORD})
        assert before != after
        assert not Session.objects.filter(pk=before).exists()
        assert client.get("/min-sida/").status_code == 200

    def test_a_wrong_password_changes_nothing(self, client: Client) -> None:
        person = PersonFactory()
        give_password(person)
        client.force_login(person)
        before, after = self.session_keys(client, "/konto/reauthenticate/", {"password": "fel"})
        assert before == after

    def test_the_apps_code_once_more(self, client: Client) -> None:
        person = PersonFactory()
        give_password(person)
        client.force_login(person)
        give_second_factor(person)
        before, after = self.session_keys(client, "/konto/2fa/reauthenticate/", {"code": app_code()})
        assert before != after
        assert not Session.objects.filter(pk=before).exists()


def test_a_code_holds_ten_minutes_and_a_link_to_a_new_password_an_hour(
    client: Client, settings, mailoutbox: list[EmailMessage]
) -> None:
    assert settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT == 600
    person = PersonFactory(email="rut@lumen.example")
    give_password(person)
    with time_machine.travel("2026-11-28 12:00:00+00:00", tick=False) as clock:
        client.post(reverse("account_request_login_code"), {"email": person.email})
        code = re.search(r"^\d{6}$", mailoutbox[-1].body, re.M)
        client.post(reverse("account_reset_password"), {"email": person.email})
        link = re.search(r"/konto/password/reset/key/\S+", mailoutbox[-1].body)
        assert code and link
        clock.shift(601)
        client.post("/konto/login/code/confirm/", {"code": code[0]})
        assert "_auth_user_id" not in client.session
        assert Client().get(link[0]).status_code == 302
        clock.shift(3600)
        assert Client().get(link[0]).status_code == 200, "the page says that the link no longer holds"


def test_a_mailed_code_holds_once_and_only_where_it_was_asked_for(
    client: Client, mailoutbox: list[EmailMessage]
) -> None:
    person = PersonFactory()
    client.post(reverse("account_request_login_code"), {"email": person.email})
    code = re.search(r"^\d{6}$", mailoutbox[-1].body, re.M)
    assert code
    other = Client()
    other.post(reverse("account_request_login_code"), {"email": person.email})
    other.post("/konto/login/code/confirm/", {"code": code[0]})
    assert "_auth_user_id" not in other.session
    client.post("/konto/login/code/confirm/", {"code": code[0]})
    assert "_auth_user_id" in client.session
    client.post("/konto/logout/")
    client.post("/konto/login/code/confirm/", {"code": code[0]})
    assert "_auth_user_id" not in client.session


def test_the_apps_code_holds_once(client: Client) -> None:
    person = PersonFactory()
    give_password(person)
    give_second_factor(person)
    with time_machine.travel("2026-11-28 12:00:00+00:00", tick=False):
        for browser, gets_in in ((client, True), (Client(), False)):
            browser.post("/konto/login/", {"login": person.email, "password": PASSWORD})
            browser.post("/konto/2fa/authenticate/", {"code": app_code()})
            assert ("_auth_user_id" in browser.session) is gets_in
