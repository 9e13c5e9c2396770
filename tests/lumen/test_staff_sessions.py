"""Who reaches the admin: only a session that has shown a second factor itself, and that is in use."""

import re
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils import timezone

from contacts.models import Person
from tests.accounts import PASSWORD, app_code, give_password, give_second_factor, log_in_with_second_factor
from tests.addresses import addresses
from tests.factories.contacts import ContactPersonFactory, OrganisationFactory, PersonFactory
from tests.factories.resources import DocumentFactory, site_tree

pytestmark = pytest.mark.django_db

SHOW_SECOND_FACTOR = "/konto/2fa/reauthenticate/"


@pytest.fixture(autouse=True)
def _production(settings) -> None:
    settings.STAFF_MFA_REQUIRED = True
    settings.EMAIL_BACKEND = "outbox.backends.OutboxBackend"


@pytest.fixture
def editor() -> Person:
    person = PersonFactory(editor=True, email="rut@lumen.example")
    give_password(person)
    return person


def reaches_the_admin(client: Client) -> bool:
    return client.get("/admin/").status_code == 200


class TestK1NoSecondWayIn:
    def test_k1_wagtails_own_log_in_is_closed(self, client: Client, editor: Person) -> None:
        for _ in range(3):
            answer = client.post("/_util/login/", {"username": editor.email, "password": PASSWORD, "next": "/admin/"})
            assert (answer.status_code, answer["Location"]) == (302, "/konto/login/")
        assert "_auth_user_id" not in client.session
        assert client.get("/_util/login/?next=/hemligt/")["Location"] == "/konto/login/?next=/hemligt/"

    def test_k1_the_right_password_lets_in_at_one_address_of_all(self, client: Client, editor: Person) -> None:
        credentials = {
            **dict.fromkeys(("login", "username", "email"), editor.email),
            **dict.fromkeys(("password", "password1", "password2", "new_password1", "new_password2"), PASSWORD),
        }
        let_in = []
        for address in addresses(lambda name, parameter, model: editor.pk):
            client.cookies.clear()
            client.raise_request_exception = False
            client.post(address.path, credentials)
            if "_auth_user_id" in client.session:
                let_in.append(address.path)
        assert let_in == ["/konto/login/"]
        editor.refresh_from_db()
        assert editor.check_password(PASSWORD), "no address sets another password"

    @pytest.mark.parametrize(
        ("method", "path"),
        [("post", "/konto/login/"), ("post", "/_util/login/"), ("post", "/admin/login/")],
    )
    def test_k1_the_password_alone_does_not_reach_the_admin(
        self, client: Client, editor: Person, method: str, path: str
    ) -> None:
        give_second_factor(editor)
        getattr(client, method)(path, {"login": editor.email, "username": editor.email, "password": PASSWORD})
        assert not reaches_the_admin(client)

    def test_k1_the_password_and_the_second_factor_do(self, client: Client, editor: Person) -> None:
        log_in_with_second_factor(client, editor)
        assert reaches_the_admin(client)

    @pytest.mark.parametrize("path", ["/admin/", "/admin/mejl/", "/admin/pages/", "/admin/api/main/pages/"])
    def test_k1_a_session_without_it_is_asked_for_it_and_then_comes_to_where_it_was_going(
        self, client: Client, editor: Person, path: str
    ) -> None:
        client.force_login(editor)
        give_second_factor(editor)
        answer = client.get(path)
        assert answer["Location"].startswith(SHOW_SECOND_FACTOR)
        html = client.get(answer["Location"]).content.decode()
        assert "Skriv koden från din app" in html
        assert "password" not in html, "the password is no way on"
        assert client.post(answer["Location"], {"code": app_code(), "next": path}).url == path
        assert client.get(path).status_code == 200

    def test_k1_a_wrong_code_leads_nowhere(self, client: Client, editor: Person) -> None:
        client.force_login(editor)
        give_second_factor(editor)
        client.post(f"{SHOW_SECOND_FACTOR}?next=/admin/", {"code": "000000"})
        assert not reaches_the_admin(client)

    def test_k1_somebody_elses_second_factor_does_not_count(self, client: Client, editor: Person) -> None:
        log_in_with_second_factor(client, editor)
        records = client.session["account_authentication_methods"]
        other = PersonFactory(editor=True)
        give_second_factor(other)
        client.force_login(other)
        session = client.session
        session["account_authentication_methods"] = records
        session.save()
        assert not reaches_the_admin(client)

    def test_k1_nor_one_that_has_been_turned_off(self, client: Client, editor: Person) -> None:
        log_in_with_second_factor(client, editor)
        Authenticator.objects.all().delete()
        assert client.get("/admin/")["Location"] == "/konto/2fa/totp/activate/"

    def test_k1_without_it_an_editor_sees_no_more_files_than_a_visitor(self, client: Client, editor: Person) -> None:
        document = DocumentFactory()
        client.force_login(editor)
        assert client.get(document.url).status_code == 404
        client.logout()
        log_in_with_second_factor(client, editor)
        assert client.get(document.url).status_code == 200


