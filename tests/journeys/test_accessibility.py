"""axe finds nothing on any page that visitors, participants and contact persons see."""

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
    "/moten/",
    "/moten/tredje-motet/",
    "/moten/forsta-motet/",
    "/moten/installt-mote/",
    "/moten/tredje-motet/anmalan/",
    "/moten/forsta-motet/anmalan/",
    "/moten/anmalan/finns-inte/",
    "/utskick/finns-inte/",
    "/organisationer/",
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
OPTIONS = {"runOnly": {"type": "tag", "values": TAGS}, "preload": False, "resultTypes": ["violations"]}


def faults(page: Page, address: str) -> list[str]:
    """What axe finds on the page in each width, one line a rule, and where anything sticks out sideways.

    320 pixels is the phone's page in a smaller window, so there only the width is looked at.
    """
    page.set_viewport_size(DESKTOP)
    page.goto(address)
    lines = []
    for size in (DESKTOP, PHONE, NARROW):
        page.set_viewport_size(size)
        where = f"{address} ({size['width']} pixels)"
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            lines.append(f"{where}: wider than the window")
        if size != NARROW:
            lines += [f"{where}: {violation}" for violation in violations(page)]
    return lines


def violations(page: Page) -> list[str]:
    found: dict[str, Any] = Axe().run(page, options=OPTIONS).response
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


def test_axe_finds_nothing_and_nothing_is_wider_than_the_window(lumen: Lumen, chromium: Browser) -> None:
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
