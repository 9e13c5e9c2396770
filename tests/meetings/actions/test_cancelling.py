import pytest
from django.core.exceptions import PermissionDenied

from meetings import actions, calendars
from meetings.errors import MeetingError
from meetings.models import CalendarEntry, MeetingPage
from outbox.models import OutgoingMail
from tests.factories.contacts import ContactPersonFactory, PersonFactory
from tests.factories.meetings import InvitationFactory, MeetingPageFactory, RegistrationFactory

from ..reading import (
    attached_calendar,
    calendar_part,
    event_in,
    everything_in,
    last_mail_to,
    method_of,
    unsubscribe_link,
)

pytestmark = [pytest.mark.django_db, pytest.mark.databases]


def test_everybody_who_was_told_of_the_meeting_is_told_that_it_is_off() -> None:
    meeting = MeetingPageFactory()
    contact_person = InvitationFactory(invited__meeting=meeting, mailed=True).contact_person
    contact = contact_person.person
    InvitationFactory(invited__meeting=meeting, mailed=True, contact_person=ContactPersonFactory(no_mail=True))
    RegistrationFactory(meeting=meeting, email="anmald@ort.example")
    RegistrationFactory(meeting=meeting, email="vantar@ort.example", waiting=True)
    RegistrationFactory(meeting=meeting, email="borta@ort.example", left=True)
    editor = PersonFactory(editor=True)

    mail_out = actions.cancel_meeting(meeting=meeting, note=" Föreläsaren är sjuk. ", by=editor)

    assert mail_out is not None
    assert set(mail_out.mails.values_list("recipient", flat=True)) == {
        "anmald@ort.example",
        "vantar@ort.example",
        contact.email,
    }
    for mail in mail_out.mails:
        assert mail.subject.startswith("Inställt: ")
        assert "Föreläsaren är sjuk." in mail.text
        assert "mote.example" not in everything_in(mail)
        assert "utskick" not in everything_in(mail)
        assert unsubscribe_link(mail) == (contact_person.stop_mail_link if mail.recipient == contact.email else "")

    own = calendar_part(last_mail_to("anmald@ort.example"))
    assert (method_of(own), event_in(own)["STATUS"], event_in(own)["SEQUENCE"]) == ("CANCEL", "CANCELLED", 1)
    assert str(event_in(own)["ATTENDEE"]) == "mailto:anmald@ort.example"
    # Who never got a booking has none to take back.
    assert calendar_part(last_mail_to("vantar@ort.example")) is None
    attached = attached_calendar(last_mail_to(contact.email))
    assert (method_of(attached), event_in(attached)["STATUS"]) == ("CANCEL", "CANCELLED")
    assert "ATTENDEE" not in event_in(attached)


def test_the_page_stays_and_says_so() -> None:
    meeting = MeetingPageFactory()
    actions.cancel_meeting(meeting=meeting, note="Sjukdom.", by=None)
    page = MeetingPage.objects.coming().get()

    assert page.live
    assert page.is_cancelled
    assert not page.is_open
    assert page.calendar.cancellation_note == "Sjukdom."
    assert b"STATUS:CANCELLED" in calendars.build_publish(page.calendar)


def test_a_second_cancellation_sends_nothing_more() -> None:
    meeting = MeetingPageFactory()
    RegistrationFactory(meeting=meeting)
    first = actions.cancel_meeting(meeting=meeting, note="Sjukdom.", by=None)
    second = actions.cancel_meeting(meeting=meeting, note="En annan orsak.", by=None)

    assert first == second
    assert OutgoingMail.objects.count() == 1
    entry = CalendarEntry.objects.get()
    assert (entry.sequence, entry.cancellation_note) == (1, "Sjukdom.")


def test_a_meeting_nobody_knew_of_is_cancelled_without_a_mail_out() -> None:
    meeting = MeetingPageFactory()

    assert actions.cancel_meeting(meeting=meeting, note="Sjukdom.", by=None) is None
    assert CalendarEntry.objects.get().cancelled_at is not None
    assert not meeting.mail_outs.exists()


@pytest.mark.parametrize(
    ("traits", "note", "reason"),
    [
        ({}, "  ", "varför"),
        ({"draft": True}, "Sjukdom.", "inte publicerat"),
        ({"past": True}, "Sjukdom.", "redan varit"),
    ],
)
def test_what_cannot_be_cancelled(traits: dict, note: str, reason: str) -> None:
    meeting = MeetingPageFactory(**traits)
    with pytest.raises(MeetingError, match=reason):
        actions.cancel_meeting(meeting=meeting, note=note, by=None)

    assert not CalendarEntry.objects.filter(cancelled_at__isnull=False).exists()


def test_only_those_who_may_publish_may_cancel() -> None:
    with pytest.raises(PermissionDenied):
        actions.cancel_meeting(meeting=MeetingPageFactory(), note="Sjukdom.", by=PersonFactory())
