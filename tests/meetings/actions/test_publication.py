from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from wagtail.models import PageLogEntry

from contacts.actions import stop_mail
from contacts.models import ContactPerson
from meetings import actions
from meetings.enums import MailOutKind, MeetingFormat
from meetings.models import CalendarEntry, MailOut, MeetingPage
from outbox.models import OutgoingMail
from tests.factories.contacts import PersonFactory
from tests.factories.meetings import (
    InvitationFactory,
    InvitedOrganisationFactory,
    MeetingPageFactory,
    RegistrationFactory,
    publish,
)

from ..delivering import deliver_all
from ..reading import (
    attached_calendar,
    calendar_part,
    event_in,
    everything_in,
    last_mail_to,
    mails_to,
    method_of,
    text_of,
    unsubscribe_link,
)

pytestmark = [pytest.mark.django_db, pytest.mark.databases]
NOTE = "Lokalen var upptagen."


def later(meeting: MeetingPage, **by: int) -> dict[str, Any]:
    """The fields of a meeting that has been moved."""
    move = timedelta(**by)
    return {"starts_at": meeting.starts_at + move, "ends_at": meeting.ends_at + move}


@pytest.fixture
def invited_meeting() -> MeetingPage:
    """A meeting with one invited contact person and one participant."""
    meeting = MeetingPageFactory()
    invitation = InvitationFactory(invited__meeting=meeting, mailed=True)
    RegistrationFactory(meeting=meeting, organisation=invitation.invited.organisation, email="kim@ort.example")
    return meeting


def contact_address(meeting: MeetingPage) -> str:
    return str(meeting.invited_organisations.get().invitations.get().contact_person.person.email)


def test_the_first_publication_makes_the_calendar_entry_and_tells_nobody() -> None:
    meeting = MeetingPageFactory(draft=True)
    assert meeting.entry is None
    published = publish(meeting)

    assert published.calendar.facts == published.facts
    assert published.calendar.sequence == 0
    assert not OutgoingMail.objects.exists()


def test_publishing_again_without_a_material_change_tells_nobody(invited_meeting: MeetingPage) -> None:
    published = publish(invited_meeting, lead="En ny ingress.", change_note="Ingressen är ny.")

    assert published.calendar.sequence == 0
    assert not OutgoingMail.objects.exists()


def test_a_moved_meeting_reaches_participants_and_contact_persons(invited_meeting: MeetingPage) -> None:
    address = contact_address(invited_meeting)
    moved = publish(invited_meeting, change_note=NOTE, **later(invited_meeting, days=1))
    mail_out = MailOut.objects.get(kind=MailOutKind.UPDATE)

    assert moved.calendar.sequence == 1
    assert moved.calendar.facts == moved.facts
    assert (moved.calendar.change_note, mail_out.note) == (NOTE, NOTE)
    assert set(mail_out.mails.values_list("recipient", flat=True)) == {"kim@ort.example", address}

    to_participant, to_contact = last_mail_to("kim@ort.example"), last_mail_to(address)
    booking = calendar_part(to_participant)
    assert method_of(booking) == "REQUEST"
    assert event_in(booking)["SEQUENCE"] == 1
    assert event_in(booking)["DTSTART"].dt == moved.starts_at
    assert moved.join_url in to_participant.text

    assert calendar_part(to_contact) is None
    assert method_of(attached_calendar(to_contact)) == "PUBLISH"
    assert event_in(attached_calendar(to_contact))["SEQUENCE"] == 1
    assert "VIDAREBEFORDRA IGEN" in to_contact.text
    assert "mote.example" not in everything_in(to_contact)
    contact_person = ContactPerson.objects.get(person__email=address)
    assert unsubscribe_link(to_contact) == contact_person.stop_mail_link
    assert "utskick" not in everything_in(to_contact)
    assert unsubscribe_link(to_participant) == ""
    for mail in (to_participant, to_contact):
        assert NOTE in mail.text
        assert "Ny tid: " in mail.text


def test_who_has_left_is_not_told_of_a_change(invited_meeting: MeetingPage) -> None:
    RegistrationFactory(meeting=invited_meeting, email="borta@ort.example", left=True)
    publish(invited_meeting, change_note=NOTE, **later(invited_meeting, days=1))

    assert mails_to("borta@ort.example") == []


def test_m3_who_waits_for_an_organisation_is_told_but_has_no_booking_to_change(invited_meeting: MeetingPage) -> None:
    row = RegistrationFactory(meeting=invited_meeting, email="vantar@ort.example", waiting=True)
    moved = publish(invited_meeting, change_note=NOTE, **later(invited_meeting, days=1))
    told = last_mail_to("vantar@ort.example")

    assert "Ny tid: " in told.text
    assert row.manage_link in text_of(told)
    assert calendar_part(told) is None
    assert moved.join_url not in everything_in(told)
    publish(moved, join_url="https://ny.example/rum")
    assert len(mails_to("vantar@ort.example")) == 1, "the join link does not concern who waits"


