"""What becomes of a registration afterwards: cancelled, corrected, ticked off."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied

from meetings import actions
from meetings.enums import RegistrationStatus
from meetings.errors import MeetingError
from meetings.models import Details, Registration
from outbox.models import OutgoingMail
from tests.factories.contacts import PersonFactory
from tests.factories.meetings import (
    InvitedOrganisationFactory,
    MeetingPageFactory,
    RegistrationFactory,
)

from ..reading import (
    calendar_part,
    event_in,
    everything_in,
    last_mail_to,
    mails_to,
    method_of,
)
from .people import KIM

pytestmark = pytest.mark.django_db


class TestCancelling:
    def test_the_participant_cancels_and_the_calendar_follows(self) -> None:
        invited = InvitedOrganisationFactory()
        registration = actions.register(meeting=invited.meeting, invited=invited, **KIM)
        actions.cancel_registration(registration=registration)
        actions.cancel_registration(registration=registration)

        booked, cancelled = mails_to("kim@ort.example")
        event = event_in(calendar_part(cancelled))
        assert method_of(calendar_part(cancelled)) == "CANCEL"
        assert event["UID"] == event_in(calendar_part(booked))["UID"]
        assert event["STATUS"] == "CANCELLED"
        assert event["SUMMARY"] == invited.meeting.title
        assert str(event["ATTENDEE"]) == "mailto:kim@ort.example"
        assert event["SEQUENCE"] > event_in(calendar_part(booked))["SEQUENCE"]
        assert registration.token not in everything_in(cancelled)
        assert booked.stream == cancelled.stream
        assert not Registration.objects.taking_part().exists()

    def test_who_waits_has_no_booking_to_take_back(self) -> None:
        registration = RegistrationFactory(waiting=True)
        actions.cancel_registration(registration=registration)

        assert calendar_part(last_mail_to(registration.email)) is None

    def test_a_stale_copy_of_the_row_does_not_cancel_twice(self) -> None:
        registration = RegistrationFactory()
        stale = Registration.objects.get()
        actions.cancel_registration(registration=registration)
        actions.cancel_registration(registration=stale)

        assert OutgoingMail.objects.count() == 1

    def test_an_editor_may_cancel_for_somebody(self, editor) -> None:
        registration = RegistrationFactory()
        with pytest.raises(PermissionDenied):
            actions.cancel_registration(registration=registration, by=PersonFactory())
        actions.cancel_registration(registration=registration, by=editor)

        assert Registration.objects.get().status == RegistrationStatus.CANCELLED

    def test_a_meeting_that_has_been_cannot_be_left(self) -> None:
        registration = RegistrationFactory(meeting=MeetingPageFactory(past=True))
        with pytest.raises(MeetingError, match="redan varit"):
            actions.cancel_registration(registration=registration)

    def test_leaving_a_cancelled_meeting_needs_no_mail(self) -> None:
        registration = RegistrationFactory(meeting=MeetingPageFactory(cancelled=True))
        actions.cancel_registration(registration=registration)

        assert Registration.objects.get().status == RegistrationStatus.CANCELLED
        assert not OutgoingMail.objects.exists()


class TestCorrecting:
    def test_a_participant_corrects_the_own_details(self) -> None:
        registration = RegistrationFactory()
        actions.update_registration(registration=registration, details=Details("Kim", "chef", "IT"))

        stored = Registration.objects.get()
        assert (stored.name, stored.role, stored.department) == ("Kim", "chef", "IT")
        assert not OutgoingMail.objects.exists()

    def test_a_correction_does_not_undo_what_happened_meanwhile(self) -> None:
        registration = RegistrationFactory()
        stale = Registration.objects.get()
        actions.cancel_registration(registration=registration)
        actions.update_registration(registration=stale, details=Details("Kim"))

        assert Registration.objects.get().status == RegistrationStatus.CANCELLED

    def test_not_after_the_meeting(self) -> None:
        registration = RegistrationFactory(meeting=MeetingPageFactory(past=True))
        with pytest.raises(MeetingError, match="redan varit"):
            actions.update_registration(registration=registration, details=Details("Kim"))


class TestAttendance:
    def test_those_who_came_are_ticked_off(self, editor) -> None:
        meeting = MeetingPageFactory(past=True)
        came, left = RegistrationFactory(meeting=meeting), RegistrationFactory(meeting=meeting, left=True)

        assert actions.set_attendance(registrations=[came, left], attended=True, by=editor) == 1
        assert list(Registration.objects.filter(attended=True)) == [came]
        assert actions.set_attendance(registrations=meeting.registrations.all(), attended=None, by=editor) == 1
        assert not Registration.objects.filter(attended=True).exists()

    def test_from_the_moment_that_the_meeting_begins(self, editor) -> None:
        registration = RegistrationFactory()
        starts_at = registration.meeting.starts_at
        with time_machine.travel(starts_at - timedelta(seconds=1), tick=False), pytest.raises(MeetingError):
            actions.set_attendance(registrations=[registration], attended=True, by=editor)
        with time_machine.travel(starts_at, tick=False):
            assert actions.set_attendance(registrations=[registration], attended=True, by=editor) == 1

    def test_not_before_the_meeting_has_begun(self, editor) -> None:
        with pytest.raises(MeetingError, match="har börjat"):
            actions.set_attendance(registrations=[RegistrationFactory()], attended=True, by=editor)

    def test_by_editors_only(self) -> None:
        registration = RegistrationFactory(meeting=MeetingPageFactory(past=True))
        with pytest.raises(PermissionDenied):
            actions.set_attendance(registrations=[registration], attended=True, by=PersonFactory())
