"""Calendar messages (RFC 5545, 5546) of meetings: invitation, booking, cancellation and feeds.

A meeting has one UID everywhere, kept in its CalendarEntry with the SEQUENCE of what anybody may have. A participant
has a SEQUENCE of their own, which is never lower. The join link stands in a participant's own booking only, and
personal links in no calendar: calendars are shared.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from email.utils import parseaddr
from functools import cache
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from icalendar import (
    Calendar,
    Event,
    Timezone,
    TimezoneDaylight,
    TimezoneStandard,
    vCalAddress,
    vDuration,
    vText,
    vUri,
)

from outbox.mails import Attachment, CalendarPart
from outbox.plain_text import one_line

from . import links
from .models import CalendarEntry, MeetingPage, Registration

ZONE_NAME = "Europe/Stockholm"
SWEDISH_TIME = ZoneInfo(ZONE_NAME)
# How often a subscribing calendar should ask for news.
REFRESH = timedelta(hours=4)
PUBLISH, REQUEST, CANCEL = "PUBLISH", "REQUEST", "CANCEL"


def build_publish(entry: CalendarEntry, *, stamp: datetime | None = None) -> bytes:
    """The meeting for anybody: no participant, no join link. A cancelled one says so.

    `stamp` is when the message is written, by default the time of the last change, so that an
    unchanged meeting gives the same bytes.
    """
    return _calendar([_event(entry, stamp=stamp or entry.changed_at)], PUBLISH).to_ical()


def build_invitation(entry: CalendarEntry, link: str, *, stamp: datetime | None = None) -> bytes:
    """The meeting for those who are invited, with their organisation's link: a proposal, which says how to register."""
    event = _event(
        entry,
        stamp=stamp or entry.changed_at,
        summary=f"Inbjudan: {_plain(entry.title)} – anmäl dig",
        description=f"Du är inte anmäld än. Anmäl dig här: {link}\n\n{_description(entry)}",
        status="TENTATIVE",
    )
    return _calendar([event], PUBLISH).to_ical()


def build_request(registration: Registration, *, stamp: datetime | None = None) -> bytes:
    """The participant's own booking, with the join link."""
    entry = registration.meeting.calendar
    return _calendar([_booking(entry, registration, stamp or timezone.now())], REQUEST).to_ical()


def build_cancel(subject: Registration | CalendarEntry, *, stamp: datetime | None = None) -> bytes:
    """Take the meeting out of one participant's calendar, or, for an entry, out of anybody's."""
    stamp = stamp or timezone.now()
    if isinstance(subject, CalendarEntry):
        event = _event(subject, stamp=stamp, status="CANCELLED")
    else:
        event = _event(subject.meeting.calendar, stamp=stamp, status="CANCELLED", sequence=subject.sequence)
        event.add("attendee", _attendee(subject.email))
    return _calendar([event], CANCEL).to_ical()


def build_removal(entry: CalendarEntry, address: str = "", *, sequence: int, stamp: datetime | None = None) -> bytes:
    """Take a purged meeting out of the calendar of a participant, or of anybody, without saying what it was."""
    event = Event()
    event.add("uid", entry.calendar_uid)
    event.add("sequence", sequence)
    event.add("dtstamp", (stamp or timezone.now()).astimezone(UTC))
    _add_times(event, entry)
    event.add("summary", "Inställt möte")
    event.add("organizer", _organizer())
    event.add("status", "CANCELLED")
    event.add("transp", "TRANSPARENT")
    if address:
        event.add("attendee", _attendee(address))
    return _calendar([event], CANCEL).to_ical()


def feed(meetings: Iterable[MeetingPage], *, name: str = "LUMEN – möten") -> bytes:
    """A calendar to subscribe to. Cancelled meetings stay in it, so that they disappear from the subscriber's."""
    entries = [meeting.entry for meeting in meetings]
    events = [_event(entry, stamp=entry.changed_at) for entry in entries if entry is not None]
    calendar = _calendar(events, PUBLISH)
    # The library does not know that these are text, so it would not escape them.
    for text_property in ("name", "x-wr-calname"):
        calendar.add(text_property, vText(_plain(name)))
    calendar.add("x-wr-timezone", ZONE_NAME)
    refresh = vDuration(REFRESH)
    refresh.params["VALUE"] = "DURATION"
    calendar.add("refresh-interval", refresh)
    calendar.add("x-published-ttl", vDuration(REFRESH))
    return calendar.to_ical()


def invitation_file(entry: CalendarEntry, link: str) -> Attachment:
    """The meeting as a file for those who are invited through the link."""
    return Attachment("mote.ics", build_invitation(entry, link), "text/calendar; method=PUBLISH; charset=utf-8")


def cancel_file(body: bytes) -> Attachment:
    """The file that takes the meeting out of a calendar it was put in from `invitation_file`."""
    return Attachment("mote.ics", body, "text/calendar; method=CANCEL; charset=utf-8")


def request_part(registration: Registration) -> CalendarPart:
    """The booking as a part of a mail."""
    return CalendarPart(REQUEST, build_request(registration))