def test_a_contact_person_who_has_said_no_to_mail_is_not_told(invited_meeting: MeetingPage) -> None:
    stop_mail(role=ContactPerson.objects.get(person__email=contact_address(invited_meeting)))
    publish(invited_meeting, change_note=NOTE, **later(invited_meeting, days=1))

    assert OutgoingMail.objects.get().recipient == "kim@ort.example"


def test_a_new_join_link_concerns_participants_alone(invited_meeting: MeetingPage) -> None:
    published = publish(invited_meeting, join_url="https://ny.example/rum")
    mail = OutgoingMail.objects.get()

    assert published.calendar.sequence == 1
    assert mail.recipient == "kim@ort.example"
    assert "Länken till mötet är ny." in mail.text
    assert event_in(calendar_part(mail))["LOCATION"] == "https://ny.example/rum"


def test_a_new_title_is_told_without_a_note(invited_meeting: MeetingPage) -> None:
    published = publish(invited_meeting, title="Ett nytt namn")

    assert published.calendar.sequence == 1
    assert OutgoingMail.objects.count() == 2
    assert "Mötet heter nu: Ett nytt namn" in last_mail_to("kim@ort.example").text


def test_an_old_note_is_not_sent_with_another_change(invited_meeting: MeetingPage) -> None:
    moved = publish(invited_meeting, change_note=NOTE, **later(invited_meeting, days=1))
    deliver_all()
    publish(moved, title="Ett nytt namn")

    assert NOTE not in last_mail_to("kim@ort.example").text


CHANGES: list[Any] = [
    pytest.param({"shift": 1}, id="time"),
    pytest.param({"format": MeetingFormat.PHYSICAL, "place": "Rådhuset"}, id="place"),
]


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("note", ["", "   "])
def test_time_and_place_do_not_change_without_a_word(
    change: dict[str, Any], note: str, invited_meeting: MeetingPage
) -> None:
    fields = later(invited_meeting, hours=1) if "shift" in change else change
    with pytest.raises(ValidationError) as caught, transaction.atomic():
        publish(invited_meeting, change_note=note, **fields)

    assert list(caught.value.message_dict) == ["change_note"]
    page, entry = MeetingPage.objects.get(), CalendarEntry.objects.get()
    assert page.facts == entry.facts
    assert entry.sequence == 0
    assert not OutgoingMail.objects.exists()


def test_a_note_that_has_been_sent_is_not_a_note_for_the_next_change(invited_meeting: MeetingPage) -> None:
    moved = publish(invited_meeting, change_note=NOTE, **later(invited_meeting, days=1))
    with pytest.raises(ValidationError, match="redan skickats"), transaction.atomic():
        publish(moved, **later(moved, days=1))

    assert CalendarEntry.objects.get().sequence == 1


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"starts_at": None}, "starts_at"),
        ({"ends_at": None}, "ends_at"),
        ({"format": MeetingFormat.BOTH, "place": " "}, "place"),
        ({"expire_at": timezone.now() + timedelta(days=1)}, "expire_at"),
    ],
)
def test_what_a_published_meeting_must_have(fields: dict[str, Any], field: str) -> None:
    meeting = MeetingPageFactory(draft=True)
    with pytest.raises(ValidationError) as caught, transaction.atomic():
        publish(meeting, **fields)

    assert field in caught.value.message_dict
    assert not MeetingPage.objects.filter(live=True).exists()


def test_an_older_revision_cannot_bring_the_sequence_down(invited_meeting: MeetingPage) -> None:
    first = invited_meeting.revisions.get()
    moved = publish(invited_meeting, change_note=NOTE, **later(invited_meeting, days=1))
    back = first.as_object()
    back.change_note = "Vi håller den första tiden ändå."
    returned = publish(back)

    assert returned.starts_at == moved.starts_at - timedelta(days=1)
    assert returned.calendar.sequence == 2


def test_a_meeting_that_is_over_may_be_put_right_in_silence() -> None:
    meeting = MeetingPageFactory(past=True)
    RegistrationFactory(meeting=meeting)
    corrected = publish(meeting, title="Rätt namn", **later(meeting, minutes=-30))

    assert corrected.calendar.facts == corrected.facts
    assert not OutgoingMail.objects.exists()


NOW = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("ended", "ends", "told"),
    [
        # Minutes from now: when calendars say that it ends, when the page says so, and whether anybody is mailed.
        (-60, -30, False),
        (-30, -60, False),
        (-60, 0, False),
        (0, -60, False),
        (60, -30, True),
        (60, 30, True),
    ],
)
def test_nobody_is_told_of_a_new_end_when_both_have_passed(ended: int, ends: int, told: bool) -> None:
    with time_machine.travel(NOW, tick=False):
        meeting = MeetingPageFactory(starts_at=NOW - timedelta(hours=3), ends_at=NOW + timedelta(minutes=ended))
        RegistrationFactory(meeting=meeting)
        meeting.ends_at, meeting.change_note = NOW + timedelta(minutes=ends), NOTE
        coming = actions.coming_change(meeting)
        publish(meeting)

    assert (coming is not None) is told
    assert OutgoingMail.objects.exists() is told
    assert CalendarEntry.objects.get().ends_at == NOW + timedelta(minutes=ends)


