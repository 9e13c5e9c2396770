"""An editor writes, and sees beside the text how the page looks and what would stop it."""

from collections.abc import Callable
from contextlib import suppress

import pytest
from playwright.sync_api import Page, expect

from lumen.roles import EDITORS
from tests.factories.resources import ResourcePageFactory
from tests.screening.numbers import personal_number

from .admin import log_in
from .conftest import Lumen

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
SOON = 6_000  # milliseconds
# Marks the page once Wagtail has begun to look for changes.
WATCHING = "addEventListener('w-unsaved:watch-edits', () => (document.documentElement.dataset.watching = 'true'))"


def open_editor(page: Page, pk: int) -> None:
    page.add_init_script(WATCHING)
    page.goto(f"/admin/pages/{pk}/edit/")


def write_lead(page: Page, text: str, *, until: Callable[[], None]) -> None:
    """Write until it has been noticed: Wagtail looks for changes now and then, and not while it saves."""
    page.locator("html[data-watching]").wait_for(state="attached")
    for tries in range(6):
        page.locator("#id_lead").fill(text + " " * tries)
        with suppress(AssertionError):
            until()
            return
    until()


def test_u1_the_page_is_shown_at_three_sizes_while_it_is_written(lumen: Lumen, page: Page) -> None:
    resource = ResourcePageFactory(title="Avtal som håller")
    log_in(page, lumen, EDITORS)
    open_editor(page, resource.pk)
    page.get_by_role("button", name="Växla förhandsgranskning").click()
    preview = page.frame_locator("#w-preview-iframe")
    expect(preview.get_by_role("heading", name="Avtal som håller")).to_be_visible()
    seen = preview.get_by_text("Skrivet just nu.")
    write_lead(page, "Skrivet just nu.", until=lambda: expect(seen).to_be_visible(timeout=SOON))
    widths = []
    for size in page.locator("[name=preview-size]").all():
        size.check(force=True)
        widths.append(page.locator("#w-preview-iframe").evaluate("frame => frame.contentWindow.innerWidth"))
    assert len(widths) == 3 and widths == sorted(set(widths)) and widths[0] < 400 and widths[2] > 1000


def test_what_would_stop_the_page_stands_beside_the_text_and_leads_there(lumen: Lumen, page: Page) -> None:
    resource = ResourcePageFactory(title="Avtal som håller")
    log_in(page, lumen, EDITORS)
    open_editor(page, resource.pk)
    page.get_by_role("button", name="Visa eller dölj kontrollerna").click()
    found = page.locator("[data-writing-findings]")
    expect(found).to_contain_text("Inga nummer som pekar ut någon")
    expect(page.locator("[data-content-word-count]")).not_to_have_text("-")
    stop = "Får inte bli publikt"
    write_lead(page, f"Hon har {personal_number()}.", until=lambda: expect(found).to_contain_text(stop, timeout=SOON))
    page.get_by_role("tab", name="Sortering").click()
    found.get_by_role("link", name="Ingress").click()
    expect(page.locator("#id_lead")).to_be_focused()
    clean = "Inga nummer som pekar ut någon"
    write_lead(page, "Steg för steg.", until=lambda: expect(found).to_contain_text(clean, timeout=SOON))
