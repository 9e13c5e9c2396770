"""The meetings' part of the admin's start page."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from contacts.models import Person
from meetings import actions
from meetings.home_panel import MeetingsPanel
from meetings.models import MeetingPage
from outbox.enums import BounceClass, MailStatus
from outbox.models import OutgoingMail
from tests.factories.contacts import ContactPersonFactory, OrganisationFactory
from tests.factories.meetings import (
    MeetingPageFactory,
    RegistrationFactory,
    publish,
)

from .pages import sent

pytestmark = pytest.mark.django_db


def test_the_start_page_tells_what_waits(client: Client, editor: Person, meeting: MeetingPage) -> None:
    OrganisationFactory(municipality=True)
    RegistrationFactory(meeting=meeting, waiting=True)
    sent(client, meeting, 1)
    OutgoingMail.objects.update(status=MailStatus.FAILED, bounce_class=BounceClass.DEAD)
    html = client.get("/admin/").content.decode()
    assert "1 anmälan utan organisation" in html
    assert "1 inbjudan kom inte fram" in html
    assert '<a href="/admin/organisation/?contact=nej">1 kommun eller region</a> saknar kontaktperson' in html
    assert '<a href="/admin/organisation/?contact=adress">1 kommun eller region</a> har kontaktperson men ingen' in html
    assert '<a href="/admin/organisation/?contact=onabar">2 kommuner och regioner</a> har ingen att mejla' in html
    assert f"/admin/moten/{meeting.pk}/" in html


def test_the_start_page_asks_nothing_of_a_cancelled_or_past_meeting(client: Client, editor: Person) -> None:
    for traits in ({"cancelled": True}, {"past": True}):
        RegistrationFactory(meeting=MeetingPageFactory(**traits), waiting=True)
    html = client.get("/admin/").content.decode()
    assert "utan organisation" not in html
    assert "Inget möte är planerat." in html
    coming = MeetingPageFactory(title="Det som ska hållas", starts_at=timezone.now() + timedelta(days=20))
    assert "Det som ska hållas" in client.get("/admin/").content.decode()
    assert MeetingsPanel().get_context_data({})["meeting"] == coming


def test_the_start_page_says_what_did_not_arrive_of_each_kind(client: Client, editor: Person) -> None:
    meeting = RegistrationFactory(email="kim@ort.example").meeting
    actions.mail_own_link(meeting=meeting, email="kim@ort.example")
    OutgoingMail.objects.update(status=MailStatus.FAILED, due_at=None)
    publish(meeting, title="Ett annat namn")
    html = client.get("/admin/").content.decode()
    assert "1 mejl till en anmäld eller en kollega kom inte fram</a> (Ett annat namn)" in html
    OutgoingMail.objects.update(status=MailStatus.BOUNCED, sent_at=timezone.now(), due_at=None)
    html = client.get("/admin/").content.decode()
    mail_out = meeting.mail_outs.get()
    told = "1 besked om ändring kom inte fram</a> (Ett annat namn)"
    assert f'<a href="/admin/moten/{meeting.pk}/utskick/{mail_out.pk}/?visa=failed">{told}' in html


def test_m2_the_start_page_says_who_has_not_been_invited(client: Client, editor: Person) -> None:
    meeting = MeetingPageFactory(title="Tillsammans")
    ContactPersonFactory()
    assert "har inte fått inbjudan" not in client.get("/admin/").content.decode(), "nobody has been invited yet"
    actions.send_invitations(meeting=meeting, by=None)
    ContactPersonFactory.create_batch(2)
    html = client.get("/admin/").content.decode()
    assert f'<a href="/admin/moten/{meeting.pk}/">2 kontaktpersoner</a> har inte fått inbjudan till Tillsammans' in html
    actions.invite_newcomers()
    assert "har inte fått inbjudan" not in client.get("/admin/").content.decode()


def test_the_start_page_says_so_when_nothing_waits(client: Client, editor: Person) -> None:
    html = client.get("/admin/").content.decode()
    assert "Inget just nu." in html
    assert "Inget möte är planerat." in html
