"""The list of meetings in the admin, and what leads to the pages of one."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from contacts.models import Person
from meetings.models import MeetingPage
from tests.factories.contacts import ContactPersonFactory
from tests.factories.meetings import (
    InvitedOrganisationFactory,
    MeetingPageFactory,
    RegistrationFactory,
)

from .pages import url

pytestmark = pytest.mark.django_db


def test_the_listing_shows_the_meetings(client: Client, editor: Person, meeting: MeetingPage) -> None:
    html = client.get("/admin/moten/").content.decode()
    assert f'href="/admin/moten/{meeting.pk}/"' in html
    assert "Kommande" in html


@pytest.mark.parametrize(("when", "shown"), [("coming", True), ("past", False), ("draft", False)])
def test_the_listing_can_be_filtered(
    client: Client, editor: Person, meeting: MeetingPage, when: str, shown: bool
) -> None:
    html = client.get(f"/admin/moten/?when={when}").content.decode()
    assert (f'href="/admin/moten/{meeting.pk}/"' in html) is shown


def test_the_page_editor_leads_to_the_meetings_page(client: Client, editor: Person, meeting: MeetingPage) -> None:
    html = client.get(f"/admin/pages/{meeting.pk}/edit/").content.decode()
    assert f"/admin/moten/{meeting.pk}/" in html
    assert "Inbjudan och deltagare" in html


@pytest.mark.parametrize("act", ["unpublish", "delete"])
def test_a_meeting_in_peoples_calendars_does_not_vanish(
    client: Client, editor: Person, meeting: MeetingPage, act: str
) -> None:
    InvitedOrganisationFactory(meeting=meeting)
    response = client.post(f"/admin/pages/{meeting.pk}/{act}/", follow=True)
    assert "står i deltagarnas kalendrar" in response.content.decode()
    assert MeetingPage.objects.get(pk=meeting.pk).live


def test_a_large_meeting_needs_no_more_queries(client: Client, editor: Person, django_assert_max_num_queries) -> None:
    meeting = MeetingPageFactory(starts_at=timezone.now() + timedelta(days=3))
    ContactPersonFactory.create_batch(30)
    client.post(url(meeting, "inbjudan/skicka/"))
    RegistrationFactory.create_batch(30, meeting=meeting)
    mail_out = meeting.mail_outs.get()
    for page in ("", "organisationer/", "deltagare/", f"utskick/{mail_out.pk}/"):
        client.get(url(meeting, page))
        with django_assert_max_num_queries(40):
            client.get(url(meeting, page))
