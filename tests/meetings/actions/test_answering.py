"""A participant declines in the own calendar program."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.management import call_command

from meetings import actions
from meetings.enums import Claim, RegistrationStatus
from meetings.models import Registration
from outbox.calendar_replies import CalendarReply
from outbox.models import OutgoingMail
from tests.factories.meetings import MeetingPageFactory, RegistrationFactory

from ..reading import calendar_part, event_in, last_mail_to, mails_to, text_of

pytestmark = pytest.mark.django_db

KIM = "kim@ort.example"


@pytest.fixture
def row() -> Registration:
    return RegistrationFactory(email=KIM, sequence=3)


def answer(row: Registration, **changes: object) -> bool:
    fields = {
        "uid": row.meeting.calendar.calendar_uid,
        "attendee": KIM,
        "partstat": "DECLINED",
        "sequence": 3,
        "sender": KIM,
        "at": datetime.now(UTC),
    }
    return actions.answer_from_calendar(CalendarReply(**{**fields, **changes}))


def status() -> str:
    return Registration.objects.get().status


def test_m23_who_declines_in_the_calendar_is_no_longer_registered_and_is_told_how_to_come_back(row) -> None:
    assert answer(row, attendee="Kim@Ort.example", sender="KIM@ort.example")
    told = last_mail_to(KIM)

    assert status() == RegistrationStatus.CANCELLED
    assert "Din kalender har svarat att du inte kommer" in told.text
    assert "/min-anmalan/" in text_of(told)
    assert event_in(calendar_part(told))["SEQUENCE"] > 3
    assert Registration.objects.get().claim != Claim.CONFIRMED, "an answer proves nothing of who sent it"


@pytest.mark.parametrize("partstat", ["ACCEPTED", "TENTATIVE", "NEEDS-ACTION", ""])
def test_other_answers_change_nothing(row, partstat: str) -> None:
    assert answer(row, partstat=partstat)
    assert status() == RegistrationStatus.REGISTERED
    assert not OutgoingMail.objects.exists()


@pytest.mark.parametrize(
    "changes",
    [
        {"sender": "bo@ort.example"},  # somebody else answers for Kim
        {"attendee": "bo@ort.example", "sender": "bo@ort.example"},  # who has not registered
        {"sequence": 2},  # to the time before the meeting moved
    ],
)
def test_an_answer_that_is_not_the_participants_to_the_latest_message_changes_nothing(row, changes) -> None:
    assert answer(row, **changes)
    assert status() == RegistrationStatus.REGISTERED
    assert not OutgoingMail.objects.exists()


def test_an_answer_to_a_meeting_of_somebody_else_is_none_of_ours(row) -> None:
    assert not answer(row, uid="annat@kalender.example")
    assert status() == RegistrationStatus.REGISTERED


def test_the_same_answer_twice_tells_once(row) -> None:
    assert answer(row)
    assert answer(row, sequence=99)
    assert len(mails_to(KIM)) == 1


def test_a_meeting_that_has_been_held_stays_as_it_was() -> None:
    row = RegistrationFactory(meeting=MeetingPageFactory(past=True), email=KIM)
    assert answer(row)
    assert status() == RegistrationStatus.REGISTERED


def test_m23_the_command_that_reads_the_mailbox_acts_on_it(row, tmp_path: Path) -> None:
    message = (
        f"From: Kim <{KIM}>\r\nTo: lumen@lumen.example\r\nSubject: Nej: Mote\r\n"
        'Content-Type: text/calendar; method=REPLY; charset="utf-8"\r\n\r\n'
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\n"
        f"UID:{row.meeting.calendar.calendar_uid}\r\nSEQUENCE:3\r\nDTSTAMP:20261128T100000Z\r\n"
        f"ATTENDEE;PARTSTAT=DECLINED:mailto:{KIM}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    file = tmp_path / "svar.eml"
    file.write_bytes(message.encode())
    call_command("receive_bounces", str(file), "--json")
    assert status() == RegistrationStatus.CANCELLED
