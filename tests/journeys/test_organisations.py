"""The list of organisations on a phone: short, on any day, and free of faults."""

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from .test_accessibility import violations

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_line_3_the_page_is_short_on_a_phone_and_shows_any_day(phone: Page) -> None:
    call_command("load_organisations", verbosity=0)
    phone.goto("/organisationer/")
    assert phone.evaluate("document.documentElement.scrollHeight") < 4_000
    phone.get_by_label("Visa hur det såg ut en tidigare dag").fill("2025-12-31")
    phone.get_by_role("button", name="Visa dagen").click()
    expect(phone.get_by_role("heading", name="Så många var med den 31 december 2025")).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollHeight") < 4_000
    phone.get_by_text("Visa kurvorna som tabell").click()
    expect(phone.get_by_role("rowheader", name="31 december 2025")).to_be_visible()
    assert violations(phone) == []


def test_an_organisations_own_page_is_reached_from_the_list(page: Page) -> None:
    call_command("load_organisations", verbosity=0)
    page.goto("/organisationer/?q=nacka")
    page.get_by_role("link", name="Nacka kommun").click()
    expect(page.get_by_role("heading", name="Nacka kommun", level=1)).to_be_visible()
    assert page.url.endswith("/organisationer/nacka/")
    assert violations(page) == []
