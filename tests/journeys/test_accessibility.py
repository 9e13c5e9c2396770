"""No page that visitors, participants and contact persons see has a fault that axe finds, or loses text to anybody.

Each is looked at as by several readers: on a desk and a phone, in the dark, enlarged, with more space, forced colours.
"""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command
from playwright.sync_api import Browser, Page
from wagtail.models import PageViewRestriction

from lumen.demo.people import CONTACT_EMAIL
from meetings.actions import cancel_meeting, register, send_invitations
from meetings.models import Details, InvitedOrganisation, MeetingPage, Registration
from tests.factories.meetings import MeetingPageFactory
from tests.factories.resources import StandardPageFactory

from .conftest import DESKTOP, PHONE, Lumen, log_in_by_code, open_window

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PUBLIC = (
    "/",
    "/ramverk/",
    "/ramverk/forhindra-och-upptacka/",
    "/teman/",
    "/teman/crime-proofing/",
    "/material/",
    "/material/?typ=checklista&niva=komma-igang&q=avtal",
    "/material/?q=finnsintealls",
    "/material/exempel-mall-avtalsvillkor/",
    "/material/exempel-film-folja-upp-digital-vard/",
    "/moten/",
    "/moten/tredje-motet/",
    "/moten/forsta-motet/",
    "/moten/installt-mote/",
    "/moten/tredje-motet/anmalan/",
    "/moten/forsta-motet/anmalan/",
    "/moten/anmalan/finns-inte/",
    "/utskick/finns-inte/",
    "/organisationer/",
    "/organisationer/nacka/",
    "/sok/?q=upphandlingar",
    "/sok/?q=",
    "/om-lumen/",
    "/tillganglighet/",
    "/integritet/",
    "/konto/login/",
    "/konto/login/code/",
    "/konto/password/reset/",
    "/privat/",
    "/finns-inte/",
)


NARROW = {"width": 320, "height": 640}


# WCAG 2.2, 1.4.12 and 1.4.4. A constructed stylesheet is what the policy lets a test add.
SPACED = """
* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
p { margin-block-end: 2em !important }
"""
ENLARGED = "html { font-size: 200% !important }"
STYLE = """css => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets = css ? [sheet] : [];
}"""
# Elements with text of which a part can neither be seen nor scrolled to. What is for screen readers is a pixel wide.
CUT = """() => [...document.querySelectorAll("body *:not(svg *, select, input, textarea)")].filter(element => {
  const style = getComputedStyle(element);
  const hides = side => ["hidden", "clip"].includes(style[`overflow${side}`]);
  if (element.clientWidth < 2 || !element.innerText?.trim() || style.visibility === "hidden") return false;
  return (hides("X") && element.scrollWidth > element.clientWidth + 1)
    || (hides("Y") && element.scrollHeight > element.clientHeight + 1);
}).map(element => element.outerHTML.slice(0, 120))"""
OPTIONS = {"runOnly": {"type": "tag", "values": TAGS}, "preload": False, "resultTypes": ["violations"]}
# In the dark the page is the same but for its colours.
CONTRAST = {**OPTIONS, "runOnly": {"type": "rule", "values": ["color-contrast"]}}
# name → (window, stylesheet, what the reader's device asks for, what axe looks for)
READERS: dict[str, tuple[dict[str, int], str, dict[str, str], dict[str, Any] | None]] = {
    "1280 pixels": (DESKTOP, "", {}, OPTIONS),
    "375 pixels": (PHONE, "", {}, OPTIONS),
    "375 pixels, dark": (PHONE, "", {"color_scheme": "dark"}, CONTRAST),
    "320 pixels": (NARROW, "", {}, None),
    "320 pixels, text spacing": (NARROW, SPACED, {}, None),
    "320 pixels, forced colours": (NARROW, "", {"forced_colors": "active"}, None),
    "1280 pixels, text of 200 %": (DESKTOP, ENLARGED, {}, None),
}
PLAIN = {"color_scheme": "light", "forced_colors": "none"}


def faults(page: Page, address: str) -> list[str]:
    """What is wrong with the page for each kind of reader, one line a fault: what axe finds, what is cut or too wide.

    320 pixels is the phone's page in a smaller window, so there axe need not look again.
    """
    page.set_viewport_size(DESKTOP)
    page.goto(address)
    lines = []
    for reader, (size, css, media, options) in READERS.items():
        page.set_viewport_size(size)
        page.emulate_media(**{**PLAIN, **media})
        page.evaluate(STYLE, css)
        where = f"{address} ({reader})"
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            lines.append(f"{where}: wider than the window")
        lines += [f"{where}: cut: {element}" for element in page.evaluate(CUT)]
        if options:
            lines += [f"{where}: {violation}" for violation in violations(page, options)]
    page.evaluate(STYLE, "")
    page.emulate_media(**PLAIN)
    return lines


def violations(page: Page, options: dict[str, Any] = OPTIONS) -> list[str]:
    found: dict[str, Any] = Axe().run(page, options=options).response
    return [f"{rule['id']} – {rule['help']} ({rule['nodes'][0]['html'][:120]})" for rule in found["violations"]]


def personal_pages() -> list[str]:
    """The pages behind the links in mails: registration with a fault in it, and a participant's page."""
    meeting = MeetingPage.objects.get(slug="tredje-motet")
    invited = InvitedOrganisation.objects.filter(meeting=meeting).first()
    register(
        meeting=meeting,
        email="alex@ort.example",
        details=Details("Alex Alm"),
        invited=invited,
        invitation=None,
    )
    participant = Registration.objects.get(email="alex@ort.example").manage_link
    stop_mail = invited.organisation.contact_persons.first().stop_mail_link
    return [invited.link, participant, f"{participant}avanmalan/", stop_mail]


def contact_person_pages(page: Page) -> list[str]:
    """*Min sida* and what it leads to."""
    page.goto("/min-sida/")
    inside = page.get_by_role("main").get_by_role("link").evaluate_all("links => links.map(a => a.pathname)")
    return ["/min-sida/", *sorted({path for path in inside if path.startswith("/min-sida/")})]


def test_u25_u13_axe_finds_nothing_and_no_reader_loses_anything(lumen: Lumen, chromium: Browser) -> None:
    call_command("load_demo")
    send_invitations(meeting=MeetingPage.objects.get(slug="tredje-motet"), by=None)
    cancelled = MeetingPageFactory(slug="installt-mote", title="Ett möte som inte blir av")
    cancel_meeting(meeting=cancelled, note="För få anmälda.", by=None)
    private = StandardPageFactory(slug="privat", title="Bara för några")
    PageViewRestriction.objects.create(page=private, restriction_type="password", password="hemligt")
    context = open_window(chromium, lumen.url, DESKTOP)
    page = context.new_page()
    found = [line for address in [*PUBLIC, *personal_pages()] for line in faults(page, address)]
    page.goto("/min-sida/")
    log_in_by_code(page, lumen, CONTACT_EMAIL)
    page.wait_for_url("**/min-sida/")
    own_pages = [*contact_person_pages(page), "/konto/2fa/"]
    found += [line for address in own_pages for line in faults(page, address)]
    context.close()
    assert found == []
