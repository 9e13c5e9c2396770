"""K15: what happens to an account is a line in the log and, for its owner, a row on the account page."""

import logging
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from contacts.adapters import ASKED_FOR
from contacts.models import LogIn, Person
from contacts.security_events import ENDING, LOGGED
from outbox.models import OutgoingMail
from tests.accounts import PASSWORD, app_code, give_password, give_second_factor, log_in_with_second_factor
from tests.factories.contacts import ContactPersonFactory, PersonFactory

pytestmark = pytest.mark.django_db(transaction=True)  # allauth tells of some changes once they are committed

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0"
Events = Callable[[], list[dict[str, Any]]]


@pytest.fixture
def client(settings) -> Client:
    settings.EMAIL_BACKEND = "outbox.backends.OutboxBackend"
    settings.STAFF_MFA_REQUIRED = True
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    cache.clear()
    return Client(headers={"user-agent": FIREFOX, "x-forwarded-for": "192.0.2.77"})


@pytest.fixture
def editor(client: Client) -> Person:
    person = PersonFactory(editor=True, email="rut@lumen.example", name="Rut Redaktör")
    give_password(person)
    return person


@pytest.fixture
def events(caplog: pytest.LogCaptureFixture) -> Events:
    """The security events so far, each as a dictionary."""
    caplog.set_level(logging.INFO, logger="security")
    return lambda: [record.msg for record in caplog.records if record.name == "security"]


def mailed_code() -> str:
    code = re.search(r"^\d{6}$", OutgoingMail.objects.latest("pk").text, re.M)
    assert code
    return code[0]


def ask_for_code(client: Client, person: Person) -> None:
    client.post("/konto/login/code/", {"email": person.email})


def wrong_code(client: Client, person: Person) -> None:
    ask_for_code(client, person)
    client.post("/konto/login/code/confirm/", {"code": "x"})


def right_code(client: Client, person: Person) -> None:
    ask_for_code(client, person)
    client.post("/konto/login/code/confirm/", {"code": mailed_code()})


def wrong_password(client: Client, person: Person) -> None:
    client.post("/konto/login/", {"login": person.email, "password": "fel"})


def right_password(client: Client, person: Person) -> None:
    client.post("/konto/login/", {"login": person.email, "password": PASSWORD})


def wrong_second_factor(client: Client, person: Person) -> None:
    give_second_factor(person)
    right_password(client, person)
    client.post("/konto/2fa/authenticate/", {"code": "000000"})


def turn_on(client: Client, person: Person) -> None:
    right_password(client, person)
    client.post("/konto/reauthenticate/", {"password": PASSWORD})
    secret = re.search(r'account__secret">\s*([A-Z2-7]+)', client.get("/konto/2fa/totp/activate/").content.decode())
    assert secret
    client.post("/konto/2fa/totp/activate/", {"code": app_code(secret[1])})


def turn_off(client: Client, person: Person) -> None:
    log_in_with_second_factor(client, person)
    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        client.post("/konto/2fa/reauthenticate/", {"code": app_code()})
        client.post("/konto/2fa/totp/deactivate/")


