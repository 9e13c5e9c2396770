"""An organisation gets and changes its contact person itself: applying, handing over, and silence."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from playwright.sync_api import Page, expect

from contacts.enums import ProofKind
from contacts.reachability.asking import ask_the_silent
from contacts.reachability.proofs import prove
from lumen.roles import EDITORS
from meetings.actions import cancel_meeting, send_invitations, tell_successors
from meetings.models import Invitation
from outbox.models import OutgoingMail
from tests.factories.contacts import ContactPersonFactory, OrganisationFactory
from tests.factories.meetings import MeetingPageFactory

from .admin import log_in
from .conftest import Lumen, log_in_by_code

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def say_yes(browser: Page, lumen: Lumen, address: str, subject: str) -> None:
    """Open the link in the mail, and press yes."""
    browser.goto(lumen.link_in(lumen.last_mail_to(address, subject), "/kontaktperson/"))
    browser.get_by_role("button", name="Ja, jag är kontaktperson").click()


def test_an_application_leads_to_the_first_invitation(lumen: Lumen, phone: Page, page: Page) -> None:
    OrganisationFactory(municipality=True, short_name="Dalby", email_domains="dalby.example")
    meeting = MeetingPageFactory(title="Upphandling och avtal")
    ContactPersonFactory()
    send_invitations(meeting=meeting, by=None)

    phone.goto("/organisationer/")
    phone.get_by_role("link", name="Anmäl dig").click()
    phone.get_by_label("Kommun eller region").fill("dalby")
    phone.get_by_label("Ditt namn").fill("Kim Påhittad")
    phone.get_by_label("Din e-postadress i jobbet").fill("kim@dalby.example")
    phone.get_by_label("Vem som har beslutat det").fill("Socialchefen")
    phone.get_by_role("button", name="Skicka anmälan").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Titta i din mejl")
    say_yes(phone, lumen, "kim@dalby.example", "Bekräfta")
    expect(phone.get_by_role("heading", level=1)).to_contain_text("hos redaktionen")
    assert phone.evaluate("document.documentElement.scrollWidth <= window.innerWidth")

    log_in(page, lumen, EDITORS)
    page.get_by_role("link", name="1 anmäld kontaktperson").click()
    page.get_by_role("button", name=re.compile("^Utse")).click()
    expect(page.get_by_text("Kim Påhittad är kontaktperson för Dalby kommun")).to_be_visible()

    lumen.last_mail_to("kim@dalby.example", "Välkommen som kontaktperson")
    lumen.last_mail_to("kim@dalby.example", "Upphandling och avtal")
    assert Invitation.objects.filter(contact_person__person__email="kim@dalby.example").exists()


def test_a_successor_sees_the_open_meeting_and_is_told_when_it_is_cancelled(lumen: Lumen, phone: Page) -> None:
    role = ContactPersonFactory(organisation__short_name="Dalby", organisation__email_domains="dalby.example")
    meeting = MeetingPageFactory(title="Upphandling och avtal")
    send_invitations(meeting=meeting, by=None)
    phone.goto("/min-sida/")
    log_in_by_code(phone, lumen, role.person.email)
    phone.get_by_role("link", name="Lämna över uppdraget").click()
    phone.get_by_label("Namnet på den som tar över").fill("Elsa Påhittad")
    phone.get_by_label("E-postadress till den som tar över").fill("elsa@dalby.example")
    phone.get_by_role("button", name="Fråga").click()
    expect(phone.get_by_text("Vi har mejlat elsa@dalby.example")).to_be_visible()
    phone.context.clear_cookies()

    say_yes(phone, lumen, "elsa@dalby.example", "ta över")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Välkommen som kontaktperson!")
    lumen.last_mail_to(role.person.email, "Elsa Påhittad är nu kontaktperson")
    phone.get_by_role("link", name="Gå till Min sida").click()
    log_in_by_code(phone, lumen, "elsa@dalby.example")
    expect(phone.get_by_role("link", name=re.compile("^Vidarebefordra"))).to_be_visible()

    cancel_meeting(meeting=meeting, by=None, note="Lokalen är stängd.")
    tell_successors()
    lumen.last_mail_to("elsa@dalby.example", "Inställt")


def test_a_silent_contact_ends_on_the_editors_list_when_all_have_been_asked(lumen: Lumen, page: Page) -> None:
    begun = timezone.now() - timedelta(days=300)
    with time_machine.travel(begun, tick=False) as clock:
        role = ContactPersonFactory(
            organisation__short_name="Dalby", organisation__mailbox="registrator@dalby.example", person__proved=True
        )
        deputy = ContactPersonFactory(organisation=role.organisation, is_deputy=True, person__proved=True)
        for day in range(300):
            clock.move_to(begun + timedelta(days=day))
            if day == 100:
                prove(deputy.person, ProofKind.LOG_IN)
            ask_the_silent()
    asked = OutgoingMail.objects.filter(category="contact_inquiry").order_by("pk").values_list("recipient", flat=True)
    first, then, last = role.person.email, deputy.person.email, "registrator@dalby.example"
    assert list(dict.fromkeys(asked)) == [first, then, last]

    log_in(page, lumen, EDITORS)
    page.get_by_role("link", name="1 organisation svarar inte").click()
    expect(page.get_by_role("row", name=re.compile("Dalby kommun"))).to_contain_text("Tyst")
    expect(page.get_by_role("row", name=re.compile("Dalby kommun"))).to_contain_text("Följ upp")
