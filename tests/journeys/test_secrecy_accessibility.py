"""The publishing step, a file's screening and the purge: with the keyboard alone, and as axe sees them."""

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.files.base import ContentFile
from playwright.sync_api import Browser, Locator, Page

from gate.desk.routing import desk_url
from gate.files.presentation import screening_url
from lumen.roles import EDITORS, PURGERS
from resources.models import ResourcePage
from tests.factories.resources import DocumentFactory, ResourcePageFactory
from tests.screening.numbers import personal_number

from .admin import log_in
from .conftest import DESKTOP, PHONE, Lumen, open_window
from .test_accessibility import OPTIONS
from .test_secrecy import COMPANY, scanned_pdf

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def drafted(lead: str) -> ResourcePage:
    page: ResourcePage = ResourcePageFactory(draft=True)
    page.lead = lead
    page.save_revision(clean=False)
    return page


def tab_to(page: Page, wanted: Locator) -> None:
    """Press Tab until the focus is there."""
    for _ in range(60):
        if wanted.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{wanted} is not reached with the Tab key.")


def test_the_keyboard_alone_is_enough_to_pass_a_warning_and_publish(lumen: Lumen, page: Page) -> None:
    log_in(page, lumen, EDITORS)
    material = drafted(f"Bolaget har organisationsnummer {COMPANY}.")
    page.goto(desk_url([material.pk]))
    tab_to(page, page.get_by_label("Skäl till att publicera"))
    page.keyboard.type("Det är kommunens eget bolag.")
    tab_to(page, page.get_by_label("Materialet innehåller inga uppgifter"))
    page.keyboard.press("Space")
    tab_to(page, page.get_by_role("button", name="Publicera"))
    page.keyboard.press("Enter")
    page.get_by_text("är publicerad.").wait_for()
    assert ResourcePage.objects.get(pk=material.pk).live


@pytest.fixture
def pages(lumen: Lumen) -> Iterator[list[str]]:
    """The addresses of our pages, in each of their states."""
    scan = DocumentFactory(title="Skannad", file=ContentFile(scanned_pdf(), "skannad.pdf"))
    stopped = drafted(f"Kim Exempel, {personal_number()}, och bolaget {COMPANY}.")
    warned = drafted(f"Bolaget har organisationsnummer {COMPANY}. Vi talade med brukaren Kim Exempel.")
    clean = drafted("Tre verksamheter.")
    yield [
        *(desk_url([page.pk]) for page in (stopped, warned, clean)),
        desk_url([stopped.pk, warned.pk, clean.pk]),
        screening_url(scan.screening),
        f"/admin/granskning/rensa/dokument/{scan.pk}/",
        f"/admin/granskning/rensa/sida/{clean.pk}/",
        f"/admin/granskning/rensa/sida/{clean.pk}/versioner/",
        "/admin/granskning/bortrensat/",
    ]


def faults(page: Page) -> list[str]:
    found: dict[str, Any] = Axe().run(page, context={"include": [["main"]]}, options=OPTIONS).response
    lines = [
        f"{page.url}: {violation['id']} – {violation['help']} ({violation['nodes'][0]['html'][:120]})"
        for violation in found["violations"]
    ]
    if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
        lines.append(f"{page.url}: wider than the window")
    return lines


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=lambda size: str(size["width"]))
def test_axe_finds_nothing_in_what_we_show_an_editor(
    lumen: Lumen, chromium: Browser, pages: list[str], size: dict[str, int]
) -> None:
    context = open_window(chromium, lumen.url, size)
    page = context.new_page()
    log_in(page, lumen, EDITORS, PURGERS)
    found: list[str] = []
    for address in pages:
        page.goto(address)
        found += faults(page)
        button = page.get_by_role("main").get_by_role("button", name="Publicera").or_(page.locator("button.serious"))
        if button.count():
            with page.expect_navigation():
                button.first.click()  # with nothing filled in: the same page with errors
            found += faults(page)
    context.close()
    assert found == []
