"""Calendar messages line by line, without a database."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine
from pytest_django.fixtures import Settings

from meetings import calendars
from meetings.models import CalendarEntry, MeetingPage, Registration
from tests.factories.meetings import JOIN_URL, swedish

CHANGED = datetime(2026, 3, 1, 8, 30, tzinfo=UTC)
NOW = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _addresses(settings: Settings) -> None:
    settings.BASE_URL = "https://lumen.example"
    settings.DEFAULT_FROM_EMAIL = "LUMEN <lumen@lumen.example>"


def entry(*, lead: str = "Så gör vi.", **fields: Any) -> CalendarEntry:
    """What calendars have been told of a meeting that no database knows."""
    meeting = MeetingPage(content_type_id=1, title="Titeln på sidan", lead=lead)
    meeting.path_of_page = "/moten/avtal/"
    told = {
        "uid": UUID(int=7),
        "uid_domain": "lumen.example",
        "sequence": 3,
        "title": "Avtal; krav, och\nuppföljning",
        "starts_at": swedish(2026, 7, 6, 9),
        "ends_at": swedish(2026, 7, 6, 11, 30),
        "location": MeetingPage.DIGITAL_LOCATION,
        "join_url": JOIN_URL,
        "changed_at": CHANGED,
    }
    return CalendarEntry(meeting=meeting, **{**told, **fields})


def registration(told: CalendarEntry) -> Registration:
    return Registration(meeting=told.meeting, email="kim@nacka.example", name="Kim Påhittad", sequence=5)


PAGE = "https://lumen.example/moten/avtal/"
# The meeting as anybody may know it.
PUBLIC = {
    "SUMMARY": "Avtal\\; krav\\, och uppföljning",
    "DTSTART;TZID=Europe/Stockholm": "20260706T090000",
    "DTEND;TZID=Europe/Stockholm": "20260706T113000",
    "DTSTAMP": "20260301T083000Z",
    "LAST-MODIFIED": "20260301T083000Z",
    "UID": "00000000-0000-0000-0000-000000000007@lumen.example",
    "SEQUENCE": "3",
    "CLASS": "PUBLIC",
    "DESCRIPTION": f"Så gör vi.\\n\\nAnmälan och mer om mötet: {PAGE}",
    "LOCATION": "Digitalt möte",
    "ORGANIZER;CN=LUMEN": "mailto:lumen@lumen.example",
    "STATUS": "CONFIRMED",
    "TRANSP": "OPAQUE",
    "URL": PAGE,
}
STAMPED = {"DTSTAMP": "20260310T120000Z"}
MORE = f"Så gör vi.\\n\\nMer om mötet: {PAGE}"
OFF = {"STATUS": "CANCELLED", "TRANSP": "TRANSPARENT", "DESCRIPTION": MORE}
# A participant has a SEQUENCE of their own.
OWN = {"SEQUENCE": "5", "DESCRIPTION": MORE}
PARTICIPANT = {
    "ATTENDEE;CN=kim@nacka.example;CUTYPE=INDIVIDUAL;PARTSTAT=ACCEPTED;ROLE=REQ-PARTICIPANT;RSVP=FALSE": (
        "mailto:kim@nacka.example"
    )
}
WAY_IN = {
    "LOCATION": JOIN_URL,
    "DESCRIPTION": f"Anslut till mötet: {JOIN_URL}\\n\\nSå gör vi.\\n\\nMer om mötet: {PAGE}",
}


def lines(calendar: bytes) -> list[str]:
    """The lines of the message as a reader puts them together, without those of the time zone."""
    text = calendar.replace(b"\r\n ", b"").decode()
    before, _, rest = text.partition("BEGIN:VTIMEZONE\r\n")
    return (before + rest.partition("END:VTIMEZONE\r\n")[2]).splitlines()


def event(calendar: bytes) -> dict[str, str]:
    """The properties of the one event: name (with its parameters) and value."""
    found = lines(calendar)
    inside = found[found.index("BEGIN:VEVENT") + 1 : found.index("END:VEVENT")]
    pairs = [line.partition(":") for line in inside]
    assert len(pairs) == len({name for name, _, _ in pairs})
    return {name: value for name, _, value in pairs}


def method(calendar: bytes) -> str:
    [found] = [line for line in lines(calendar) if line.startswith("METHOD:")]
    return found.removeprefix("METHOD:")


def test_anybody_is_told_of_the_meeting_without_its_join_link() -> None:
    calendar = calendars.build_publish(entry())
    assert lines(calendar)[:2] == ["BEGIN:VCALENDAR", "VERSION:2.0"]
    assert {"PRODID:-//LUMEN//Möten//SV", "CALSCALE:GREGORIAN"} < set(lines(calendar))
    assert method(calendar) == "PUBLISH"
    assert event(calendar) == PUBLIC
    assert event(calendars.build_publish(entry(), stamp=NOW)) == PUBLIC | STAMPED


def test_a_cancelled_meeting_says_so_and_why() -> None:
    calendar = calendars.build_publish(entry(cancelled_at=NOW, cancellation_note="Sjukdom, tyvärr."))
    told = {
        "SUMMARY": "Inställt: Avtal\\; krav\\, och uppföljning",
        "DESCRIPTION": f"Mötet är inställt. Sjukdom\\, tyvärr.\\n\\nMer om mötet: {PAGE}",
    }
    assert event(calendar) == PUBLIC | OFF | told
    assert event(calendars.build_publish(entry(cancelled_at=NOW)))["DESCRIPTION"] == (
        f"Mötet är inställt.\\n\\nMer om mötet: {PAGE}"
    )


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({}, WAY_IN),
        ({"location": "Rådhuset"}, WAY_IN | {"LOCATION": f"Rådhuset: {JOIN_URL}"}),
        ({"location": "Rådhuset", "join_url": ""}, {"LOCATION": "Rådhuset"}),
        ({"join_url": ""}, {}),
    ],
)
def test_a_booking_has_the_participant_and_the_way_in(fields: dict[str, Any], told: dict[str, str]) -> None:
    calendar = calendars.build_request(registration(entry(**fields)), stamp=NOW)
    assert method(calendar) == "REQUEST"
    assert event(calendar) == PUBLIC | OWN | STAMPED | PARTICIPANT | told


def test_m24_an_invitation_does_not_look_like_a_booking_and_says_how_to_register() -> None:
    link = "https://lumen.example/moten/anmalan/abc/?k=17"
    calendar = calendars.build_invitation(entry(), link)
    assert method(calendar) == "PUBLISH"
    assert event(calendar) == PUBLIC | {
        "SUMMARY": "Inbjudan: Avtal\\; krav\\, och uppföljning – anmäl dig",
        "STATUS": "TENTATIVE",
        "TRANSP": "TRANSPARENT",
        "DESCRIPTION": f"Du är inte anmäld än. Anmäl dig här: {link}\\n\\n{MORE}",
    }


def test_m17_the_hour_that_comes_twice_is_written_in_utc() -> None:
    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)  # 2.30 in summer time; the next hour it is 2.30 again
    for start in (first, first + timedelta(hours=1)):
        told = event(calendars.build_publish(entry(starts_at=start, ends_at=start + timedelta(hours=2))))
        assert told["DTSTART"] == f"{start:%Y%m%dT%H%M%SZ}"
        assert told["DTEND"] == f"{start + timedelta(hours=2):%Y%m%dT%H%M%SZ}"
    after = event(
        calendars.build_publish(entry(starts_at=first + timedelta(hours=2), ends_at=first + timedelta(hours=3)))
    )
    assert after["DTSTART;TZID=Europe/Stockholm"] == "20261025T033000"


def test_a_cancellation_takes_the_meeting_away_without_the_way_in() -> None:
    own = calendars.build_cancel(registration(entry()), stamp=NOW)
    anybodys = calendars.build_cancel(entry(), stamp=NOW)
    assert method(own) == method(anybodys) == "CANCEL"
    assert event(own) == PUBLIC | OWN | STAMPED | OFF | PARTICIPANT
    assert event(anybodys) == PUBLIC | STAMPED | OFF


@pytest.mark.parametrize("address", ["", "kim@nacka.example"])
def test_a_removal_says_nothing_of_what_the_meeting_was(address: str) -> None:
    calendar = calendars.build_removal(entry(), address, sequence=8, stamp=NOW)
    kept = ("DTSTART;TZID=Europe/Stockholm", "DTEND;TZID=Europe/Stockholm", "UID", "ORGANIZER;CN=LUMEN")
    told = {"SUMMARY": "Inställt möte", "SEQUENCE": "8", **STAMPED, **OFF}
    told.pop("DESCRIPTION")
    assert method(calendar) == "CANCEL"
    assert event(calendar) == {name: PUBLIC[name] for name in kept} | told | (PARTICIPANT if address else {})


def test_a_message_to_somebody_is_stamped_when_it_is_written() -> None:
    with time_machine.travel(NOW, tick=False):
        for calendar in (
            calendars.build_request(registration(entry())),
            calendars.build_cancel(registration(entry())),
            calendars.build_cancel(entry()),
            calendars.build_removal(entry(), sequence=8),
        ):
            assert event(calendar)["DTSTAMP"] == "20260310T120000Z"


@pytest.mark.parametrize(
    ("lead", "told"),
    [
        ("", f"Anmälan och mer om mötet: {PAGE}"),
        (" Ett\x07två \n tre ", f"Ett två\\ntre\\n\\nAnmälan och mer om mötet: {PAGE}"),
    ],
)
def test_the_lead_keeps_its_lines_and_loses_what_cannot_be_written(lead: str, told: str) -> None:
    assert event(calendars.build_publish(entry(lead=lead)))["DESCRIPTION"] == told


def test_an_organiser_without_a_name_is_called_by_the_address(settings: Settings) -> None:
    settings.DEFAULT_FROM_EMAIL = "lumen@lumen.example"
    names = event(calendars.build_publish(entry())).keys()
    assert "ORGANIZER;CN=lumen@lumen.example" in names


def test_a_feed_has_a_name_and_says_how_often_to_ask() -> None:
    calendar = calendars.feed([entry().meeting, MeetingPage(content_type_id=1)], name="Möten; om, avtal")
    assert method(calendar) == "PUBLISH"
    assert event(calendar) == PUBLIC
    assert {
        "NAME:Möten\\; om\\, avtal",
        "X-WR-CALNAME:Möten\\; om\\, avtal",
        "X-WR-TIMEZONE:Europe/Stockholm",
        "REFRESH-INTERVAL;VALUE=DURATION:PT4H",
        "X-PUBLISHED-TTL:PT4H",
    } < set(lines(calendar))
    assert "NAME:LUMEN – möten" in lines(calendars.feed([]))


def test_the_part_of_a_mail_has_the_method_of_its_calendar() -> None:
    with time_machine.travel(NOW, tick=False):
        booking, cancellation = (
            calendars.request_part(registration(entry())),
            calendars.cancel_part(registration(entry())),
        )
    assert (booking.method, event(booking.body)) == ("REQUEST", PUBLIC | OWN | STAMPED | PARTICIPANT | WAY_IN)
    assert (cancellation.method, event(cancellation.body)) == ("CANCEL", PUBLIC | OWN | STAMPED | OFF | PARTICIPANT)


def test_the_time_zone_has_the_rules_of_the_union() -> None:
    text = calendars.build_publish(entry()).decode()
    zone = text[text.index("BEGIN:VTIMEZONE") : text.index("END:VTIMEZONE")].splitlines()
    winter, summer = zone.index("BEGIN:STANDARD"), zone.index("BEGIN:DAYLIGHT")
    assert "TZID:Europe/Stockholm" in zone
    assert set(zone[winter + 1 : zone.index("END:STANDARD")]) == {
        "DTSTART:19961027T030000",
        "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10",
        "TZNAME:CET",
        "TZOFFSETFROM:+0200",
        "TZOFFSETTO:+0100",
    }
    assert set(zone[summer + 1 : zone.index("END:DAYLIGHT")]) == {
        "DTSTART:19960331T020000",
        "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3",
        "TZNAME:CEST",
        "TZOFFSETFROM:+0100",
        "TZOFFSETTO:+0200",
    }