@pytest.mark.django_db(transaction=True)  # allauth tells of the change once it is committed
class TestK4OtherSessionsEnd:
    @pytest.fixture
    def other(self, editor: Person) -> Client:
        """A session of the same person that began before."""
        other = Client()
        other.force_login(editor)
        return other

    def turn_on(self, client: Client) -> str:
        html = client.get("/konto/2fa/totp/activate/").content.decode()
        secret = re.search(r'account__secret">\s*([A-Z2-7]+)', html)
        assert secret
        client.post("/konto/2fa/totp/activate/", {"code": app_code(secret[1])})
        return secret[1]

    def is_logged_in(self, client: Client) -> bool:
        return client.get("/min-sida/").status_code == 200

    def test_k4_a_session_from_before_it_was_turned_on_ends_and_ones_own_gets_in(
        self, client: Client, editor: Person, other: Client
    ) -> None:
        client.post("/konto/login/", {"login": editor.email, "password": PASSWORD})
        client.post("/konto/reauthenticate/", {"password": PASSWORD})
        self.turn_on(client)
        assert reaches_the_admin(client), "turning it on counts as showing it"
        assert not self.is_logged_in(other)
        assert not reaches_the_admin(other)

    @pytest.mark.parametrize("change", ["recovery-codes/generate", "totp/deactivate"])
    def test_k4_so_do_others_when_it_is_changed_or_turned_off(
        self, client: Client, editor: Person, other: Client, change: str
    ) -> None:
        log_in_with_second_factor(client, editor)
        with time_machine.travel(timezone.now() + timedelta(minutes=2)):
            client.post(SHOW_SECOND_FACTOR, {"code": app_code()})
            assert self.is_logged_in(other)
            client.post(f"/konto/2fa/{change}/")
        assert not self.is_logged_in(other)
        assert self.is_logged_in(client)

    def test_k4_so_do_others_when_the_password_changes(self, client: Client, editor: Person, other: Client) -> None:
        client.post("/konto/login/", {"login": editor.email, "password": PASSWORD})
        new = {"oldpassword": PASSWORD, "password1": "ett-annat-losenord-2", "password2": "ett-annat-losenord-2"}
        client.post("/konto/password/change/", new)
        assert not self.is_logged_in(other)
        assert self.is_logged_in(client)

    def test_k4_a_password_alone_does_not_turn_it_off(self, client: Client, editor: Person) -> None:
        client.force_login(editor)
        give_second_factor(editor)
        client.post("/konto/reauthenticate/", {"password": PASSWORD})
        client.post("/konto/2fa/totp/deactivate/")
        assert Authenticator.objects.filter(user=editor, type=Authenticator.Type.TOTP).exists()


