"""Nothing that must not be public gets out, as an editor meets it."""

import io
import re
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from lumen.roles import EDITORS, PURGERS
from resources.models import ResourceFile, ResourceIndexPage, ResourcePage
from tests.factories.contacts import OrganisationFactory
from tests.factories.resources import DocumentFactory, ResourcePageFactory
from tests.screening.numbers import personal_number

from .admin import approve_and_publish, choose_organisation, log_in, press_publish, upload_in_chooser
from .conftest import DESKTOP, Lumen, open_window

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
SECRET = personal_number()
# Of no kommun, region or authority; its last digit is the right one.
COMPANY = "559999-1238"


@pytest.fixture
def visitor(chromium: Browser, lumen: Lumen) -> Page:
    """Somebody else, who is not logged in."""
    context = open_window(chromium, lumen.url, DESKTOP)
    yield context.new_page()
    context.close()


def write_material(page: Page, title: str, lead: str) -> None:
    """Fill in a new material, up to the button."""
    OrganisationFactory(name="Exempelmyndigheten")
    page.goto(f"/admin/pages/add/resources/resourcepage/{ResourceIndexPage.objects.get().pk}/")
    page.locator("#id_title").fill(title)
    page.locator("#id_kind").select_option(label="Checklista")
    page.locator("#id_lead").fill(lead)
    choose_organisation(page, "producer", "exempelmyndihet", "Exempelmyndigheten")


def status(visitor: Page, address: str) -> int:
    return visitor.request.get(address).status


def scanned_pdf() -> bytes:
    """A page that is a picture and nothing else."""
    content = io.BytesIO()
    Image.new("L", (620, 877), 240).save(content, "pdf")
    return content.getvalue()


def test_an_editor_is_stopped_sees_where_mends_it_and_publishes(lumen: Lumen, page: Page, visitor: Page) -> None:
    log_in(page, lumen, EDITORS)
    write_material(page, "Så följer vi upp", f"Vi talade med Kim Exempel, {SECRET}.")
    press_publish(page)

    stop = page.locator(".help-critical")
    expect(stop).to_contain_text("Stopp")
    expect(stop).to_contain_text("Ingress: personnummer")
    expect(stop).to_contain_text("85••••-••••")
    assert SECRET[-4:] not in page.content()
    expect(page.get_by_role("button", name="Publicera")).to_have_count(0)
    material = ResourcePage.objects.get(title="Så följer vi upp")
    assert status(visitor, material.url) == 404

    page.get_by_role("main").get_by_role("link", name="Ändra i sidan").first.click()
    expect(page.locator("#id_lead")).to_have_value(re.compile(SECRET))  # nothing is lost
    page.locator("#id_lead").fill("Vi talade med tre verksamheter.")
    press_publish(page)
    expect(page.get_by_text("Granskningen hittade inga nummer")).to_be_visible()
    approve_and_publish(page)

    visitor.goto(material.url)
    expect(visitor.get_by_text("Vi talade med tre verksamheter.").first).to_be_visible()
    assert SECRET not in visitor.content()


def test_an_editor_passes_a_warning_with_a_reason_that_the_history_keeps(
    lumen: Lumen, page: Page, visitor: Page
) -> None:
    log_in(page, lumen, EDITORS)
    write_material(page, "Ett avtal", f"Avtalet är med bolaget, organisationsnummer {COMPANY}.")
    press_publish(page)
    expect(page.locator(".help-warning")).to_contain_text("Ingress: organisationsnummer")
    page.get_by_label("Materialet innehåller inga uppgifter").check()
    page.get_by_role("button", name="Publicera").click()
    expect(page.get_by_text("Skriv varför det ändå kan publiceras")).to_be_visible()
    material = ResourcePage.objects.get(title="Ett avtal")
    assert status(visitor, material.url) == 404

    page.get_by_label("Skäl till att publicera").fill("Det är kommunens eget bolag.")
    approve_and_publish(page)
    visitor.goto(material.url)
    expect(visitor.get_by_text("Avtalet är med bolaget").first).to_be_visible()

    page.goto(f"/admin/pages/{material.pk}/history/")
    line = page.get_by_role("row", name=re.compile("Publicerade trots varning"))
    expect(line).to_contain_text("Skäl: Det är kommunens eget bolag.")
    expect(line).to_contain_text("Robin Redaktör")
    expect(line.locator("time, [data-w-tooltip-content-value]").first).to_be_visible()