def cancel_part(registration: Registration) -> CalendarPart:
    """The participant's cancellation as a part of a mail."""
    return CalendarPart(CANCEL, build_cancel(registration))


def _calendar(events: Iterable[Event], method: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//LUMEN//Möten//SV")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    calendar.add_component(_swedish_zone())
    for event in events:
        calendar.add_component(event)
    return calendar


def _event(
    entry: CalendarEntry,
    *,
    stamp: datetime,
    status: str = "CONFIRMED",
    sequence: int | None = None,
    summary: str = "",
    location: str | None = None,
    description: str | None = None,
) -> Event:
    """The event of a meeting, by default with what anybody may know of it. Only CONFIRMED takes up time."""
    called_off = entry.cancelled_at is not None
    if called_off:
        # A single participant who leaves is not told that the meeting itself is off.
        status, summary = "CANCELLED", f"Inställt: {_plain(entry.title)}"
    event = Event()
    event.add("uid", entry.calendar_uid)
    event.add("sequence", entry.sequence if sequence is None else sequence)
    event.add("dtstamp", stamp.astimezone(UTC))
    event.add("last-modified", entry.changed_at.astimezone(UTC))
    _add_times(event, entry)
    event.add("summary", summary or _plain(entry.title))
    event.add("location", _plain(entry.location if location is None else location))
    if description is None:
        description = _description(entry, "Anmälan och mer om mötet" if status == "CONFIRMED" else "Mer om mötet")
    event.add("description", description)
    event.add("url", vUri(links.meeting_page(entry.meeting)))
    event.add("organizer", _organizer())
    event.add("status", status)
    event.add("transp", "OPAQUE" if status == "CONFIRMED" else "TRANSPARENT")
    event.add("class", "PUBLIC")
    return event


def _add_times(event: Event, entry: CalendarEntry) -> None:
    """Add when the meeting begins and ends: in Swedish time or, in the hour that comes twice in October, in UTC."""
    times = [moment.astimezone(SWEDISH_TIME) for moment in (entry.starts_at, entry.ends_at)]
    if any(moment.utcoffset() != moment.replace(fold=1 - moment.fold).utcoffset() for moment in times):
        times = [moment.astimezone(UTC) for moment in times]
    event.add("dtstart", times[0])
    event.add("dtend", times[1])


def _booking(entry: CalendarEntry, registration: Registration, stamp: datetime) -> Event:
    """The event as a participant has it: with their own address and the join link."""
    location, description = entry.location, _description(entry)
    if entry.join_url:
        on_site = entry.location != MeetingPage.DIGITAL_LOCATION
        location = f"{entry.location}: {entry.join_url}" if on_site else entry.join_url
        description = f"Anslut till mötet: {entry.join_url}\n\n{description}"
    event = _event(entry, stamp=stamp, sequence=registration.sequence, location=location, description=description)
    event.add("attendee", _attendee(registration.email))
    return event


def _description(entry: CalendarEntry, more: str = "Mer om mötet") -> str:
    meeting = entry.meeting
    lines = [_plain(meeting.lead, keep_lines=True)] if meeting.lead else []
    if entry.cancelled_at:
        lines = [f"Mötet är inställt. {_plain(entry.cancellation_note)}".strip()]
    return "\n\n".join([*lines, f"{more}: {links.meeting_page(meeting)}"])


def _organizer() -> vCalAddress:
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    organizer = vCalAddress(f"mailto:{address}")
    organizer.params["CN"] = name or address
    return organizer


def _attendee(address: str) -> vCalAddress:
    """The one participant. CN is the address, never a name somebody has typed."""
    attendee = vCalAddress(f"mailto:{address}")
    attendee.params["CN"] = address
    attendee.params["CUTYPE"] = "INDIVIDUAL"
    attendee.params["ROLE"] = "REQ-PARTICIPANT"
    attendee.params["PARTSTAT"] = "ACCEPTED"
    attendee.params["RSVP"] = "FALSE"
    return attendee


def _plain(text: str, *, keep_lines: bool = False) -> str:
    """Text without control characters, which calendars have no way to write, or invisible ones within words."""
    return "\n".join(map(one_line, text.splitlines())).strip() if keep_lines else one_line(text)


@cache
def _swedish_zone() -> Timezone:
    """VTIMEZONE with the rules of the European Union, in force since 1996 (directive 2000/84/EC).

    Written by hand: icalendar's own gives lists of dates (RDATE), which ical.js reads an hour wrong
    in summer and Outlook ignores.
    """
    winter, summer = timedelta(hours=1), timedelta(hours=2)
    zone = Timezone()
    zone.add("tzid", ZONE_NAME)
    for observance, name, start, before, after in (
        (TimezoneStandard(), "CET", datetime(1996, 10, 27, 3), summer, winter),
        (TimezoneDaylight(), "CEST", datetime(1996, 3, 31, 2), winter, summer),
    ):
        observance.add("tzname", name)
        observance.add("dtstart", start)
        observance.add("tzoffsetfrom", before)
        observance.add("tzoffsetto", after)
        observance.add("rrule", {"freq": "yearly", "bymonth": start.month, "byday": "-1SU"})
        zone.add_component(observance)
    return zone
