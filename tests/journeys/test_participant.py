"""A colleague who got the forwarded link: registers, gets the mail, corrects and cancels."""

import re
from datetime import timedelta
from email.message import EmailMessage

import icalendar
import pytest
from playwright.sync_api import Page, expect

from meetings.actions import send_invitations
from meetings.models import InvitedOrganisation
from tests.factories.contacts import ContactPersonFactory
from tests.factories.meetings import JOIN_URL, MeetingPageFactory, publish

from .conftest import Lumen

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def calendar_in(mail: EmailMessage) -> tuple[str, icalendar.Event]:
    """The METHOD and the event of the calendar part."""
    part = next(part for part in mail.walk() if part.get_content_type() == "text/calendar")
    calendar = icalendar.Calendar.from_ical(part.get_content())
    assert part.get_param("method") == calendar["METHOD"], "Outlook refuses a mail where the two differ"
    return calendar["METHOD"], calendar.walk("VEVENT")[0]


def test_a_colleague_registers_gets_the_mail_and_cancels(lumen: Lumen, phone: Page) -> None:
    role = ContactPersonFactory(organisation__email_domains="ort.example")
    meeting = MeetingPageFactory(title="Upphandling och avtal")
    send_invitations(meeting=meeting, by=None)
    invitation = lumen.last_mail_to(role.person.email)
    assert JOIN_URL not in str(invitation), "the join link is for participants only"

    phone.goto(lumen.link_in(invitation, "/moten/anmalan/"))
    expect(phone.get_by_role("searchbox"), "U23: the search is not in the menu").to_be_visible()
    menu = phone.locator(".site-menu summary")
    menu.click()
    phone.keyboard.press("Tab")
    phone.keyboard.press("Escape")
    expect(phone.locator(".site-menu nav"), "U23: Esc closes the menu").not_to_be_visible()
    expect(menu).to_be_focused()
    expect(phone.get_by_text(role.organisation.name).first).to_be_visible()
    phone.get_by_label("Ditt namn").fill("Alex Alm")
    phone.get_by_label("Din e-postadress").fill("alex.alm")
    phone.get_by_role("button", name="Anmäl mig").click()
    expect(phone.get_by_text("Adressen ser inte rätt ut").first).to_be_visible()
    expect(phone.locator(".error-summary"), "U14: the summary of errors has the focus").to_be_focused()
    expect(phone.get_by_label("Ditt namn")).to_have_value("Alex Alm")
    phone.get_by_label("Din e-postadress").fill("alex.alm@ort.example")
    phone.get_by_role("button", name="Anmäl mig").click()
    expect(phone.get_by_role("heading", level=1)).to_be_visible()

    confirmation = lumen.last_mail_to("alex.alm@ort.example")
    method, event = calendar_in(confirmation)
    assert method == "REQUEST"
    assert event["ATTENDEE"] == "mailto:alex.alm@ort.example"
    assert JOIN_URL in str(event["LOCATION"]) + str(event["DESCRIPTION"])

    phone.goto(lumen.link_in(confirmation, "/moten/upphandling-och-avtal/min-anmalan/"))
    phone.get_by_label("E-postadressen du anmälde dig med").fill("alex.alm@ort.example")
    phone.get_by_role("button", name="Mejla min länk").click()
    expect(phone.get_by_role("heading", name="Titta i din inkorg")).to_be_visible()
    phone.goto(lumen.link_in(lumen.last_mail_to("alex.alm@ort.example"), "/moten/deltagare/"))
    expect(phone.get_by_role("link", name="Gå in i mötet")).to_have_attribute("href", JOIN_URL)
    phone.get_by_label("Din roll").fill("Jurist")
    phone.get_by_role("button", name="Spara ändringar").click()
    expect(phone.get_by_text("Dina uppgifter är sparade")).to_be_visible()

    phone.get_by_role("link", name="Avanmäl dig").click()
    phone.get_by_role("button", name=re.compile("avanmäl", re.I)).click()
    expect(phone.get_by_text("Du är avanmäld").first).to_be_visible()
    method, cancelled = calendar_in(lumen.last_mail_to("alex.alm@ort.example"))
    assert (method, cancelled["UID"]) == ("CANCEL", event["UID"])


def test_the_meeting_moves_and_everybody_gets_the_update_with_a_higher_sequence(lumen: Lumen, page: Page) -> None:
    role = ContactPersonFactory(organisation__email_domains="ort.example")
    meeting = MeetingPageFactory(title="Upphandling och avtal")
    send_invitations(meeting=meeting, by=None)
    page.goto(InvitedOrganisation.objects.get(meeting=meeting).link)
    page.get_by_label("Ditt namn").fill("Alex Alm")
    page.get_by_label("Din e-postadress").fill("alex.alm@ort.example")
    page.get_by_role("button", name="Anmäl mig").click()
    _, first = calendar_in(lumen.last_mail_to("alex.alm@ort.example"))

    later = {"starts_at": meeting.starts_at + timedelta(days=7), "ends_at": meeting.ends_at + timedelta(days=7)}
    publish(meeting, change_note="Mötet flyttas en vecka.", **later)

    update = lumen.last_mail_to("alex.alm@ort.example")
    method, moved = calendar_in(update)
    assert (method, moved["UID"]) == ("REQUEST", first["UID"])
    assert int(moved["SEQUENCE"]) > int(first["SEQUENCE"])
    assert moved["DTSTART"].dt == later["starts_at"]
    to_contact = lumen.last_mail_to(role.person.email)
    assert "Mötet flyttas en vecka." in to_contact.get_body(("plain",)).get_content()
    method, shared = calendar_in(to_contact)
    assert (method, int(shared["SEQUENCE"])) == ("PUBLISH", int(moved["SEQUENCE"]))
