"""A contact person on a phone: logs in by a code and forwards the invitation."""

import re

import pytest
from playwright.sync_api import Page, expect

from meetings.actions import send_invitations
from meetings.models import InvitedOrganisation, Registration
from tests.factories.contacts import ContactPersonFactory
from tests.factories.meetings import MeetingPageFactory

from .conftest import Lumen, log_in_by_code

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_a_contact_person_logs_in_by_code_on_a_phone_and_forwards(lumen: Lumen, phone: Page) -> None:
    role = ContactPersonFactory(person__email="kim@dalby.example", organisation__short_name="Dalby")
    meeting = MeetingPageFactory(title="Upphandling och avtal", slug="upphandling")
    send_invitations(meeting=meeting, by=None)

    phone.goto("/min-sida/")
    log_in_by_code(phone, lumen, "kim@dalby.example")
    expect(phone).to_have_url(re.compile("/min-sida/$"))
    phone.get_by_role("link", name=re.compile("^Vidarebefordra")).click()

    link = InvitedOrganisation.objects.get(meeting=meeting, organisation=role.organisation).link
    expect(phone.get_by_label("Er länk för anmälan")).to_have_value(link)
    phone.get_by_label(re.compile("adress", re.I)).fill("anna@dalby.example, inte-en-adress")
    phone.get_by_role("button", name="Skicka inbjudan").click()
    expect(phone.get_by_text("inte-en-adress").first).to_be_visible()

    phone.get_by_label(re.compile("adress", re.I)).fill("anna@dalby.example\nbo@dalby.example")
    phone.get_by_role("button", name="Skicka inbjudan").click()
    expect(phone.get_by_role("status").or_(phone.locator(".ds-alert")).first).to_be_visible()
    for colleague in ("anna@dalby.example", "bo@dalby.example"):
        assert lumen.link_in(lumen.last_mail_to(colleague), "/moten/anmalan/").startswith(link)

    # Nothing sticks out on a narrow screen.
    assert phone.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_the_contact_person_sees_who_in_the_own_organisation_is_registered(lumen: Lumen, phone: Page) -> None:
    role = ContactPersonFactory(person__email="kim@dalby.example", organisation__short_name="Dalby")
    other = ContactPersonFactory()
    meeting = MeetingPageFactory()
    send_invitations(meeting=meeting, by=None)
    for organisation, name in ((role.organisation, "Nils Nära"), (other.organisation, "Frida Fjärran")):
        invited = InvitedOrganisation.objects.get(meeting=meeting, organisation=organisation)
        phone.goto(invited.link)
        phone.get_by_label("Ditt namn").fill(name)
        phone.get_by_label("Din e-postadress").fill(f"{name.split()[0].lower()}@{organisation.domains[0]}")
        phone.get_by_role("button", name="Anmäl mig").click()
        expect(phone.get_by_role("heading", level=1)).to_be_visible()
    assert Registration.objects.count() == 2

    phone.goto("/min-sida/")
    log_in_by_code(phone, lumen, "kim@dalby.example")
    phone.get_by_role("link", name=re.compile("^Vidarebefordra")).click()
    expect(phone.get_by_text("Nils Nära")).to_be_visible()
    expect(phone.get_by_text("Frida Fjärran")).to_have_count(0)
