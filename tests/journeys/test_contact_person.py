"""A contact person on a phone: logs in by a code and forwards the invitation."""

import re
import time
from datetime import timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db.models import F
from playwright.sync_api import Page, expect

from meetings.actions import forward_to_colleagues, send_invitations
from meetings.models import Colleague, InvitedOrganisation, Registration
from tests.factories.contacts import ContactPersonFactory
from tests.factories.meetings import ColleagueFactory, MeetingPageFactory, RegistrationFactory

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
    expect(phone.get_by_text("Nils Nära", exact=True)).to_be_visible()
    expect(phone.get_by_text("Frida Fjärran")).to_have_count(0)


def age_session(phone: Page, by: timedelta) -> None:
    """Let the log-in of the browser be so much older, as it is in the database and in the browser."""
    (cookie,) = [each for each in phone.context.cookies() if "session" in each["name"]]
    assert cookie["expires"] > time.time() + by.total_seconds(), "the browser would have forgotten it"
    session = SessionStore(cookie["value"])
    for record in session["account_authentication_methods"]:
        record["at"] -= by.total_seconds()
    session.save()
    Session.objects.update(expire_date=F("expire_date") - by)


def fits(phone: Page) -> bool:
    return bool(phone.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


def test_two_taps_from_the_mail_forward_to_the_same_as_last_time_after_35_days(lumen: Lumen, phone: Page) -> None:
    role = ContactPersonFactory(person__email="kim@dalby.example", organisation__short_name="Dalby")
    colleagues = [ColleagueFactory(organisation=role.organisation) for _ in range(3)]
    phone.goto("/min-sida/")
    log_in_by_code(phone, lumen, "kim@dalby.example")
    expect(phone).to_have_url(re.compile("/min-sida/$"))
    age_session(phone, timedelta(days=35))
    send_invitations(meeting=MeetingPageFactory(slug="nasta"), by=None)

    link = lumen.link_in(lumen.last_mail_to("kim@dalby.example", "Inbjudan"), "/min-sida/moten/nasta/")
    phone.goto(link)  # The first tap.
    assert fits(phone)
    button = phone.get_by_role("button", name=re.compile("^Skicka till 3$"))
    button.click()  # The second.
    expect(phone.get_by_text("Inbjudan är på väg till 3 kollegor.")).to_be_visible()
    for colleague in colleagues:
        lumen.last_mail_to(colleague.email)


def test_the_button_counts_who_is_ticked(lumen: Lumen, phone: Page) -> None:
    role = ContactPersonFactory(person__email="kim@dalby.example")
    first, _ = (ColleagueFactory(organisation=role.organisation) for _ in range(2))
    send_invitations(meeting=MeetingPageFactory(slug="nasta"), by=None)
    phone.goto(f"/min-sida/moten/nasta/{role.organisation_id}/vidarebefordra/samma/")
    log_in_by_code(phone, lumen, "kim@dalby.example")
    phone.get_by_label(re.compile(first.name)).uncheck()
    expect(phone.get_by_role("button", name=re.compile("^Skicka till 1$"))).to_be_visible()


def test_a_colleague_leaves_from_the_mail(lumen: Lumen, phone: Page) -> None:
    role = ContactPersonFactory(person__email="kim@dalby.example")
    row = ColleagueFactory(organisation=role.organisation)
    send_invitations(meeting=(meeting := MeetingPageFactory()), by=None)
    invited = InvitedOrganisation.objects.get(meeting=meeting)
    forward_to_colleagues(invited=invited, by=role.person, addresses=[row.email])
    phone.goto(lumen.link_in(lumen.last_mail_to(row.email), "/kollega/"))
    assert fits(phone)
    assert Colleague.objects.listed().count() == 1
    phone.get_by_role("button", name="Sluta skicka").click()
    expect(phone.get_by_role("heading", name="Du får inga fler inbjudningar")).to_be_visible()
    assert not Colleague.objects.listed().exists()


def test_the_list_is_kept_and_a_wrong_registration_taken_away_on_a_phone(lumen: Lumen, phone: Page) -> None:
    role = ContactPersonFactory(person__email="kim@dalby.example")
    meeting = MeetingPageFactory()
    RegistrationFactory(meeting=meeting, organisation=role.organisation, name="Vera Vilse")
    send_invitations(meeting=meeting, by=None)
    phone.goto("/min-sida/kollegor/")
    log_in_by_code(phone, lumen, "kim@dalby.example")
    phone.get_by_label("E-postadress").fill("a.ganska.lang.adress.till.en.kollega@socialforvaltningen.dalby.example")
    phone.get_by_label("Namn").fill("Anna Ek")
    phone.get_by_label("enhet").fill("Socialförvaltningen, enheten för personlig assistans")
    phone.get_by_role("button", name="Lägg till").click()
    expect(phone.get_by_text("Anna Ek står nu på listan.")).to_be_visible()
    assert fits(phone)
    phone.goto("/min-sida/")
    phone.get_by_role("link", name=re.compile("^Vidarebefordra")).click()
    expect(phone.get_by_role("link", name="Vidarebefordra till samma")).to_be_visible()
    assert fits(phone)
    phone.get_by_role("link", name=re.compile("^Ta bort")).click()
    phone.get_by_role("button", name="Ja, ta bort").click()
    expect(phone.get_by_text("Vera Vilse är avanmäld")).to_be_visible()
