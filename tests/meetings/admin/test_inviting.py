"""Look at the invitation, send it, and cancel the meeting."""

import pytest
from django.test import Client

from contacts.models import Person
from meetings.enums import MailOutKind
from meetings.models import MeetingPage
from outbox.models import OutgoingMail
from tests.factories.contacts import ContactPersonFactory, OrganisationFactory
from tests.factories.meetings import (
    MeetingPageFactory,
    RegistrationFactory,
)

from .pages import url

pytestmark = pytest.mark.django_db


def test_the_preview_shows_the_mail_apart_from_the_admin(client: Client, editor: Person, meeting: MeetingPage) -> None:
    html = client.get(url(meeting, "inbjudan/")).content.decode()
    assert "<iframe" in html
    assert "sandbox srcdoc=" in html
    assert "Inbjudan: Avtal" in html


def test_a_draft_has_no_preview(client: Client, editor: Person) -> None:
    response = client.get(url(MeetingPageFactory(draft=True), "inbjudan/"), follow=True)
    assert "Publicera det först" in response.content.decode()


def test_the_test_mail_goes_to_the_editor_alone(client: Client, editor: Person, meeting: MeetingPage) -> None:
    ContactPersonFactory()
    client.post(url(meeting, "inbjudan/test/"))
    assert [mail.recipient for mail in OutgoingMail.objects.all()] == [editor.email]


def test_the_confirmation_tells_how_many_get_the_mail(client: Client, editor: Person, meeting: MeetingPage) -> None:
    ContactPersonFactory.create_batch(3)
    ContactPersonFactory(no_mail=True)
    assert "Skicka 3 inbjudningar nu" in client.get(url(meeting, "inbjudan/skicka/")).content.decode()


def test_sending_twice_gives_one_mail_each(client: Client, editor: Person, meeting: MeetingPage) -> None:
    ContactPersonFactory.create_batch(3)
    first = client.post(url(meeting, "inbjudan/skicka/"))
    mail_out = meeting.mail_outs.get()
    assert first["Location"] == url(meeting, f"utskick/{mail_out.pk}/")
    again = client.post(url(meeting, "inbjudan/skicka/"), follow=True)
    assert "har redan fått inbjudan" in again.content.decode()
    assert OutgoingMail.objects.count() == 3
    assert meeting.mail_outs.count() == 1


def test_nobody_to_invite_is_said(client: Client, editor: Person, meeting: MeetingPage) -> None:
    response = client.post(url(meeting, "inbjudan/skicka/"), follow=True)
    assert "ingen att bjuda in" in response.content.decode()


def test_cancelling_demands_a_reason(client: Client, editor: Person, meeting: MeetingPage) -> None:
    response = client.post(url(meeting, "stall-in/"), {"note": " "})
    assert "Skriv kort varför" in response.content.decode()
    assert not MeetingPage.objects.get(pk=meeting.pk).is_cancelled


def test_cancelling_tells_everybody(client: Client, editor: Person, meeting: MeetingPage) -> None:
    RegistrationFactory(meeting=meeting)
    response = client.post(url(meeting, "stall-in/"), {"note": "För få anmälda."}, follow=True)
    assert MeetingPage.objects.get(pk=meeting.pk).is_cancelled
    assert meeting.mail_outs.get().kind == MailOutKind.CANCELLATION
    assert "Mötet är inställt" in response.content.decode()


def test_a_cancelled_meeting_offers_nothing_more_to_send_or_cancel(client: Client, editor: Person) -> None:
    OrganisationFactory(municipality=True)
    meeting = MeetingPageFactory(cancelled=True)
    form = client.get(url(meeting, "stall-in/")).content.decode()
    assert "Mötet är redan inställt." in form
    assert 'name="note"' not in form
    assert "ingen att mejla" not in client.get(url(meeting, "inbjudan/skicka/")).content.decode()
    html = client.get(url(meeting)).content.decode()
    assert f"{url(meeting)}inbjudan/" not in html
    assert "ingen att mejla" not in html
    assert client.get(url(meeting, "inbjudan/"))["Location"] == url(meeting)
