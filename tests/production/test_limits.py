"""What nobody can stop or fill, against the running server with two processes: K2, K6, K7, K9, K10 and K12."""

from collections.abc import Callable

import pytest

from meetings.models import Registration
from outbox.models import OutgoingMail
from tests.factories.contacts import ContactPersonFactory
from tests.factories.meetings import InvitedOrganisationFactory, MeetingPageFactory

from .server import Browser, path_of

CODE = "/konto/login/code/"
CODE_SENT = "/konto/login/code/confirm/"
FORM = {"name": "Kim Påhittad", "role": "", "department": ""}


def asks_for_code(browser: Browser, address: str) -> bool:
    """Whether a browser without cookies is led on to where the code is written."""
    browser.cookies.clear()
    return browser.post(CODE, {"email": address}).location.startswith(CODE_SENT)


def mails_to(address: str) -> int:
    return OutgoingMail.objects.filter(recipient=address).count()


@pytest.mark.parametrize("path", ["/konto/login/code/", "/konto/login/", "/konto/password/reset/", "/sok/"])
def test_k2_a_form_larger_than_anybody_fills_in_is_refused_unread(browser: Browser, path: str) -> None:
    for text in ("0-1," * 37_500, "12 " * 130_000, "a@" * 60_000):
        answer = browser.send(path, f"email={text}&login={text}".encode(), browser.headers)
        assert answer.status == 413
        assert "korta texten" in answer.text


def test_k2_the_largest_form_that_is_read_keeps_no_process_busy(browser: Browser) -> None:
    ContactPersonFactory(person__email="anna@nacka.example")
    for text in ("0-1," * 15_000, "12 " * 30_000, "19121212-" * 10_000):
        assert browser.post(CODE, {"email": text}).status in (200, 429)
    assert asks_for_code(browser, "anna@nacka.example")


def test_k6_nobody_is_locked_out_by_somebody_else(new_browser: Callable[..., Browser]) -> None:
    ContactPersonFactory(person__email="anna@nacka.example")
    stranger = new_browser("198.51.100.1")
    tries = [asks_for_code(stranger, "anna@nacka.example") for _ in range(8)]
    assert tries == [True] * 3 + [False] * 5
    assert mails_to("anna@nacka.example") == 3
    assert asks_for_code(new_browser("192.0.2.9"), "anna@nacka.example")
    assert mails_to("anna@nacka.example") == 4


def test_k7_a_whole_town_hall_gets_its_codes(new_browser: Callable[..., Browser]) -> None:
    for number in range(60):
        ContactPersonFactory(person__email=f"person{number}@nacka.example")
    browser = new_browser("192.0.2.20")
    for number in range(60):
        assert asks_for_code(browser, f"person{number}@nacka.example")
    assert OutgoingMail.objects.count() == 60


def test_k9_two_processes_count_together(new_browser: Callable[..., Browser]) -> None:
    """Twenty tries reach both processes; each alone would have let three through."""
    browser = new_browser("192.0.2.30")
    assert sum(asks_for_code(browser, "okand@nacka.example") for _ in range(20)) == 3


@pytest.mark.parametrize("path", ["/konto/password/reset/", "/konto/login/code/"])
def test_k10_a_mailbox_is_not_filled_by_others(new_browser: Callable[..., Browser], path: str) -> None:
    for number in range(12):
        new_browser(f"198.51.100.{number}").post(path, {"email": f"off.er+{number}@ort.example"})
        new_browser(f"198.51.101.{number}").post(path, {"email": "offer@ort.example"})
    assert OutgoingMail.objects.count() == 3


def test_k10_registrations_do_not_fill_it_either(new_browser: Callable[..., Browser]) -> None:
    path = f"/moten/{MeetingPageFactory().slug}/anmalan/"
    browser = new_browser("198.51.100.7")
    for number in range(40):
        browser.post(path, {**FORM, "email": f"offer+{number}@ort.example"})
    due = sorted(OutgoingMail.objects.values_list("due_at", flat=True))
    assert all((later - earlier).total_seconds() >= 3600 for earlier, later in zip(due, due[3:], strict=False))


def test_k12_the_owner_of_an_address_decides_what_a_registration_says(new_browser: Callable[..., Browser]) -> None:
    sigtuna = InvitedOrganisationFactory(organisation__short_name="Sigtuna")
    nacka = InvitedOrganisationFactory(meeting=sigtuna.meeting, organisation__short_name="Nacka")
    stranger, anna = new_browser("198.51.100.8"), new_browser("192.0.2.8")
    # The question of an address of another organisation is answered at once.
    row = {**FORM, "email": "anna@nacka.example", "asked": "anna@nacka.example"}

    stranger.post(path_of(sigtuna.link), {**row, "name": "Korrupt Kassör"})
    assert Registration.objects.get().organisation == nacka.organisation
    anna.post(path_of(nacka.link), {**row, "name": "Anna Ek"})
    assert Registration.objects.get().name == "Anna Ek"

    own_page = path_of(Registration.objects.get().manage_link)
    anna.post(f"{own_page}avanmalan/", {})
    stranger.post(path_of(sigtuna.link), {**row, "name": "Korrupt Kassör"})
    assert not Registration.objects.get().takes_part
    anna.post(f"{own_page}anmal-igen/", {}, form_at=own_page)
    assert Registration.objects.get().takes_part
