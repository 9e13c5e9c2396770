"""Calendars as icalendar and ical.js (Thunderbird) read them."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from icalendar import Calendar, Event
from pytest_django.fixtures import Settings

from meetings import calendars
from meetings.models import MeetingPage, Registration
from tests.factories.meetings import JOIN_URL, MeetingPageFactory, RegistrationFactory, publish, swedish
from tests.ical_js import needs_ical_js, read_with_ical_js

pytestmark = pytest.mark.django_db

# Nine in the morning in Sweden is another hour in UTC in summer and in winter.
JULY, JULY_UTC = swedish(2027, 7, 6, 9), datetime(2027, 7, 6, 7, tzinfo=UTC)
DECEMBER, DECEMBER_UTC = swedish(2027, 12, 7, 9), datetime(2027, 12, 7, 8, tzinfo=UTC)
SEASONS = [pytest.param(JULY, JULY_UTC, id="july"), pytest.param(DECEMBER, DECEMBER_UTC, id="december")]
KINDS = ["PUBLISH", "REQUEST", "own CANCEL", "CANCEL"]


def registered(starts_at: datetime = JULY, **fields: Any) -> Registration:
    meeting = MeetingPageFactory(starts_at=starts_at, title="Räksmörgås; upphandling, och avtal", **fields)
    return RegistrationFactory(meeting=meeting, email="kim@nacka.example", name="Kim Påhittad")


def build(kind: str, registration: Registration) -> bytes:
    entry = registration.meeting.calendar
    builders = {
        "PUBLISH": lambda: calendars.build_publish(entry),
        "REQUEST": lambda: calendars.build_request(registration),
        "own CANCEL": lambda: calendars.build_cancel(registration),
        "CANCEL": lambda: calendars.build_cancel(entry),
    }
    return builders[kind]()


def event_of(calendar: bytes) -> Event:
    [event] = Calendar.from_ical(calendar).walk("VEVENT")
    return event


def unfolded(calendar: bytes) -> list[str]:
    return calendar.replace(b"\r\n ", b"").decode().split("\r\n")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("starts_at", "in_utc"), SEASONS)
def test_icalendar_reads_the_right_hour(kind: str, starts_at: datetime, in_utc: datetime) -> None:
    calendar = build(kind, registered(starts_at))
    event = event_of(calendar)

    assert event["DTSTART"].dt == in_utc
    assert event["DTEND"].dt == in_utc + timedelta(hours=2)
    assert event["DTSTART"].params["TZID"] == "Europe/Stockholm"
    assert Calendar.from_ical(calendar)["METHOD"] == kind.split()[-1]


@needs_ical_js
@pytest.mark.parametrize(("starts_at", "in_utc"), SEASONS)
def test_ical_js_reads_the_right_hour(starts_at: datetime, in_utc: datetime) -> None:
    registration = registered(starts_at)
    for kind in KINDS:
        read = read_with_ical_js(build(kind, registration))
        [event] = read["events"]

        assert read["method"] == kind.split()[-1]
        assert event["start"] == in_utc.strftime("%Y-%m-%dT%H:%M:%S.000Z")
        assert event["hour"] == 9
        assert event["timezone"] == "Europe/Stockholm"
        assert event["summary"].endswith("Räksmörgås; upphandling, och avtal")


@needs_ical_js
def test_a_booking_says_the_same_to_both_readers() -> None:
    registration = registered()
    calendar = calendars.build_request(registration)
    [read] = read_with_ical_js(calendar)["events"]
    event = event_of(calendar)

    assert read["attendees"] == [
        {"address": "mailto:kim@nacka.example", "partstat": "ACCEPTED", "rsvp": "FALSE", "cn": "kim@nacka.example"}
    ]
    assert read["uid"] == event["UID"]
    assert read["location"] == event["LOCATION"] == JOIN_URL
    assert read["description"] == event["DESCRIPTION"]


def test_the_zone_is_written_with_rules_that_hold_for_ever() -> None:
    lines = unfolded(calendars.build_publish(registered().meeting.calendar))

    assert "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10" in lines
    assert "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3" in lines
    assert not [line for line in lines if line.startswith("RDATE")]


def test_a_participant_stands_alone_in_the_own_booking() -> None:
    event = event_of(calendars.build_request(registered()))
    attendee = event["ATTENDEE"]

    assert not isinstance(attendee, list)
    assert str(attendee) == "mailto:kim@nacka.example"
    assert attendee.params["PARTSTAT"] == "ACCEPTED"
    assert attendee.params["RSVP"] == "FALSE"
    assert attendee.params["CN"] == "kim@nacka.example"


def test_what_anybody_may_have_names_nobody_and_has_no_way_in() -> None:
    registration = registered()
    entry = registration.meeting.calendar
    for calendar in (
        calendars.build_publish(entry),
        calendars.build_cancel(entry),
        calendars.feed([registration.meeting]),
    ):
        text = "\n".join(unfolded(calendar))
        assert "ATTENDEE" not in text
        assert "mote.example" not in text
        assert registration.token not in text


@pytest.mark.parametrize("kind", KINDS)
def test_no_personal_link_and_no_typed_name_stand_in_a_calendar(kind: str) -> None:
    registration = registered()
    text = "\n".join(unfolded(build(kind, registration)))

    assert registration.token not in text
    assert "Kim Påhittad" not in text


@pytest.mark.parametrize(
    ("fields", "location"),
    [
        ({"format": "digital"}, JOIN_URL),
        ({"format": "physical", "place": "Rådhuset", "join_url": ""}, "Rådhuset"),
        ({"format": "both", "place": "Rådhuset"}, f"Rådhuset och digitalt: {JOIN_URL}"),
        ({"format": "digital", "join_url": ""}, "Digitalt möte"),
    ],
)
def test_a_booking_says_where_to_go(fields: dict[str, str], location: str) -> None:
    assert event_of(calendars.build_request(registered(**fields)))["LOCATION"] == location


def test_one_uid_everywhere() -> None:
    registration = registered()
    uids = {str(event_of(build(kind, registration))["UID"]) for kind in KINDS}
    uids.add(str(event_of(calendars.feed([registration.meeting]))["UID"]))

    assert uids == {registration.meeting.calendar.calendar_uid}


def test_lines_are_folded_at_75_bytes_with_crlf() -> None:
    calendar = build("REQUEST", registered(lead="Å" * 300))

    assert all(len(line) <= 75 for line in calendar.split(b"\r\n"))
    assert b"\n" not in calendar.replace(b"\r\n", b"")
    calendar.decode()


@pytest.mark.parametrize(
    "evil",
    [
        "Möte\r\nATTENDEE:mailto:ond@evil.example",
        "Möte\nBEGIN:VALARM",
        "Möte\r\n ATTENDEE:mailto:ond@evil.example",
        "Möte\u2028DESCRIPTION:ond",
        'Möte";X=1:mailto:ond',
        "Möte\x00\x0bEND:VEVENT",
    ],
)
def test_nothing_that_is_typed_becomes_a_property_of_its_own(evil: str) -> None:
    registration = registered()
    entry = registration.meeting.calendar
    entry.title = entry.location = entry.cancellation_note = evil
    entry.meeting.lead = evil
    entry.join_url = "https://mote.example/"
    registration.meeting.calendar = entry
    for kind in KINDS:
        calendar = build(kind, registration)
        event = event_of(calendar)
        names = [line.partition(":")[0].partition(";")[0] for line in unfolded(calendar) if line]
        assert names.count("ATTENDEE") == (1 if kind in ("REQUEST", "own CANCEL") else 0)
        assert names.count("BEGIN") == 5  # calendar, zone, its two halves, event
        assert not event.errors


def test_a_cancelled_meeting_says_so_in_download_and_feed() -> None:
    meeting = MeetingPageFactory(cancelled=True)
    for calendar in (calendars.build_publish(meeting.calendar), calendars.feed([meeting])):
        event = event_of(calendar)
        assert event["STATUS"] == "CANCELLED"
        assert event["SUMMARY"].startswith("Inställt: ")
        assert event["SEQUENCE"] == 1
        assert "För få anmälda." in event["DESCRIPTION"]


def test_a_download_that_tells_nothing_new_is_the_same_to_the_byte() -> None:
    entry = MeetingPageFactory().calendar

    assert calendars.build_publish(entry) == calendars.build_publish(entry)


def test_a_feed_has_a_name_and_says_when_to_ask_again() -> None:
    meetings = [MeetingPageFactory(), MeetingPageFactory(), MeetingPageFactory(draft=True)]
    lines = unfolded(calendars.feed(meetings, name="LUMEN – möten om å, ä; ö"))

    assert "X-WR-CALNAME:LUMEN – möten om å\\, ä\\; ö" in lines
    assert "NAME:LUMEN – möten om å\\, ä\\; ö" in lines
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT4H" in lines
    assert lines.count("BEGIN:VEVENT") == 2
    assert "METHOD:PUBLISH" in lines


def test_an_empty_feed_is_a_calendar() -> None:
    assert Calendar.from_ical(calendars.feed([])).walk("VEVENT") == []


def test_a_moved_meeting_has_a_higher_sequence_and_the_new_hour() -> None:
    meeting = MeetingPageFactory(starts_at=JULY)
    moved = publish(
        meeting, starts_at=DECEMBER, ends_at=DECEMBER + timedelta(hours=2), change_note="Vi flyttar till december."
    )
    event = event_of(calendars.build_publish(moved.calendar))

    assert event["SEQUENCE"] == 1
    assert event["DTSTART"].dt == DECEMBER_UTC


def test_the_organizer_is_the_sender(settings: Settings) -> None:
    settings.DEFAULT_FROM_EMAIL = "LUMEN <lumen@socialstyrelsen.example>"
    organizer = event_of(calendars.build_publish(MeetingPageFactory().calendar))["ORGANIZER"]

    assert str(organizer) == "mailto:lumen@socialstyrelsen.example"
    assert organizer.params["CN"] == "LUMEN"


def test_properties_that_calendars_sort_messages_by() -> None:
    stamp = datetime(2027, 1, 2, 3, 4, 5, tzinfo=UTC)
    registration = registered()
    lines = unfolded(calendars.build_request(registration, stamp=stamp))

    assert "DTSTAMP:20270102T030405Z" in lines
    assert "SEQUENCE:0" in lines
    assert "STATUS:CONFIRMED" in lines
    assert any(re.fullmatch(r"LAST-MODIFIED:\d{8}T\d{6}Z", line) for line in lines)
    assert f"URL:{MeetingPage.objects.get().public_url}" in lines


def test_m27_a_new_address_of_the_site_changes_no_uid(settings: Settings) -> None:
    settings.BASE_URL = "https://gammal.example"
    registration = registered()
    before = {kind: str(event_of(build(kind, registration))["UID"]) for kind in KINDS}
    settings.BASE_URL = "https://ny.example"
    after = {kind: str(event_of(build(kind, Registration.objects.get()))["UID"]) for kind in KINDS}

    assert before == after
    assert set(after.values()) == {f"{registration.meeting.calendar.uid}@gammal.example"}
