"""The list of meetings in the admin, and what leads to the pages of one."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
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


def test_o1_the_listing_counts_organisations_and_participants_apart(client: Client, editor: Person) -> None:
    meeting = MeetingPageFactory()
    InvitedOrganisationFactory.create_batch(3, meeting=meeting)
    RegistrationFactory.create_batch(2, meeting=meeting)
    RegistrationFactory(meeting=meeting, left=True)
    MeetingPageFactory()
    counted = {(row.invited_count, row.registered_count) for row in MeetingPage.objects.with_counts()}
    assert counted == {(3, 2), (0, 0)}


def test_o1_the_listing_never_joins_invitations_with_registrations(client: Client, editor: Person) -> None:
    MeetingPageFactory()
    client.get("/admin/moten/")  # The session is saved once.
    with CaptureQueriesContext(connection) as few:
        client.get("/admin/moten/")
    for _ in range(5):
        InvitedOrganisationFactory.create_batch(2, meeting=MeetingPageFactory())
    with CaptureQueriesContext(connection) as many:
        client.get("/admin/moten/")
    assert len(many) == len(few)
    counting = [query["sql"] for query in many if "meetings_registration" in query["sql"]]
    assert counting
    for sql in counting:
        outer, inner = sql, 1
        while inner:  # what stands in brackets is counted for itself
            outer, inner = re.subn(r"\([^()]*\)", "", outer)
        assert "meetings_registration" not in outer and "meetings_invitedorganisation" not in outer


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
