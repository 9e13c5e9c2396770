"""Answers that calendars send to a meeting (METHOD:REPLY, RFC 5546). The room that has the meetings acts on them."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import icalendar
import structlog

log = structlog.get_logger("outbox")

MAX_CALENDAR = 200_000  # bytes
MAX_VALUE = 255  # characters
MOST_REPLIES = 20  # in one message


@dataclass(frozen=True, kw_only=True)
class CalendarReply:
    """One attendee's answer. All of it is what the message says: none of it is proved."""

    uid: str
    attendee: str  # the address, as the calendar writes it
    partstat: str  # ACCEPTED, DECLINED or TENTATIVE, in capitals
    sequence: int
    sender: str  # the address that the mail is from
    at: datetime | None  # when the attendee answered


# Given an answer, it says whether it was to a meeting that it knows. The same answer may come twice.
ReplyHandler = Callable[[CalendarReply], bool]


def nobody(reply: CalendarReply) -> bool:
    """Acts on no answer: they are counted as ignored."""
    return False


_handlers: list[ReplyHandler] = [nobody]


def name_reply_handler(handler: ReplyHandler) -> ReplyHandler:
    """Say who acts on answers, and return who did before. Called once, when the apps are ready."""
    previous, _handlers[:] = _handlers[0], [handler]
    return previous


def hand_over(reply: CalendarReply) -> bool:
    """Let the answer be acted on; False when it is to no meeting of ours."""
    return _handlers[0](reply)


def replies_in(calendars: Iterable[bytes], *, sender: str, received: datetime | None) -> Iterator[CalendarReply]:
    """The answers in the calendar parts of a message from `sender`; a part that is broken holds none.

    `received` is when the message was written, for a calendar that does not say when the attendee answered.
    """
    for content in calendars:
        try:
            yield from list(_replies(content, sender, received))
        # Whatever a stranger's calendar makes the library raise.
        except Exception:
            log.info("calendar part cannot be read", bytes=len(content), exc_info=True)


def _replies(content: bytes, sender: str, received: datetime | None) -> Iterator[CalendarReply]:
    if len(content) > MAX_CALENDAR:
        return
    calendar = icalendar.Calendar.from_ical(content)
    if str(calendar.get("METHOD", "")).upper() != "REPLY":
        return
    for event in calendar.walk("VEVENT")[:MOST_REPLIES]:
        # A reply has one attendee (RFC 5546, 3.2.3); some programs list the others too, after the one who answers.
        attendee = event.get("ATTENDEE")
        attendee = attendee[0] if isinstance(attendee, list) else attendee
        if attendee is None or "UID" not in event:
            continue
        stamp = event.get("DTSTAMP")
        yield CalendarReply(
            uid=_short(event["UID"]),
            attendee=re.sub("^mailto:", "", _short(attendee), flags=re.IGNORECASE),
            partstat=_short(attendee.params.get("PARTSTAT", "NEEDS-ACTION")).upper(),
            sequence=max(0, int(event.get("SEQUENCE", 0))),
            sender=_short(sender),
            at=_moment(stamp.dt) if stamp else received,
        )


def _short(value: object) -> str:
    return str(value).replace("\0", "").strip()[:MAX_VALUE]


def _moment(value: Any) -> datetime | None:
    """A time with its zone; what says no zone is meant as UTC, as DTSTAMP must be."""
    if not isinstance(value, datetime):
        return None
    return value if value.tzinfo else value.replace(tzinfo=UTC)
