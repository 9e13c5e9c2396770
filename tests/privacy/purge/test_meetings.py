"""A purged meeting or registration leaves nothing, and those who wait for the meeting are told."""

from email import message_from_bytes
from typing import Any

import pytest
from django.test.client import Client
from django.urls import reverse

from meetings.actions import cancel_meeting, send_invitations
from meetings.enums import MailCategory, MailOutKind
from meetings.mails import confirmation
from meetings.models import MeetingPage, Registration
from outbox.actions import queue
from outbox.models import MailEvent, OutgoingMail
from privacy.models import AccessLogEntry
from privacy.purge.actions import purge
from tests.factories.contacts import ContactPersonFactory
from tests.factories.meetings import (
    AgendaItemFactory,
    InvitedOrganisationFactory,
    MaterialFactory,
    MeetingPageFactory,
    RegistrationFactory,
    SpeakerFactory,
)
from tests.factories.outbox import OutgoingMailFactory

from .history import MARK, REASON
from .storage_search import places_with

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("empty_storage")]


class TestMeeting:
    def meeting(self, editor: Any) -> MeetingPage:
        contact = ContactPersonFactory()
        meeting = MeetingPageFactory(title=f"{MARK} möte", slug=f"{MARK.lower()}-mote", lead=f"{MARK} ingress")
        item = AgendaItemFactory(meeting=meeting, title=f"{MARK} punkt", description=f"{MARK} beskrivning")
        SpeakerFactory(item=item, name=f"{MARK} talare")
        MaterialFactory(meeting=meeting, title=f"{MARK} underlag")
        meeting = MeetingPage.objects.get(pk=meeting.pk)
        meeting.save_revision(user=editor).publish()
        send_invitations(meeting=meeting, by=editor)
        invited = meeting.invited_organisations.get(organisation=contact.organisation)
        InvitedOrganisationFactory(meeting=meeting, declined=True, declined_because=f"{MARK} därför")
        RegistrationFactory(meeting=meeting, organisation=contact.organisation, name=f"{MARK} deltagare")
        meeting.mail_outs.create(kind=MailOutKind.UPDATE, note=f"{MARK} ändring")
        OutgoingMailFactory(batch=f"forward:{invited.pk}:1", subject=f"{MARK} vidare", sent=True)
        MailEvent.objects.create(mail=OutgoingMail.objects.last(), status="sent", note=f"{MARK} svar")
        AccessLogEntry.objects.create(who=editor, kind="read", what=f"Deltagare: {meeting.title}")
        return meeting

    def test_nothing_of_a_purged_meeting_is_left_anywhere(self, client: Client, editor: Any) -> None:
        meeting = self.meeting(editor)
        found = places_with(MARK)
        for table in (
            "meetings_agendaitem",
            "meetings_speaker",
            "meetings_material",
            "meetings_calendarentry",
            "meetings_mailout",
            "meetings_invitedorganisation",
            "meetings_registration",
            "outbox_outgoingmail",
            "outbox_mailevent",
            "privacy_accesslogentry",
            "wagtailcore_revision",
            "resources_searchword",
        ):
            assert found[table], f"the mark was to be in {table} before the purge"
        feed = reverse("meetings:calendar_feed")
        assert MARK in client.get(feed).content.decode()
        invited = meeting.invited_organisations.order_by("pk").last()
        others = OutgoingMailFactory(batch=f"forward:{invited.pk}0:1")
        purge(meeting, by=editor, reason=REASON)
        assert places_with(MARK) == {}
        assert OutgoingMail.objects.filter(pk=others.pk).exists(), "its number only begins alike"
        assert MARK not in client.get(feed).content.decode()
        assert client.get(reverse("meetings:ics", args=[meeting.slug])).status_code == 404
        assert AccessLogEntry.objects.filter(what="Deltagare: (bortrensat)").exists()

    def test_those_who_wait_for_it_are_told_without_a_word_of_what_it_was(self, editor: Any) -> None:
        meeting = self.meeting(editor)
        uid, sequence = meeting.calendar.calendar_uid, meeting.calendar.sequence
        registration = Registration.objects.get()
        purge(meeting, by=editor, reason=REASON, notify=True)
        mails = list(OutgoingMail.objects.all())
        assert {mail.recipient for mail in mails} >= {registration.email}
        assert len(mails) == 2
        assert places_with(MARK) == {}
        mail = next(mail for mail in mails if mail.recipient == registration.email)
        assert "blir inte av" in mail.subject
        # The calendar of the participant takes it out: the same meeting, a later word about it.
        calendars = [
            part.get_payload(decode=True).decode()
            for part in message_from_bytes(bytes(mail.message)).walk()
            if part.get_content_type() == "text/calendar"
        ]
        assert calendars
        assert f"UID:{uid}" in calendars[0]
        assert f"SEQUENCE:{sequence + 1}" in calendars[0]
        assert "METHOD:CANCEL" in calendars[0]

    def test_nobody_is_told_of_a_meeting_that_is_cancelled_already(self, editor: Any) -> None:
        meeting = self.meeting(editor)
        cancel_meeting(meeting=meeting, note="För få anmälda.", by=editor)
        purge(MeetingPage.objects.get(pk=meeting.pk), by=editor, reason=REASON, notify=True)
        assert not OutgoingMail.objects.exists()

    def test_a_purged_registration_takes_its_mails_and_leaves_the_others(self, editor: Any) -> None:
        meeting = MeetingPageFactory()
        gone = RegistrationFactory(
            meeting=meeting, name=f"{MARK} Namn", email=f"{MARK.lower()}@ort.example", role=f"{MARK} roll"
        )
        left = RegistrationFactory(meeting=meeting)
        for registration in (gone, left):
            queue(confirmation(registration, category=MailCategory.REGISTRATION))
        assert places_with(MARK)["outbox_outgoingmail"]
        purge(gone, by=editor, reason=REASON)
        assert places_with(MARK) == {}
        assert OutgoingMail.objects.get().recipient == left.email
        assert Registration.objects.get() == left