def test_m11_a_meeting_that_has_been_held_is_not_held_again() -> None:
    meeting = MeetingPageFactory(past=True)
    RegistrationFactory(meeting=meeting, attended=True)
    with pytest.raises(ValidationError, match="Mötet har hållits. Kopiera det"), transaction.atomic():
        publish(meeting, change_note=NOTE, **later(meeting, days=60))

    assert not OutgoingMail.objects.exists()


def test_a_wrong_year_may_be_put_right_while_nobody_has_been_told() -> None:
    meeting = MeetingPageFactory(past=True)

    assert publish(meeting, **later(meeting, days=365)).is_open


def test_a_cancelled_meeting_keeps_its_time_but_may_get_new_words() -> None:
    meeting = MeetingPageFactory(cancelled=True)
    RegistrationFactory(meeting=meeting)
    with pytest.raises(ValidationError, match="inställt"), transaction.atomic():
        publish(meeting, change_note=NOTE, **later(meeting, days=1))
    publish(MeetingPage.objects.get(), title="Nytt namn", lead="Vi återkommer.")

    assert not OutgoingMail.objects.exists()


def test_a_rolled_back_publication_tells_nobody(invited_meeting: MeetingPage) -> None:
    class Interrupted(Exception):
        pass

    with pytest.raises(Interrupted), transaction.atomic():
        publish(invited_meeting, change_note=NOTE, **later(invited_meeting, days=1))
        raise Interrupted

    assert CalendarEntry.objects.get().sequence == 0
    assert not OutgoingMail.objects.exists()


def test_mails_about_one_meeting_to_one_address_are_one_stream(invited_meeting: MeetingPage) -> None:
    moved = publish(invited_meeting, change_note=NOTE, **later(invited_meeting, days=1))
    actions.cancel_meeting(meeting=moved, note="Sjukdom.", by=None)
    streams = [mail.stream for mail in mails_to("kim@ort.example")]

    assert len(streams) == 2
    assert len(set(streams)) == 1
    assert "kim" not in streams[0]
    assert OutgoingMail.objects.to_address("kim@ort.example").deliverable().count() == 1


class TestSchedule:
    def schedule(self, meeting: MeetingPage, **changes: Any) -> MeetingPage:
        """Plan a change for a moment that comes before the worker looks next."""
        for name, value in changes.items():
            setattr(meeting, name, value)
        editor = PersonFactory(editor=True, email="redaktor@lumen.example")
        meeting.go_live_at = timezone.now() + timedelta(hours=1)
        revision = meeting.save_revision(user=editor, clean=False)
        revision.publish(user=editor)
        revision.refresh_from_db()
        revision.approved_go_live_at = meeting.go_live_at = timezone.now() - timedelta(minutes=1)
        revision.content["go_live_at"] = meeting.go_live_at.isoformat()
        revision.save()
        return meeting

    def test_nothing_is_told_before_the_time_has_come(self, invited_meeting: MeetingPage) -> None:
        self.schedule(invited_meeting, change_note=NOTE, **later(invited_meeting, days=1))

        assert CalendarEntry.objects.get().sequence == 0
        assert not OutgoingMail.objects.exists()

    def test_then_everybody_is_told(self, invited_meeting: MeetingPage) -> None:
        self.schedule(invited_meeting, change_note=NOTE, **later(invited_meeting, days=1))
        call_command("publish_scheduled")

        assert CalendarEntry.objects.get().sequence == 1
        assert OutgoingMail.objects.count() == 2

    def test_what_cannot_be_published_is_said_and_does_not_stop_the_others(self, invited_meeting: MeetingPage) -> None:
        self.schedule(invited_meeting, **later(invited_meeting, days=1))
        other = MeetingPageFactory(draft=True)
        revision = other.save_revision(clean=False)
        revision.approved_go_live_at = timezone.now() - timedelta(seconds=1)
        revision.save()
        call_command("publish_scheduled")
        call_command("publish_scheduled")

        other.refresh_from_db()
        assert other.live
        entry = PageLogEntry.objects.get(action="gate.schedule_refused")
        assert entry.page_id == invited_meeting.pk
        mail = OutgoingMail.objects.get()
        assert mail.recipient == "redaktor@lumen.example"
        assert "Tid eller plats har ändrats." in mail.text
        assert MeetingPage.objects.get(pk=invited_meeting.pk).facts == invited_meeting.calendar.facts
        assert not invited_meeting.revisions.filter(approved_go_live_at__isnull=False).exists()


def test_an_invited_organisation_alone_is_enough_to_stand_in_calendars() -> None:
    meeting = MeetingPageFactory()
    assert not MeetingPage.objects.in_calendars().exists()
    InvitedOrganisationFactory(meeting=meeting)
    InvitedOrganisationFactory(meeting=meeting)

    assert MeetingPage.objects.in_calendars().get() == meeting