def change_password(client: Client, person: Person) -> None:
    right_password(client, person)
    new = "ett-annat-losenord-2"
    client.post("/konto/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})


def ask_to_reset(client: Client, person: Person) -> None:
    client.post("/konto/password/reset/", {"email": person.email})


def reset(client: Client, person: Person) -> None:
    ask_to_reset(client, person)
    link = re.search(r"/konto/password/reset/key/\S+", OutgoingMail.objects.latest("pk").text)
    assert link
    form = client.get(link[0])["Location"]
    client.post(form, {"password1": "ett-annat-losenord-2", "password2": "ett-annat-losenord-2"})


def log_out(client: Client, person: Person) -> None:
    right_password(client, person)
    client.post("/konto/logout/")


def log_out_everywhere(client: Client, person: Person) -> None:
    right_password(client, person)
    client.post("/konto/logga-ut-overallt/")


def enter_without_second_factor(client: Client, person: Person) -> None:
    right_password(client, person)
    client.get("/admin/")


@pytest.mark.parametrize(
    ("happening", "event"),
    [
        (ask_for_code, "code_asked"),
        (wrong_code, "code_rejected"),
        (right_code, "logged_in"),
        (wrong_password, "log_in_failed"),
        (right_password, "logged_in"),
        (wrong_second_factor, "second_factor_failed"),
        (turn_on, "second_factor_on"),
        (turn_off, "second_factor_off"),
        (change_password, "password_changed"),
        (ask_to_reset, "password_reset_asked"),
        (reset, "password_reset"),
        (log_out, "logged_out"),
        (log_out_everywhere, "sessions_ended"),
        (enter_without_second_factor, "admin_refused"),
    ],
)
def test_k15_it_is_logged_with_person_and_client_and_without_name(
    client: Client, editor: Person, events: Events, happening: Callable[[Client, Person], None], event: str
) -> None:
    happening(client, editor)
    lines = [line for line in events() if line["event"] == event]
    assert lines
    assert {(line["person"], line["client"]) for line in lines} == {(editor.pk, "192.0.2.77")}
    told = str(events())
    assert not any(secret in told for secret in (editor.email, editor.name, PASSWORD, "ett-annat-losenord-2"))


def test_k15_so_is_a_contact_person_at_the_admins_door(client: Client, events: Events) -> None:
    person = ContactPersonFactory().person
    client.force_login(person)
    client.get("/admin/mejl/")
    assert [(line["event"], line["person"], line["reason"]) for line in events()] == [
        ("admin_refused", person.pk, "no right")
    ]


def test_k15_so_is_an_address_that_nobody_has(client: Client, events: Events) -> None:
    client.post("/konto/login/code/", {"email": "okand@nacka.example"})
    client.cookies.clear()
    client.post("/konto/login/", {"login": "okand@nacka.example", "password": "fel"})
    assert [(line["event"], line["person"]) for line in events()] == [
        ("unknown_address", None),
        ("log_in_failed", None),
    ]
    assert "okand" not in str(events())


@pytest.mark.parametrize(
    ("path", "data", "event"),
    [
        ("/konto/login/", {"login": "rut@lumen.example", "password": "fel"}, "locked_out"),
        ("/konto/login/code/", {"email": "rut@lumen.example"}, "locked_out"),
        ("/konto/password/reset/", {"email": "rut@lumen.example"}, "mail_withheld"),
    ],
)
def test_k15_so_is_trying_too_often(
    client: Client, editor: Person, events: Events, path: str, data: dict[str, str], event: str
) -> None:
    for _ in range(40):
        client.post(path, data)
        client.cookies.clear()
    assert event in {line["event"] for line in events()}


class TestTheOwnAccountPage:
    @pytest.mark.parametrize("path", ["/min-sida/", "/konto/2fa/", "/admin/account/"])
    def test_k15_shows_when_with_what_and_from_where(self, client: Client, editor: Person, path: str) -> None:
        log_in_with_second_factor(client, editor)
        html = client.get(path).content.decode()
        assert "Senaste inloggningar" in html
        assert "Firefox på Linux, nätet 192.0.2.0/24" in html
        assert "192.0.2.77" not in html
        assert 'action="/konto/logga-ut-overallt/"' in html

    def test_k15_a_contact_persons_too(self, client: Client) -> None:
        role = ContactPersonFactory()
        right_code(client, role.person)
        assert "Firefox på Linux, nätet 192.0.2.0/24" in client.get("/min-sida/").content.decode()

    def test_k15_shows_the_latest_ten_and_only_ones_own(self, client: Client, editor: Person) -> None:
        for day in range(12):
            LogIn.objects.create(person=editor, when=timezone.now() - timedelta(days=day), browser=f"Nummer {day}")
        LogIn.objects.create(person=PersonFactory(), browser="Någon annans")
        client.force_login(editor)
        html = client.get("/min-sida/").content.decode()
        assert "Nummer 9" in html
        assert "Nummer 10" not in html
        assert "Någon annans" not in html

    @pytest.mark.parametrize("fields", [{}, {"name-name": "Rut", "log_ins-x": ""}])
    def test_k15_log_out_everywhere_ends_all_sessions(
        self, client: Client, editor: Person, fields: dict[str, str]
    ) -> None:
        other = Client()
        for session in (client, other):
            session.force_login(editor)
        assert client.get("/konto/logga-ut-overallt/").status_code == 405
        answer = client.post("/konto/logga-ut-overallt/", fields, follow=True)
        assert "Du är utloggad överallt" in answer.content.decode()
        assert all(session.get("/min-sida/").status_code == 302 for session in (client, other))


def test_every_event_stands_in_the_text_for_operators() -> None:
    rooms = ("lumen", "privacy", "meetings", "resources", "contacts", "gate", "outbox")
    sources = [path.read_text() for room in rooms for path in (settings.BASE_DIR / room).rglob("*.py")]
    told = {name for source in sources for name in re.findall(r"log_event\(\s*\"(\w+)\"", source)}
    told |= {event for _, event in (*LOGGED, *ENDING)} | set(ASKED_FOR.values())
    text = (settings.BASE_DIR / "docs" / "drift.md").read_text()
    assert len(told) > 20
    assert {event for event in told if f"`{event}`" not in text} == set()