def test_an_editor_answers_for_a_scanned_file_before_anybody_can_fetch_it(
    lumen: Lumen, page: Page, visitor: Page, tmp_path: Path
) -> None:
    file = tmp_path / "skannad.pdf"
    file.write_bytes(scanned_pdf())
    log_in(page, lumen, EDITORS)
    write_material(page, "En skannad rutin", "Så gör vi hos oss.")
    upload_in_chooser(page, file, "Rutinen")
    press_publish(page)

    told = page.locator(".help-warning")
    expect(told).to_contain_text("Filer som programmet inte kunde läsa")
    expect(told).to_contain_text("Sida 1 är en bild")
    document = ResourcePage.objects.get(title="En skannad rutin").get_latest_revision_as_object().files.get().document
    page.get_by_label("Materialet innehåller inga uppgifter").check()
    page.get_by_role("button", name="Publicera").click()
    expect(page.get_by_text("Läs filen och kryssa i rutan.")).to_be_visible()
    assert status(visitor, document.url) in (403, 404)

    page.get_by_label(re.compile("Jag har läst Rutinen")).check()
    approve_and_publish(page)
    visitor.goto(ResourcePage.objects.get(title="En skannad rutin").url)
    with visitor.expect_download() as download:
        visitor.get_by_role("link", name=re.compile("Ladda ner")).first.click()
    assert Path(download.value.path()).read_bytes() == file.read_bytes()


def test_f11_an_approval_is_withdrawn_and_the_file_leaves_the_page(
    lumen: Lumen, page: Page, visitor: Page, tmp_path: Path
) -> None:
    file = tmp_path / "skannad.pdf"
    file.write_bytes(scanned_pdf())
    log_in(page, lumen, EDITORS)
    write_material(page, "En skannad rutin", "Så gör vi hos oss.")
    upload_in_chooser(page, file, "Rutinen")
    press_publish(page)
    approve_and_publish(page)
    material = ResourcePage.objects.get(title="En skannad rutin")
    document = material.files.get().document
    visitor.goto(material.url)
    expect(visitor.get_by_role("link", name=re.compile("Ladda ner")).first).to_be_visible()

    page.goto(f"/admin/documents/edit/{document.pk}/")
    page.get_by_role("main").get_by_role("link", name="Se granskningen").click()
    page.get_by_role("button", name="Ta tillbaka godkännandet").click()
    expect(page.get_by_text("Ingen besökare får filen.")).to_be_visible()
    expect(page.get_by_role("main").get_by_role("link", name="En skannad rutin")).to_be_visible()
    assert status(visitor, document.url) in (403, 404)
    visitor.reload()
    expect(visitor.get_by_text("Så gör vi hos oss.").first).to_be_visible()
    expect(visitor.get_by_role("link", name=re.compile("Ladda ner"))).to_have_count(0)

    page.get_by_label("Jag har läst filen").check()
    page.get_by_role("button", name="Godkänn filen").click()
    expect(page.get_by_text("Tack! Filen får nu publiceras.")).to_be_visible()
    assert status(visitor, document.url) == 200


def test_an_editor_removes_a_document_for_good(lumen: Lumen, page: Page, visitor: Page) -> None:
    document = DocumentFactory(title="Hemlig lista")
    material = ResourcePageFactory(title="Med en fil", files=[ResourceFile(document=document)])
    assert status(visitor, document.url) == 200
    stored = Path(document.file.path)
    log_in(page, lumen, EDITORS, PURGERS)

    page.goto(f"/admin/documents/edit/{document.pk}/")
    page.get_by_role("link", name="Rensa bort för gott").click()
    expect(page.get_by_text("Här används det i dag")).to_be_visible()
    expect(page.get_by_role("main").get_by_role("link", name="Med en fil")).to_be_visible()
    page.get_by_role("button", name="Rensa bort för gott").click()
    expect(page.get_by_text("Skriv varför det ska bort.")).to_be_visible()
    expect(page.get_by_text("Kryssa i rutan om du är säker.")).to_be_visible()
    assert status(visitor, document.url) == 200

    page.get_by_role("textbox", name="Skäl").fill("Innehöll uppgifter om en enskild.")
    page.get_by_label("Jag förstår att det inte går att ångra").check()
    page.get_by_role("button", name="Rensa bort för gott").click()
    expect(page.get_by_text("Bortrensat för gott")).to_be_visible()
    assert status(visitor, document.url) == 404 and not stored.exists()
    assert status(visitor, material.url) == 200

    page.goto("/admin/granskning/bortrensat/")
    line = page.get_by_role("listitem").filter(has_text=f"Dokument {document.pk}")
    expect(line).to_contain_text("Robin Redaktör")
    expect(line).to_contain_text("Innehöll uppgifter om en enskild.")
    assert "Hemlig lista" not in page.content()


def test_who_may_not_remove_for_good_is_not_shown_the_way(lumen: Lumen, page: Page) -> None:
    document = DocumentFactory()
    log_in(page, lumen, EDITORS)
    page.goto(f"/admin/documents/edit/{document.pk}/")
    expect(page.get_by_role("button", name="Spara")).to_be_visible()
    expect(page.get_by_role("link", name="Rensa bort för gott")).to_have_count(0)
    page.goto(f"/admin/granskning/rensa/dokument/{document.pk}/")
    expect(page.get_by_role("heading", name="Du har inte behörighet")).to_be_visible()
