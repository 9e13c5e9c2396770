"""A file gets a new version, and visitors get it when the editor says so."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from lumen.roles import EDITORS
from resources.models import Document, ResourceFile, ResourcePage
from tests.factories.resources import DocumentFactory, ResourcePageFactory

from .admin import log_in
from .conftest import DESKTOP, PHONE, Lumen, open_window

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

OLD, NEW = "Den gamla mallen.", "Den nya mallen."
NOTE = "Avsnitt tre är omskrivet."


@pytest.fixture
def visitor(chromium: Browser, lumen: Lumen) -> Iterator[Page]:
    """The browser of somebody without an account."""
    context = open_window(chromium, lumen.url, DESKTOP)
    yield context.new_page()
    context.close()


@pytest.fixture
def material(lumen: Lumen) -> ResourcePage:
    document = DocumentFactory(title="Mall v1.2", content=OLD.encode(), filename="mall.txt")
    page = ResourcePageFactory(title="Mall för anmälan", files=[ResourceFile(document=document)])
    page.save_revision().publish()
    return page


def downloaded(visitor: Page, material: ResourcePage) -> str:
    """What a visitor gets by the main button of the page."""
    visitor.goto(material.url)
    address = visitor.get_by_role("link", name="Ladda ner rapporten").get_attribute("href")
    return visitor.request.get(str(address)).text()


def test_u8_a_new_version_of_a_file_goes_live_when_the_editor_publishes_it(
    lumen: Lumen, page: Page, visitor: Page, material: ResourcePage, tmp_path: Path
) -> None:
    file = tmp_path / "mall.txt"
    file.write_text(NEW)
    document = Document.objects.get()
    log_in(page, lumen, EDITORS)
    page.goto(f"/admin/documents/edit/{document.pk}/")
    page.get_by_role("link", name="Ladda upp en ny version").click()
    expect(page.get_by_text("Titeln nämner en version, ”v1.2”")).to_be_visible()
    page.get_by_label("Ny fil").set_input_files(file)
    page.get_by_label("Vad är nytt?").fill(NOTE)
    page.get_by_label("Titel").fill("Mall v1.3")
    page.get_by_role("button", name="Spara som utkast").click()
    expect(page.get_by_text("Version 2 är sparad som utkast")).to_be_visible()

    assert downloaded(visitor, material) == OLD
    expect(visitor.get_by_text(NOTE)).to_have_count(0)

    expect(page.get_by_label("Mall för anmälan")).to_be_checked()
    page.get_by_role("button", name="Publicera versionen").click()
    expect(page.get_by_text("Version 2 gäller nu")).to_be_visible()
    versions = page.get_by_role("region", name="Versioner")
    expect(versions.get_by_role("listitem")).to_have_count(2)
    expect(versions.get_by_role("listitem").first).to_contain_text(NOTE)
    with page.expect_download() as download:
        versions.get_by_role("link", name=re.compile("mall.*, version 1$")).click()
    assert download.value.path().read_text() == OLD

    assert downloaded(visitor, material) == NEW
    expect(visitor.get_by_role("paragraph").filter(has_text="Ny version")).to_contain_text(NOTE)

    page.set_viewport_size(PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    visitor.set_viewport_size(PHONE)
    assert visitor.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
