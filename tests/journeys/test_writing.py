"""An editor writes, and sees beside the text how the page looks and what would stop it."""

import pytest
from playwright.sync_api import Page, expect

from lumen.roles import EDITORS
from tests.factories.resources import ResourcePageFactory
from tests.screening.numbers import personal_number

from .admin import log_in
from .conftest import Lumen

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
# Marks the page once Wagtail has begun to look for changes.
WATCHING = "addEventListener('w-unsaved:watch-edits', () => (document.documentElement.dataset.watching = 'true'))"


def open_editor(page: Page, pk: int) -> None:
    page.add_init_script(WATCHING)
    page.goto(f"/admin/pages/{pk}/edit/")


def write_lead(page: Page, text: str) -> None:
    page.locator("html[data-watching]").wait_for(state="attached")  # Wagtail sees no change of the first seconds
    page.locator("#id_lead").fill(text)


def test_u1_the_page_is_shown_at_three_sizes_while_it_is_written(lumen: Lumen, page: Page) -> None:
    resource = ResourcePageFactory(title="Avtal som håller")
    log_in(page, lumen, EDITORS)
    open_editor(page, resource.pk)
    page.get_by_role("button", name="Växla förhandsgranskning").click()
    preview = page.frame_locator("#w-preview-iframe")
    expect(preview.get_by_role("heading", name="Avtal som håller")).to_be_visible()
    write_lead(page, "Skrivet just nu.")
    expect(preview.get_by_text("Skrivet just nu.")).to_be_visible()
    widths = []
    for size in page.locator("[name=preview-size]").all():
        size.check(force=True)
        widths.append(page.locator("#w-preview-iframe").evaluate("frame => frame.contentWindow.innerWidth"))
    assert len(widths) == 3 and widths == sorted(set(widths)) and widths[0] < 400 and widths[2] > 1000


def test_what_would_stop_the_page_stands_beside_the_text_and_leads_there(lumen: Lumen, page: Page) -> None:
    resource = ResourcePageFactory(title="Avtal som håller")
    log_in(page, lumen, EDITORS)
    open_editor(page, resource.pk)
    page.get_by_role("button", name="Växla kontroller").click()
    found = page.locator("[data-writing-findings]")
    expect(found).to_contain_text("Inga nummer som pekar ut någon")
    expect(page.locator("[data-content-word-count]")).not_to_have_text("-")
    write_lead(page, f"Hon har {personal_number()}.")
    expect(found).to_contain_text("Får inte bli publikt")
    page.get_by_role("tab", name="Sortering").click()
    found.get_by_role("link", name="Ingress").click()
    expect(page.locator("#id_lead")).to_be_focused()
    write_lead(page, "Steg för steg.")
    expect(found).to_contain_text("Inga nummer som pekar ut någon")
