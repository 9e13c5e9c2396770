"""`make pictures`: pictures of a running LUMEN with demo content, for the README and the handbook.

    make pictures                                                (of `make run`)
    .venv/bin/python -m bench.pictures --url http://localhost:8001 --only start mote

The site itself is asked for everything: four people register through its form, and the log-in code of
the contact person is read in the admin's outbox. Send the demo's invitation first
(`manage.py send_invitations tredje-motet`).
"""

import argparse
import io
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.services import CHROMIUM

from . import secrecy

# As `make run` prints them; the site is only seen from outside, so Django is not loaded here.
EDITOR_EMAIL, EDITOR_PASSWORD = "redaktor@lumen.example", "lumen-demo-2026"
CONTACT_EMAIL = "kontakt@nacka.example"
FOLDER = Path(__file__).parent.parent / "docs" / "bilder"
HEIGHTS = {1280: 900, 375: 760}  # how much of the page is shown, by its width
COLOURS = 255
MOST_BYTES = 250_000


@dataclass(frozen=True)
class Picture:
    """A page to show. `way` leads from the address to what is to be seen."""

    name: str
    address: str
    who: str = "visitor"
    way: Callable[[Page], None] | None = None
    width: int = 1280


def fill_in_registration(page: Page, name: str = "Kim Exempel", email: str = "kim.exempel@nacka.example") -> None:
    page.get_by_label("Ditt namn").fill(name)
    page.get_by_label("Din e-postadress").fill(email)


def unfocus(page: Page) -> None:
    """Back to the top of a form that has been filled in."""
    page.evaluate("document.activeElement.blur(); window.scrollTo(0, 0)")


def filled_in_registration(page: Page) -> None:
    fill_in_registration(page)
    unfocus(page)


def open_meeting(page: Page) -> None:
    page.get_by_role("link", name="Upphandling").first.click()


def open_preview(page: Page) -> None:
    open_meeting(page)
    page.get_by_role("link", name="Förhandsgranska").click()


def open_agenda(page: Page) -> None:
    open_meeting(page)
    page.get_by_role("link", name="Redigera mötet").click()
    page.get_by_role("tab", name="Dagordning").click()


def open_sorting(page: Page) -> None:
    page.get_by_role("link", name="Mall för villkor").first.click()
    page.get_by_role("tab", name="Sortering").click()


def upload_list(page: Page) -> None:
    """A list of contact persons with a misspelt name and another fault."""
    page.locator("input[type=file]").set_input_files(
        {"name": "kontaktpersoner.csv", "mimeType": "text/csv", "buffer": LIST.encode()}
    )
    page.get_by_role("button", name="Granska filen").click()


LIST = """Organisation;Namn;E-post;Från och med;Ersättare
Nacka kommun;Kim Exempel;kim.exempel@nacka.example;2027-01-01;ja
Region Gevleborg;Lo Exempel;lo.exempel@gavleborg.example;;
Region Gevleborg;Robin Exempel;robin.exempel@gavleborg.example;;ja
Kiruna;Mio Exempel;mio.exempel;;
"""
PICTURES = (
    Picture("start", "/"),
    Picture("material", "/material/?typ=checklista"),
    Picture("ett-material", "/material/exempel-mall-avtalsvillkor/"),
    Picture("mote", "/moten/tredje-motet/"),
    Picture("anmalan", "/moten/tredje-motet/anmalan/", way=filled_in_registration),
    Picture("min-sida", "/min-sida/", who="contact", width=375),
    Picture("admin-start", "/admin/", who="editor"),
    Picture("admin-material", "/admin/material/?q=villkor", who="editor", way=open_sorting),
    Picture("admin-mote", "/admin/moten/", who="editor", way=open_meeting),
    Picture("admin-dagordning", "/admin/moten/", who="editor", way=open_agenda),
    Picture("admin-inbjudan", "/admin/moten/", who="editor", way=open_preview),
    Picture("admin-kontakter", "/admin/contact_import/", who="editor", way=upload_list),
    Picture("admin-mejl", "/admin/mejl/?q=nacka", who="editor"),
    # Last, since they leave drafts, a page and documents behind.
    Picture("sekretess-stopp", "/admin/", who="editor", way=secrecy.stopped),
    Picture("sekretess-klart", "/admin/", who="editor", way=secrecy.clean),
    Picture("sekretess-varning", "/admin/", who="editor", way=secrecy.warned),
    Picture("sekretess-historik", "/admin/", who="editor", way=secrecy.history),
    Picture("sekretess-fil", "/admin/", who="editor", way=secrecy.scanned_file),
    Picture("sekretess-rensa", "/admin/", who="editor", way=secrecy.purge),
    Picture("sekretess-bortrensat", "/admin/", who="editor", way=secrecy.purged),
)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.pictures")
    parser.add_argument("--url", default="http://localhost:8000", help="where LUMEN runs")
    parser.add_argument("--only", nargs="*", default=[], help="names of the pictures to take")
    options = parser.parse_args(arguments)
    FOLDER.mkdir(parents=True, exist_ok=True)
    wanted = [picture for picture in PICTURES if not options.only or picture.name in options.only]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        studio = Studio(browser, options.url)
        studio.register_colleagues()
        for picture in wanted:
            path = studio.take(picture)
            print(f"{path.relative_to(FOLDER.parent.parent)}  {path.stat().st_size / 1000:.0f} kB")
        browser.close()
    return 0


