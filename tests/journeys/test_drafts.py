"""An editor lets somebody without an account look at a draft, hears what they say, and publishes."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from lumen.roles import EDITORS
from tests.factories.resources import ResourcePageFactory

from .admin import approve_and_publish, log_in, press_publish
from .conftest import PHONE, Lumen, open_window

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def reader(chromium: Browser, lumen: Lumen) -> Iterator[Page]:
    """The phone of somebody in the reference group."""
    context = open_window(chromium, lumen.url, PHONE)
    yield context.new_page()
    context.close()


def test_u10_a_draft_is_read_by_a_secret_link_commented_on_and_published(
    lumen: Lumen, page: Page, reader: Page
) -> None:
    draft = ResourcePageFactory(title="Så delar vi uppgifter", lead="Vad vi får berätta.", draft=True)
    log_in(page, lumen, EDITORS)
    page.goto(f"/admin/utkast/{draft.pk}/")
    page.get_by_label("För vem").fill("Referensgruppen")
    page.get_by_role("button", name="Skapa länk").click()
    address = page.locator(".lm-secret").inner_text()

    reader.goto(address)
    expect(reader.get_by_role("heading", name="Det här är ett utkast")).to_be_visible()
    expect(reader.get_by_role("heading", name="Så delar vi uppgifter")).to_be_visible()
    assert reader.request.get(draft.url).status == 404
    reader.get_by_text("Skriv en kommentar").click()
    reader.get_by_label("Ditt namn").fill("Kim Läsare")
    reader.get_by_label("Din kommentar").fill("Ingressen lovar för mycket.")
    reader.get_by_role("button", name="Skicka kommentaren").click()
    expect(reader.get_by_text("Redaktionen har fått din kommentar")).to_be_visible()

    page.goto("/admin/")
    page.get_by_role("link", name="1 ny kommentar").click()
    comment = page.get_by_role("listitem").filter(has_text="Kim Läsare")
    expect(comment).to_contain_text("Ingressen lovar för mycket.")
    comment.get_by_role("button", name="Klar").click()
    expect(comment.locator(".w-status")).to_have_text("Klar")
    page.goto(f"/admin/pages/{draft.pk}/edit/")
    page.locator("#id_lead").fill("Vad vi får berätta, och vad vi inte får.")
    press_publish(page)
    approve_and_publish(page)

    reader.goto(address)
    expect(reader.get_by_role("heading", name="Utkastet är publicerat")).to_be_visible()
    reader.get_by_role("main").get_by_role("link", name="Så delar vi uppgifter").click()
    expect(reader.get_by_text("Vad vi får berätta, och vad vi inte får.")).to_be_visible()
    expect(reader.get_by_text("Det här är ett utkast")).to_have_count(0)
