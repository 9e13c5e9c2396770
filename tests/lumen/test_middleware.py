"""What every answer carries, and who gets into the admin."""

import pytest
from django.test import Client, override_settings

from tests.factories.contacts import ContactPersonFactory, PersonFactory

pytestmark = pytest.mark.django_db


def directives(policy: str) -> dict[str, set[str]]:
    parts = [part.split() for part in policy.split(";") if part.strip()]
    return {name: set(values) for name, *values in parts}


@pytest.mark.parametrize("path", ["/", "/material/", "/sok/?q=x", "/organisationer/", "/konto/login/", "/finns-inte/"])
def test_public_pages_run_nothing_inline_and_fetch_nothing_from_others(client: Client, path: str) -> None:
    response = client.get(path)
    policy = directives(response["Content-Security-Policy"])
    assert policy["default-src"] == {"'none'"}
    assert policy["script-src"] == policy["style-src"] == {"'self'"}
    assert policy["base-uri"] == policy["object-src"] == {"'none'"}
    assert policy["frame-ancestors"] == {"'none'"}
    assert response["X-Frame-Options"] == "DENY"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("path", ["/", "/material/", "/konto/login/", "/finns-inte/", "/healthz/", "/robots.txt"])
def test_k22_no_page_asks_for_the_camera_and_no_other_site_uses_ours(client: Client, path: str) -> None:
    headers = client.get(path).headers
    assert headers["Cross-Origin-Resource-Policy"] == headers["Cross-Origin-Opener-Policy"] == "same-origin"
    denied = headers["Permissions-Policy"].split(", ")
    assert {"camera=()", "microphone=()", "geolocation=()", "payment=()"} <= set(denied)


def test_only_the_admin_may_run_inline(client: Client) -> None:
    client.force_login(PersonFactory(editor=True))
    response = client.get("/admin/")
    policy = directives(response["Content-Security-Policy"])
    assert "'unsafe-inline'" in policy["script-src"]
    assert policy["frame-ancestors"] == {"'self'"}
    assert response["X-Frame-Options"] == "SAMEORIGIN", "the editor frames its own previews"
    assert not any(source.startswith(("http:", "https:", "*")) for source in policy["script-src"])


def test_a_foreign_host_is_refused(client: Client) -> None:
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400


class TestNoAdminRights:
    """A contact person is told, whatever the address, and never sent round in a circle."""

    @pytest.mark.parametrize("mfa", [True, False])
    @pytest.mark.parametrize("path", ["/admin/", "/admin/login/?next=/admin/", "/admin/mejl/", "/admin/finns-inte/"])
    def test_somebody_logged_in_is_told(self, client: Client, settings, path: str, mfa: bool) -> None:
        settings.STAFF_MFA_REQUIRED = mfa
        client.force_login(PersonFactory())
        response = client.get(path)
        html = response.content.decode()
        assert response.status_code == 403
        assert "Du har inte tillgång" in html
        assert 'href="/min-sida/">Min sida' in html
        assert 'href="/konto/login/code/">Logga in' not in html

    def test_somebody_who_is_not_logged_in_may_do_so(self, client: Client) -> None:
        assert client.get("/admin/")["Location"] == "/konto/login/?next=/admin/"


class TestSecondFactor:
    @pytest.fixture
    def editor(self, client: Client):
        editor = PersonFactory(editor=True)
        client.force_login(editor)
        return editor

    @override_settings(STAFF_MFA_REQUIRED=True)
    def test_without_one_the_admin_sends_you_to_turn_it_on(self, client: Client, editor) -> None:
        for path in ("/admin/", "/admin/mejl/", "/admin/pages/"):
            assert client.get(path)["Location"] == "/konto/2fa/totp/activate/"

    def test_it_is_demanded_in_operation(self) -> None:
        from lumen.settings import base

        assert base.STAFF_MFA_REQUIRED is True


def test_health_tells_that_the_database_answers(client: Client) -> None:
    response = client.get("/healthz/")
    assert (response.status_code, response.json()["status"]) == (200, "late")  # no worker runs
    assert "no-cache" in response["Cache-Control"]


def test_wagtails_own_log_in_leads_to_ours(client: Client) -> None:
    response = client.get("/admin/login/?next=/admin/")
    assert (response.status_code, response["Location"]) == (302, "/konto/login/?next=/admin/")


class TestNothingIsLeftInTheBrowser:
    PAGES = ("/min-sida/", "/konto/login/", "/konto/2fa/", "/konto/password/change/", "/admin/", "/admin/mejl/")

    @pytest.mark.parametrize("path", [*PAGES, "/konto/password/reset/", "/konto/logout/", "/konto/reauthenticate/"])
    def test_what_somebody_sees_who_is_logged_in_is_kept_by_no_cache(self, client: Client, path: str) -> None:
        person = PersonFactory(editor=True)
        client.force_login(person)
        assert "no-store" in client.get(path)["Cache-Control"]

    def test_a_public_page_may_be_kept(self, client: Client) -> None:
        assert "no-store" not in client.get("/")["Cache-Control"]

    @pytest.mark.parametrize("path", ["/konto/logout/", "/konto/logga-ut-overallt/"])
    def test_logging_out_empties_what_the_browser_keeps(self, client: Client, path: str) -> None:
        client.force_login(PersonFactory(editor=True))
        assert not client.get("/min-sida/").has_header("Clear-Site-Data")
        assert client.post(path)["Clear-Site-Data"] == '"cache", "storage"'

    def test_so_does_a_session_that_has_lasted_too_long(self, client: Client, settings) -> None:
        client.force_login(PersonFactory(editor=True))
        client.get("/admin/")
        settings.STAFF_SESSION_HOURS = 0
        response = client.get("/admin/")
        assert response["Clear-Site-Data"] == '"cache", "storage"'
        assert not client.get("/admin/").has_header("Clear-Site-Data")

    def test_what_is_said_after_a_form_lies_in_no_cookie(self, client: Client) -> None:
        role = ContactPersonFactory()
        client.force_login(role.person)
        answer = client.post("/min-sida/uppgifter/", {"name": "Karin Berg", "title": "", "phone": ""})
        assert answer.status_code == 302
        assert set(client.cookies) <= {"sessionid", "csrftoken"}
        assert "Dina uppgifter är sparade." in client.get("/min-sida/").content.decode()


@pytest.mark.parametrize("path", ["/", "/material/", "/min-sida/", "/konto/login/", "/healthz/"])
def test_trace_is_answered_by_no_page(client: Client, path: str) -> None:
    assert client.generic("TRACE", path).status_code == 405