class Studio:
    """A browser with one window for each kind of person."""

    def __init__(self, browser: Browser, url: str) -> None:
        self.browser = browser
        self.url = url
        self.windows: dict[str, BrowserContext] = {}

    def register_colleagues(self) -> None:
        """Let a few made-up people register, so that there is somebody to see. Once more changes nothing."""
        page = self.window("visitor").new_page()
        for name, place in (("Kim", "nacka"), ("Lo", "nacka"), ("Mio", "sigtuna"), ("Robin", "kiruna")):
            page.goto("/moten/tredje-motet/anmalan/")
            fill_in_registration(page, f"{name} Exempel", f"{name.lower()}.exempel@{place}.example")
            page.get_by_role("main").get_by_role("button", name="Anmäl").click()
            page.wait_for_url("**/anmalan/tack/**")
        page.close()

    def take(self, picture: Picture) -> Path:
        page = self.window(picture.who).new_page()
        page.set_viewport_size({"width": picture.width, "height": HEIGHTS[picture.width]})
        page.goto(picture.address)
        if picture.way:
            picture.way(page)
        page.wait_for_load_state("networkidle")
        path = FOLDER / f"{picture.name}-{picture.width}.png"
        save(page.screenshot(animations="disabled"), path)
        page.close()
        return path

    def window(self, who: str) -> BrowserContext:
        if who not in self.windows:
            window = self.browser.new_context(base_url=self.url, locale="sv-SE", timezone_id="Europe/Stockholm")
            window.set_default_timeout(15_000)
            self.windows[who] = window
            if who == "editor":
                self.log_in_editor(window.new_page())
            elif who == "contact":
                self.log_in_contact(window.new_page())
        return self.windows[who]

    def log_in_editor(self, page: Page) -> None:
        page.goto("/konto/login/?next=/admin/")
        page.get_by_text("Logga in med lösenord").click()
        form = page.locator("form", has=page.locator("input[type=password]"))
        form.get_by_label("E-post").fill(EDITOR_EMAIL)
        form.get_by_label("Lösenord").fill(EDITOR_PASSWORD)
        form.get_by_role("button").click()
        page.wait_for_url("**/admin/")
        page.close()

    def log_in_contact(self, page: Page) -> None:
        page.goto("/min-sida/")
        page.get_by_label("E-post").fill(CONTACT_EMAIL)
        page.get_by_role("button", name=re.compile("kod", re.I)).click()
        code = page.get_by_label(re.compile("kod", re.I))
        code.wait_for()
        code.fill(self.code_in_outbox())
        page.get_by_role("button", name=re.compile("logga in", re.I)).click()
        page.wait_for_url("**/min-sida/")
        page.close()

    def code_in_outbox(self) -> str:
        """The code in the last mail to the contact person."""
        page = self.window("editor").new_page()
        page.goto(f"/admin/mejl/?q={CONTACT_EMAIL}")
        page.get_by_role("link", name=re.compile("kod", re.I)).first.click()
        text = page.locator("pre").first.inner_text()
        page.close()
        found = re.search(r"^\s*(\d{6})\s*$", text, re.M)
        if not found:
            sys.exit("No log-in code in the outbox: is this a LUMEN in development?")
        return found.group(1)


def save(screenshot: bytes, path: Path) -> None:
    """Write the picture, with fewer colours if it would be a heavy file."""
    picture = Image.open(io.BytesIO(screenshot)).convert("RGB")
    picture.save(path, optimize=True)
    if path.stat().st_size > MOST_BYTES:
        picture.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