class TestK22TimeOut:
    def test_k22_two_hours_unused_ask_for_the_code_and_lead_back(self, client: Client, editor: Person) -> None:
        log_in_with_second_factor(client, editor)
        with time_machine.travel(timezone.now() + timedelta(hours=1, minutes=59)):
            assert reaches_the_admin(client)
        with time_machine.travel(timezone.now() + timedelta(hours=4)):
            for path in ("/admin/pages/", "/min-sida/", "/konto/password/change/"):
                assert client.get(path)["Location"].startswith(SHOW_SECOND_FACTOR)
            assert "Du har varit borta en stund" in client.get(SHOW_SECOND_FACTOR).content.decode()
            assert client.get("/").status_code == 200
            asked = client.get("/admin/pages/")["Location"]
            assert client.post(asked, {"code": app_code(), "next": "/admin/pages/"}).url == "/admin/pages/"
            assert client.get("/admin/pages/").status_code == 200

    def test_k22_a_form_that_came_too_late_is_kept_and_done_after_the_code(
        self, client: Client, editor: Person
    ) -> None:
        kept = OrganisationFactory(municipality=True, short_name="Nacka")
        log_in_with_second_factor(client, editor)
        reaches_the_admin(client)
        with time_machine.travel(timezone.now() + timedelta(hours=3)):
            role = {"organisation": kept.pk, "email": "kim@nacka.example", "name": "Kim", "start": "2026-10-01"}
            asked = client.post("/admin/contactperson/new/", role)["Location"]
            assert not Person.objects.filter(email="kim@nacka.example").exists()
            client.post(asked, {"code": app_code(), "next": "/admin/contactperson/new/"})
        assert Person.objects.filter(email="kim@nacka.example").exists()

    def test_k22_a_forged_form_is_not_kept(self, editor: Person) -> None:
        client = Client(enforce_csrf_checks=False)
        log_in_with_second_factor(client, editor)
        reaches_the_admin(client)
        client.handler.enforce_csrf_checks = True
        with time_machine.travel(timezone.now() + timedelta(hours=3)):
            assert client.post("/admin/contactperson/new/", {"name": "Kim"}).status_code == 403

    def test_k22_twelve_hours_from_the_log_in_it_ends_however_much_it_is_used(
        self, client: Client, editor: Person
    ) -> None:
        log_in_with_second_factor(client, editor)
        start = timezone.now()
        for hour in range(12):
            with time_machine.travel(start + timedelta(hours=hour, minutes=30)):
                assert reaches_the_admin(client)
        with time_machine.travel(start + timedelta(hours=12, minutes=10)):
            answer = client.get("/admin/pages/?p=2")
            assert answer["Location"] == "/konto/login/code/?next=%2Fadmin%2Fpages%2F%3Fp%3D2"
            assert "_auth_user_id" not in client.session
            assert "Du har varit inloggad länge" in client.get(answer["Location"]).content.decode()

    def test_k22_an_open_tab_that_asks_by_itself_does_not_keep_it_in_use(self, client: Client, editor: Person) -> None:
        log_in_with_second_factor(client, editor)
        reaches_the_admin(client)
        start = timezone.now()
        ping = f"/admin/editing-sessions/ping/wagtailcore/page/{site_tree().home.pk}/1/"
        with time_machine.travel(start + timedelta(hours=1, minutes=50)):
            assert client.post(ping).status_code != 302
        with time_machine.travel(start + timedelta(hours=2, minutes=10)):
            answer = client.post(ping, headers={"X-Requested-With": "XMLHttpRequest"})
            assert answer.status_code == 403
            assert not reaches_the_admin(client)

    def test_k22_the_hours_are_settings(self, client: Client, editor: Person, settings) -> None:
        settings.STAFF_IDLE_HOURS = 0.5
        log_in_with_second_factor(client, editor)
        reaches_the_admin(client)
        with time_machine.travel(timezone.now() + timedelta(minutes=40)):
            assert not reaches_the_admin(client)

    def test_k22_a_contact_person_stays_logged_in_for_days(self, client: Client) -> None:
        client.force_login(ContactPersonFactory().person)
        assert client.get("/admin/").status_code == 403
        with time_machine.travel(timezone.now() + timedelta(days=13)):
            assert client.get("/min-sida/").status_code == 200

    def test_a_contact_persons_session_ends_90_days_after_the_log_in_however_much_it_is_used(
        self, client: Client
    ) -> None:
        person = ContactPersonFactory().person
        give_password(person)
        with time_machine.travel("2026-11-02 08:00:00+00:00", tick=False) as clock:
            client.post("/konto/login/", {"login": person.email, "password": PASSWORD, "remember": "on"})
            for _ in range(2):
                clock.shift(timedelta(days=44, hours=23))
                assert client.get("/min-sida/").status_code == 200
                client.post("/min-sida/uppgifter/", {"name": "Karin Berg", "title": "", "phone": ""})
            clock.shift(timedelta(hours=3))
            assert client.get("/min-sida/").status_code == 302
            assert "_auth_user_id" not in client.session

    def test_a_session_that_lay_for_35_days_still_lets_a_contact_person_in_but_no_editor(self, client: Client) -> None:
        for person, status in ((ContactPersonFactory().person, 200), (PersonFactory(editor=True), 302)):
            give_password(person)
            with time_machine.travel("2026-11-02 08:00:00+00:00", tick=False) as clock:
                client.post("/konto/login/", {"login": person.email, "password": PASSWORD, "remember": "on"})
                clock.shift(timedelta(days=35))
                assert client.get("/min-sida/uppgifter/").status_code == status
            client.logout()
