"""Somebody searches as people do: a question, a typing error, a word that only the editors know."""

import pytest
from playwright.sync_api import Browser, Page, expect
from wagtail.models import ReferenceIndex

from gate.files.queue import drain_now
from gate.models import FileScreening
from lumen.roles import EDITORS
from resources.enums import ResourceKind
from resources.models import ResourceFile, ResourcePage
from resources.search.indexing import index_page
from tests.factories.pdf import pdf_of
from tests.factories.resources import DocumentFactory, ResourcePageFactory, body

from .admin import log_in
from .conftest import DESKTOP, Lumen, open_window
from .test_accessibility import faults

# The spacing of WCAG 1.4.12, set on the elements since the policy refuses a style sheet of the test's own.
SPACE_WIDELY = """() => document.querySelectorAll("*").forEach(e => {
  Object.assign(e.style, {lineHeight: "1.5", letterSpacing: "0.12em", wordSpacing: "0.16em"});
})"""

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def guide(lumen: Lumen) -> ResourcePage:
    """Material about contracts, whose file tells on its second page what a penalty costs."""
    pages = ("Inledning och syfte.", "Vitet är tio procent av månadens ersättning när en underleverantör byts.")
    document = DocumentFactory(content=pdf_of(*pages), filename="avtal.pdf", title="Avtalsguiden")
    FileScreening.objects.update(text_read_at=None)
    page = ResourcePageFactory(
        title="Guide till avtal",
        lead="Så skriver ni avtal.",
        body=body("<p>Om upphandling av hemtjänst.</p>"),
        files=[ResourceFile(document=document)],
    )
    ReferenceIndex.create_or_update_for_object(page)
    drain_now()
    index_page(page.pk)
    return page


@pytest.mark.parametrize("window", ["page", "phone"])
def test_a_question_leads_to_the_page_of_a_pdf_in_two_clicks(
    request: pytest.FixtureRequest, guide: ResourcePage, window: str
) -> None:
    visitor: Page = request.getfixturevalue(window)
    visitor.goto("/sok/")
    visitor.locator("#id_q").fill("hur stort är vitet när en underleverantör byts?")
    visitor.locator(".library__search").get_by_role("button", name="Sök").click()
    link = visitor.get_by_role("link", name="Avtalsguiden, sida 2")
    assert link.get_attribute("href").endswith(".pdf#page=2")
    expect(visitor.locator("article mark").first).to_have_text("Vitet")
    with visitor.expect_download() as download:
        link.click()
    assert download.value.suggested_filename.startswith("avtal")


@pytest.mark.parametrize("window", ["page", "phone"])
def test_a_typing_error_is_understood_and_the_hits_narrowed_by_keyboard_alone(
    request: pytest.FixtureRequest, guide: ResourcePage, window: str
) -> None:
    visitor: Page = request.getfixturevalue(window)
    ResourcePageFactory(title="Film om upphandling", kind=ResourceKind.FILM)
    visitor.goto("/sok/")
    visitor.locator("#id_q").focus()
    visitor.keyboard.type("uphandling")
    visitor.keyboard.press("Enter")
    expect(visitor.get_by_role("status")).to_contain_text("Menade du upphandling?")
    expect(visitor.get_by_role("link", name="Guide till avtal")).to_be_visible()
    press_until(visitor, "Tab", "e => e.matches('.filters__choice input, .filters__summary')")
    if window == "phone":  # the filters are closed, so that the hits come first
        visitor.keyboard.press("Enter")
    press_until(visitor, "Tab", "e => e.value === 'film'")
    visitor.keyboard.press("Space")
    visitor.keyboard.press("Enter")
    expect(visitor.get_by_role("heading", name="1 träff på ”uphandling”")).to_be_visible()
    expect(visitor.get_by_role("link", name="Guide till avtal")).to_have_count(0)
    assert "typ=film" in visitor.url


def press_until(visitor: Page, key: str, holds: str) -> None:
    """Press a key until what has the focus fits, which may be so from the start."""
    for _ in range(60):
        focused = visitor.locator(":focus")
        if focused.count() and focused.evaluate(holds):
            return
        visitor.keyboard.press(key)
    pytest.fail(f"{holds} never got the focus")


def test_titles_are_suggested_while_somebody_types(page: Page, guide: ResourcePage) -> None:
    page.goto("/sok/")
    page.locator("#id_q").press_sequentially("upphandl")
    expect(page.locator("#sok-forslag option")).to_have_attribute("value", "Guide till avtal")


def test_a_synonym_that_an_editor_adds_works_at_once(
    chromium: Browser, lumen: Lumen, page: Page, guide: ResourcePage
) -> None:
    visitor = open_window(chromium, lumen.url, DESKTOP)
    window = visitor.new_page()
    for _ in range(3):
        window.goto("/sok/?q=omsorgsköp")
        expect(window.get_by_role("heading", name="Inga träffar på ”omsorgsköp”")).to_be_visible()
    log_in(page, lumen, EDITORS)
    page.goto("/admin/sokt/")
    expect(page.get_by_role("rowheader", name="omsorgsköp")).to_be_visible()
    page.goto("/admin/synonym/new/")
    page.locator("#id_phrase").fill("omsorgsköp")
    page.locator("#id_means").fill("hemtjänst")
    page.locator("#id_means").press("Enter")
    expect(page.get_by_text("omsorgsköp").first).to_be_visible()
    window.goto("/sok/?q=omsorgsköp")
    expect(window.get_by_role("link", name="Guide till avtal")).to_be_visible()
    visitor.close()


@pytest.mark.parametrize("window", ["page", "phone"])
def test_axe_finds_nothing_where_hits_are_shown(
    request: pytest.FixtureRequest, guide: ResourcePage, window: str
) -> None:
    visitor: Page = request.getfixturevalue(window)
    ResourcePageFactory(title="Film om upphandling", kind=ResourceKind.FILM)
    addresses = [
        *("/sok/?q=vitet+underleverantör", "/sok/?q=uphandling", "/sok/?q=hemtjänst+i+Malmö", "/sok/?q=åkstol"),
        *("/sok/?q=upphandling&typ=film", "/sok/?q=upphandling&typ=film&ar=2001"),
    ]
    assert [line for address in addresses for line in faults(visitor, address)] == []


@pytest.mark.parametrize("window", ["page", "phone"])
def test_u13_with_wide_spacing_a_hit_keeps_its_text_and_the_word(
    request: pytest.FixtureRequest, guide: ResourcePage, window: str
) -> None:
    visitor: Page = request.getfixturevalue(window)
    for address in ("/sok/?q=hemtjänst", "/material/?q=hemtjänst"):
        visitor.goto(address)
        visitor.evaluate(SPACE_WIDELY)
        cut = visitor.locator(".resource-row__text").evaluate_all(
            "all => all.filter(e => e.scrollHeight > e.clientHeight + 1 || e.scrollWidth > e.clientWidth + 1).length"
        )
        assert cut == 0
        expect(visitor.locator("article mark").first).to_be_visible()
