"""Receives incoming messages: says what each is, and notes what it says of a mail of ours."""

from collections import Counter
from collections.abc import Iterable
from enum import StrEnum

import structlog
from django.utils import timezone

from ..actions import record_bounce, record_complaint, record_delay
from ..calendar_replies import hand_over, replies_in
from .failures import failure_of
from .incoming import Incoming, read
from .kinds import Kind, kind_of
from .matching import find_by_envelope, find_by_marks

log = structlog.get_logger("outbox")


class Verdict(StrEnum):
    """The outcome of one incoming message."""

    BOUNCED = "bounced"
    ALREADY = "already"  # it was noted before
    DELAYED = "delayed"  # their server still tries
    UNMATCHED = "unmatched"  # it is about no mail of ours
    IGNORED = "ignored"  # no report, or one that says nothing of a failure
    COMPLAINT = "complaint"  # the receiver says that it is spam
    AUTO_REPLY = "auto_reply"
    ANSWERED = "answered"  # a calendar's answer to a meeting
    UNREADABLE = "unreadable"


def receive(contents: Iterable[bytes]) -> Counter[Verdict]:
    """Read messages (RFC 5322, as bytes) and note the bounces among them; count what they were.

    Reading the same message again changes nothing.
    """
    return Counter(receive_one(content) for content in contents)


def receive_one(content: bytes) -> Verdict:
    """Read one message, and note what it says."""
    try:
        incoming = read(content)
    except Exception:
        log.exception("incoming message cannot be read", bytes=len(content))
        return Verdict.UNREADABLE
    if incoming.calendars and not incoming.blocks:
        replies = replies_in(incoming.calendars, sender=incoming.sender, received=incoming.written_at)
        answered = [hand_over(reply) for reply in replies]
        if answered:
            return Verdict.ANSWERED if any(answered) else Verdict.IGNORED
    return _receive_report(incoming)


def _receive_report(incoming: Incoming) -> Verdict:
    by_envelope = find_by_envelope(incoming)
    kind = kind_of(incoming, to_verp=by_envelope is not None)
    if kind is Kind.AUTO_REPLY:
        return Verdict.AUTO_REPLY
    if kind is Kind.OTHER:
        return Verdict.IGNORED
    mail = by_envelope or find_by_marks(incoming)
    if mail is None:
        return Verdict.UNMATCHED
    at = incoming.written_at or timezone.now()
    failure = failure_of(incoming, mail.recipient)
    if kind is Kind.DELAYED:
        record_delay(mail=mail, diagnosis=failure.diagnosis, at=at)
        return Verdict.DELAYED
    if kind is Kind.COMPLAINT:
        noted = record_complaint(mail=mail, at=at)
        return Verdict.COMPLAINT if noted else Verdict.ALREADY
    noted = record_bounce(
        mail=mail, diagnosis=failure.diagnosis, at=at, bounce_class=failure.bounce_class, address=failure.address
    )
    return Verdict.BOUNCED if noted else Verdict.ALREADY
