"""The ways to the pictures of chapter 6 of the handbook: what they show is made here, in the site's own forms.

The numbers are of nobody: the personnummer is of the tax agency's series for tests, and the site masks it.
"""

import io
import re
from datetime import datetime
from urllib.parse import urlencode

from PIL import Image, ImageDraw
from playwright.sync_api import Locator, Page

from tests.screening.numbers import personal_number

# Right last digits, yet of nobody.
COMPANY = "559999-1238"
REASON = "Numret är kommunens eget bolags och står i avtalet."


def stopped(page: Page) -> None:
    _draft(page, "Så följer vi upp hemtjänst", f"Vi granskade ett ärende om brukaren Kim Exempel, {personal_number()}.")
    _press_publish(page)


def warned(page: Page) -> None:
    _draft(page, "Så skrev vi avtalet", f"Avtalet är med bolaget, organisationsnummer {COMPANY}.")
    _press_publish(page)


def clean(page: Page) -> None:
    _draft(page, "Så började vi", "Tre steg som tog oss från tanke till arbetssätt.")
    _press_publish(page)


def history(page: Page) -> None:
    """Publish in spite of the warning, and look back."""
    warned(page)
    if page.get_by_label("Skäl till att publicera").count():
        page.get_by_label("Skäl till att publicera").fill(REASON)
    page.get_by_label("Materialet innehåller inga uppgifter").check()
    page.get_by_role("button", name="Publicera").click()
    _find(page, "Så skrev vi avtalet").first.click()
    page.get_by_role("link", name="Historik").first.click()


def scanned_file(page: Page) -> None:
    _upload(page, "Skannad rutin")
    page.get_by_role("link", name="Se granskningen").first.click()


def purge(page: Page) -> None:
    _upload(page, "Skannad lista")
    page.goto("/admin/documents/?q=Skannad+lista")
    page.get_by_role("link", name="Skannad lista").first.click()
    page.get_by_role("link", name="Rensa bort för gott").click()
    page.get_by_role("textbox", name="Skäl").fill("Innehöll uppgifter om en enskild.")
    page.evaluate("document.activeElement.blur()")


def purged(page: Page) -> None:
    purge(page)
    page.get_by_label("Jag förstår att det inte går att ångra").check()
    page.get_by_role("button", name="Rensa bort för gott").click()
    page.wait_for_load_state()
    page.goto("/admin/granskning/bortrensat/")


def _draft(page: Page, title: str, lead: str) -> None:
    """The editor of a material with the title and the lead; the same one every time."""
    found = _find(page, title)
    if found.count():
        found.first.click()
    else:
        page.get_by_role("link", name="Lägg till material").first.click()
        page.locator("#id_title").fill(title)
        page.locator("#id_kind").select_option(label="Erfarenhet")
        page.get_by_role("button", name="Välj organisation").click()
        page.locator(".modal-content").get_by_label("Sök").fill("Nacka")
        page.locator(".modal-content").get_by_role("link", name="Nacka kommun").click()
    page.locator("#id_lead").fill(lead)


def _find(page: Page, title: str) -> Locator:
    page.goto(f"/admin/material/?{urlencode({'q': title})}")
    return page.get_by_role("link", name=title, exact=True)


def _press_publish(page: Page) -> None:
    page.locator("footer").get_by_role("button", name=re.compile("Fler|alternativ|Åtgärder|Visa", re.I)).last.click()
    page.get_by_role("button", name="Publicera").click()
    page.wait_for_url("**/admin/granskning/publicera/**")


def _upload(page: Page, title: str) -> None:
    """A document that is a picture of a page, with content of its own: each time it is read anew."""
    picture = Image.new("L", (620, 877), 245)
    ImageDraw.Draw(picture).text((60, 60), f"{title} {datetime.now()}", fill=30)
    content = io.BytesIO()
    picture.save(content, "pdf")
    page.goto("/admin/documents/add/")
    page.locator("input[type=file]").set_input_files(
        {"name": f"{title}.pdf", "mimeType": "application/pdf", "buffer": content.getvalue()}
    )
    page.wait_for_timeout(500)  # the form fills in a title from the file's name
    page.get_by_label("Titel").fill(title)
    page.get_by_role("button", name="Ladda upp").click()
    page.wait_for_load_state("networkidle")
