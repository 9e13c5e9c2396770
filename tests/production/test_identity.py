"""Who gets in, against the running server: K1, K4 and K5."""

import re
from collections.abc import Callable

import pytest

from contacts.actions import change_person
from contacts.models import Person
from outbox.models import OutgoingMail
from tests.accounts import PASSWORD, app_code, give_second_factor
from tests.factories.contacts import ContactPersonFactory

from .server import Browser


def log_in(browser: Browser, person: Person) -> str:
    """Log in with the password, and the app's code if it is asked for; gives where that led."""
    answer = browser.post("/konto/login/", {"login": person.email, "password": PASSWORD})
    if answer.location == "/konto/2fa/authenticate/":
        answer = browser.post("/konto/2fa/authenticate/", {"code": app_code()})
    return answer.location


def log_in_by_code(browser: Browser, email: str) -> None:
    browser.post("/konto/login/code/", {"email": email})
    code = re.search(r"^\d{6}$", OutgoingMail.objects.filter(recipient=email).latest("pk").text, re.M)
    assert code
    browser.post("/konto/login/code/confirm/", {"code": code[0]})


def turn_on_second_factor(browser: Browser) -> None:
    browser.post("/konto/reauthenticate/", {"password": PASSWORD})
    page = browser.get("/konto/2fa/totp/activate/").text
    secret = re.search(r'account__secret">\s*([A-Z2-7]+)', page)
    assert secret
    browser.post("/konto/2fa/totp/activate/", {"code": app_code(secret[1])}, form_at="/konto/2fa/")


@pytest.mark.parametrize("address", ["/_util/login/", "/admin/login/", "/konto/login/"])
def test_k1_no_log_in_leads_past_the_second_factor(browser: Browser, editor: Person, address: str) -> None:
    give_second_factor(editor)
    credentials = {"username": editor.email, "login": editor.email, "password": PASSWORD, "next": "/admin/"}
    browser.post(address, credentials, form_at="/konto/login/")
    assert not browser.reaches_the_admin
    assert not browser.is_logged_in


def test_k1_wagtails_own_log_in_answers_no_guesses(browser: Browser, editor: Person) -> None:
    for number in range(60):
        guess = {"username": editor.email, "password": f"gissning-{number}"}
        answer = browser.post("/_util/login/", guess, form_at="/konto/login/")
        assert answer.location == "/konto/login/"


def test_k1_password_and_second_factor_reach_the_admin(browser: Browser, editor: Person) -> None:
    give_second_factor(editor)
    log_in(browser, editor)
    assert browser.reaches_the_admin


def test_k4_a_session_from_before_the_second_factor_ends(
    browser: Browser, new_browser: Callable[..., Browser], editor: Person
) -> None:
    before = new_browser("192.0.2.2")
    log_in(before, editor)
    assert before.is_logged_in
    assert not before.reaches_the_admin
    log_in(browser, editor)
    turn_on_second_factor(browser)
    assert browser.reaches_the_admin
    assert not before.is_logged_in
    assert not before.reaches_the_admin


def test_k4_so_do_others_when_the_password_changes(
    browser: Browser, new_browser: Callable[..., Browser], editor: Person
) -> None:
    other = new_browser("192.0.2.2")
    log_in(other, editor)
    log_in(browser, editor)
    assert other.is_logged_in
    new = "ett-annat-losenord-2"
    browser.post("/konto/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert browser.is_logged_in
    assert not other.is_logged_in


def test_k5_the_predecessors_session_does_not_go_on_as_the_successor(
    browser: Browser, new_browser: Callable[..., Browser]
) -> None:
    role = ContactPersonFactory(person__email="fore@nacka.example")
    elsewhere = new_browser("192.0.2.2")
    for session in (browser, elsewhere):
        log_in_by_code(session, "fore@nacka.example")
        assert session.is_logged_in
    change_person(person=role.person, details={"email": "efter@nacka.example", "name": "Eva Efter"}, by=None)
    assert not browser.is_logged_in
    assert not elsewhere.is_logged_in


def test_k22_cookies_belong_to_the_host_alone(browser: Browser, editor: Person) -> None:
    log_in(browser, editor)
    cookies = {cookie.name: cookie for cookie in browser.cookies}
    assert cookies.keys() >= {"__Host-sessionid", "__Host-csrftoken"}
    assert all(cookie.secure and cookie.path == "/" and not cookie.domain_specified for cookie in cookies.values())
    assert all(cookie.has_nonstandard_attr("HttpOnly") for cookie in cookies.values())
    answer = browser.get("/konto/login/")
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in answer.headers["Permissions-Policy"]


def test_k15_the_log_tells_of_a_wrong_password_and_from_where(
    browser: Browser, editor: Person, log_lines: Callable[[], str]
) -> None:
    browser.post("/konto/login/", {"login": editor.email, "password": "fel"})
    line = next(line for line in reversed(log_lines().splitlines()) if "log_in_failed" in line)
    assert f'"person": {editor.pk}' in line
    assert '"client": "192.0.2.1"' in line
    assert editor.email not in line
