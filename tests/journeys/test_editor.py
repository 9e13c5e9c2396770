"""An editor: publishes material with a document, and makes a meeting and invites to it."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from lumen.roles import EDITORS
from meetings.models import MeetingIndexPage, MeetingPage
from resources.models import FrameworkPage, ResourceIndexPage, ResourcePage
from tests.factories.contacts import ContactPersonFactory, OrganisationFactory
from tests.factories.resources import PDF, StandardPageFactory, ThemePageFactory

from .admin import approve_and_publish, choose_organisation, log_in, press_publish, upload_in_chooser
from .conftest import DESKTOP, Lumen, open_window

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_an_editor_publishes_a_resource_with_a_document_and_finds_it_by_theme(
    lumen: Lumen, page: Page, tmp_path: Path
) -> None:
    OrganisationFactory(name="Exempelmyndigheten")
    theme = ThemePageFactory(title="Polisanmälan", theme__name="Polisanmälan")
    file = tmp_path / "checklista.pdf"
    file.write_bytes(PDF)
    log_in(page, lumen, EDITORS)

    page.goto(f"/admin/pages/add/resources/resourcepage/{ResourceIndexPage.objects.get().pk}/")
    page.locator("#id_title").fill("Så anmäler du")
    page.locator("#id_kind").select_option(label="Checklista")
    page.locator("#id_lead").fill("Steg för steg, från misstanke till anmälan.")
    choose_organisation(page, "producer", "exempelmyndihet", "Exempelmyndigheten")
    upload_in_chooser(page, file, "Checklista för anmälan")
    page.get_by_role("tab", name="Sortering").click()
    page.get_by_label("Polisanmälan").check()
    press_publish(page)
    approve_and_publish(page)
    expect(page.get_by_text("Så anmäler du").first).to_be_visible()
    assert ResourcePage.objects.get(title="Så anmäler du").live

    page.goto(theme.url)
    page.get_by_role("link", name="Så anmäler du").click()
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile(r"Ladda ner checklistan \(PDF")).click()
    assert Path(download.value.path()).read_bytes() == PDF


def test_an_editor_makes_a_meeting_with_an_agenda_and_sends_the_invitation(lumen: Lumen, page: Page) -> None:
    roles = [ContactPersonFactory() for _ in range(3)]
    day = timezone.localdate() + timedelta(days=20)
    log_in(page, lumen, EDITORS)

    page.goto(f"/admin/pages/add/meetings/meetingpage/{MeetingIndexPage.objects.get().pk}/")
    page.locator("#id_title").fill("Informationsdelning")
    page.locator("#id_lead").fill("Vad får vi berätta för varandra?")
    page.locator("#id_starts_at").fill(f"{day} 09:00")
    page.locator("#id_ends_at").fill(f"{day} 11:00")
    page.locator("#id_join_url").fill("https://mote.example/rum/7")
    page.get_by_role("tab", name="Dagordning").click()
    page.get_by_role("button", name=re.compile("Lägg till", re.I)).first.click()
    page.locator("#id_agenda_items-0-start").fill("09:00")
    page.locator("#id_agenda_items-0-end").fill("09:30")
    page.locator("#id_agenda_items-0-title").fill("Sekretess i vardagen")
    press_publish(page)
    approve_and_publish(page)
    expect(page.get_by_text("Informationsdelning").first).to_be_visible()
    meeting = MeetingPage.objects.get(title="Informationsdelning")
    assert meeting.live

    page.goto("/admin/moten/")
    page.get_by_role("link", name="Informationsdelning").first.click()
    page.get_by_role("link", name=re.compile("Skicka inbjudan")).first.click()
    expect(page.get_by_text(re.compile(r"\b3\b")).first).to_be_visible()
    page.get_by_role("button", name=re.compile("Skicka")).click()
    page.wait_for_load_state()
    lumen.deliver()
    for role in roles:
        [mail] = lumen.server.to(role.person.email)
        text = mail.message.get_body(("plain",)).get_content()
        assert "Sekretess i vardagen" in text
        assert lumen.link_in(mail.message, "/moten/anmalan/")
    page.reload()
    expect(page.get_by_text(re.compile("skickat", re.I)).first).to_be_visible()


def test_f21_an_editor_mends_a_page_that_has_expired_and_publishes_it_again(
    lumen: Lumen, page: Page, chromium: Browser
) -> None:
    expired = StandardPageFactory(
        title="Frågor och svar", draft=True, expired=True, expire_at=timezone.now() - timedelta(days=2)
    )
    expired.save_revision(clean=False)
    log_in(page, lumen, EDITORS)
    page.goto(f"/admin/pages/{expired.pk}/edit/")
    page.locator("#id_lead").fill("Nya svar för i år.")
    press_publish(page)
    expect(page.get_by_text("Sista dagen har passerat.")).to_be_visible()
    page.get_by_role("main").get_by_role("link", name="Ändra i sidan").first.click()

    expect(page.locator("#id_lead")).to_have_value("Nya svar för i år.")
    page.get_by_role("button", name=re.compile("Visa eller dölj läget|Status")).first.click()
    page.get_by_role("button", name=re.compile("schema", re.I)).first.click()
    page.locator("#id_expire_at").fill("")
    page.get_by_role("button", name="Spara schema").click()
    press_publish(page)
    approve_and_publish(page)
    visitor = open_window(chromium, lumen.url, DESKTOP).new_page()
    visitor.goto(expired.url)
    expect(visitor.get_by_text("Nya svar för i år.")).to_be_visible()
    visitor.context.close()


PASTE = """(field, html) => {
  const data = new DataTransfer();
  data.setData("text/html", html);
  data.setData("text/plain", "A\\tB");
  const paste = { clipboardData: data, bubbles: true, cancelable: true, composed: true };
  field.dispatchEvent(new ClipboardEvent("paste", paste));
}"""
WORD_TABLE = """<html><body><p class=MsoNormal>Före</p><table class=MsoTable><tr>
<td><p class=MsoNormal><b>A</b></p></td><td><p class=MsoNormal>B</p></td></tr>
<tr><td>C</td><td>D <i>E</i></td></tr></table></body></html>"""


def test_f16_the_cells_of_a_table_from_word_are_kept_apart_in_running_text(lumen: Lumen, page: Page) -> None:
    log_in(page, lumen, EDITORS)
    page.goto(f"/admin/pages/add/resources/frameworkpartpage/{FrameworkPage.objects.get().pk}/")
    field = page.locator(".public-DraftEditor-content").first
    field.click()
    field.evaluate(PASTE, WORD_TABLE)
    expect(field).to_contain_text("C | D E")
    expect(field).to_contain_text("A | B")
    field.press("Control+End")
    field.evaluate(PASTE, "<p>Utan <b>tabell</b></p>")
    expect(field).to_contain_text("Utan tabell")
