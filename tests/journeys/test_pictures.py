"""A picture from a phone becomes part of a page, without what the phone wrote in it."""

import io
import re
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from lumen.roles import EDITORS
from tests.factories.resources import StandardPageFactory, body

from .admin import approve_and_publish, log_in, press_publish
from .conftest import PHONE, Lumen, open_window

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
MAKER, GPS = 0x010F, 0x8825
PHONES_NAME = b"Telefonen AB"


def photograph() -> bytes:
    """A JPEG that tells which phone took it and where it was."""
    exif = Image.Exif()
    exif[MAKER] = PHONES_NAME.decode()
    exif.get_ifd(GPS).update({1: "N", 2: (59.0, 19.0, 46.0), 3: "E", 4: (18.0, 4.0, 7.0)})
    content = io.BytesIO()
    Image.linear_gradient("L").resize((1600, 1200)).convert("RGB").save(content, "JPEG", exif=exif)
    return content.getvalue()


def add_picture(page: Page, file: Path, title: str) -> None:
    """Add a picture from the own computer last in the page that is being written."""
    choose = page.get_by_role("button", name="Välj en bild")
    others = choose.count()  # the picture that stands first has one, too
    page.locator(".c-sf-add-button").last.click()
    page.get_by_role("option", name="Bild", exact=True).click()
    expect(choose).to_have_count(others + 1)
    choose.last.click()
    page.get_by_role("tab", name="Ladda upp").click()
    window = page.locator(".modal-content")
    window.locator("input[type=file]").set_input_files(file)
    window.locator("input[name$=title]").fill(title)
    window.get_by_role("button", name="Ladda upp").click()
    expect(page.locator(".modal-content")).to_have_count(0)


def test_u7_a_phones_picture_is_published_without_its_position(
    lumen: Lumen, page: Page, chromium: Browser, tmp_path: Path
) -> None:
    standard = StandardPageFactory(title="Så träffas vi", body=body("<p>Mötena är digitala.</p>"))
    file = tmp_path / "IMG_0042.jpg"
    file.write_bytes(photograph())
    assert dict(Image.open(file).getexif().get_ifd(GPS)), "or the test proves nothing"
    log_in(page, lumen, EDITORS)
    page.goto(f"/admin/pages/{standard.pk}/edit/")
    add_picture(page, file, "Ett mötesrum")
    page.get_by_label("Textalternativ", exact=True).fill("Ett tomt mötesrum med en skärm.")
    press_publish(page)
    expect(page.get_by_text("Ett mötesrum").first).to_be_visible()
    approve_and_publish(page)

    visitor = open_window(chromium, lumen.url, PHONE).new_page()
    visitor.goto(standard.url)
    picture = visitor.get_by_role("img", name="Ett tomt mötesrum med en skärm.")
    picture.scroll_into_view_if_needed()
    expect(picture).to_have_js_property("complete", True)
    addresses = re.findall(r"/bilder/\S+", picture.get_attribute("srcset") or "")
    assert len(addresses) == 3
    for address in addresses:
        shown = visitor.request.get(address).body()
        opened = Image.open(io.BytesIO(shown))
        assert opened.width > 100 and not dict(opened.getexif()) and PHONES_NAME not in shown
    visitor.context.close()
