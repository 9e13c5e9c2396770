"""Bounces: what other servers report about our mails (delivery status notifications, RFC 3464)."""

import email
import email.policy
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import Message
from email.utils import parsedate_to_datetime
from enum import StrEnum

from django.utils import timezone

from .actions import record_bounce
from .enums import MailStatus
from .models import OutgoingMail

# A report without our Message-ID is taken to be about the last mail to the address, if that is recent.
RECENT = timedelta(days=7)
NO_EARLIER_THAN = 2020  # a report with an older year has a broken date


class Verdict(StrEnum):
    """The outcome of one report about one receiver."""

    BOUNCED = "bounced"
    ALREADY = "already"  # it was noted before
    DELAYED = "delayed"  # their server still tries
    UNMATCHED = "unmatched"  # it is about no mail of ours
    IGNORED = "ignored"  # no report, or one that says nothing of a failure


@dataclass(frozen=True)
class Report:
    """What a server says about the delivery to one receiver. "" stands for what it does not say."""

    action: str  # failed, delayed, delivered, relayed or expanded
    recipient: str
    message_id: str
    diagnosis: str
    at: datetime | None


def receive(contents: Iterable[bytes]) -> Counter[Verdict]:
    """Read messages (RFC 5322, as bytes) and note the bounces among them; count what they were.

    Reading the same message again changes nothing.
    """
    counts: Counter[Verdict] = Counter()
    for content in contents:
        reports = list(read_reports(content))
        counts.update(receive_report(report) for report in reports)
        if not reports:
            counts[Verdict.IGNORED] += 1
    return counts


def receive_report(report: Report) -> Verdict:
    if report.action == "delayed":
        return Verdict.DELAYED
    if report.action != "failed":
        return Verdict.IGNORED
    mail = find_mail(report)
    if mail is None:
        return Verdict.UNMATCHED
    noted = record_bounce(mail=mail, diagnosis=report.diagnosis, at=report.at or timezone.now())
    return Verdict.BOUNCED if noted else Verdict.ALREADY


def find_mail(report: Report) -> OutgoingMail | None:
    """The mail that the report is about."""
    if report.message_id:
        return OutgoingMail.objects.filter(message_id=report.message_id).first()
    if not report.recipient:
        return None
    recent = OutgoingMail.objects.to_address(report.recipient).since((report.at or timezone.now()) - RECENT)
    return recent.filter(status__in=[MailStatus.SENT, MailStatus.BOUNCED]).order_by("-pk").first()


def read_reports(content: bytes) -> Iterator[Report]:
    """The reports in a message, one a receiver; none when it is not a delivery status notification."""
    # The lenient policy: reports are written by all sorts of servers, and a bad header must not stop us.
    message = email.message_from_bytes(content, policy=email.policy.compat32)
    for part in message.walk():
        if part.get_content_type() == "message/delivery-status" and part.is_multipart():
            # The first block is about the whole message, each of the others about one receiver.
            for block in part.get_payload():
                if isinstance(block, Message) and block["Action"]:
                    yield Report(
                        action=one_line(block["Action"]).lower(),
                        recipient=address_in(block["Original-Recipient"] or block["Final-Recipient"]),
                        message_id=returned_message_id(message),
                        diagnosis=diagnosis(block),
                        at=written_at(message),
                    )


def returned_message_id(message: Message) -> str:
    """The Message-ID of the mail that the report returns, whole or its headers only."""
    for part in message.walk():
        if part.get_content_type() == "message/rfc822" and part.is_multipart():
            returned = part.get_payload(0)
        elif part.get_content_type() == "text/rfc822-headers":
            headers = part.get_payload(decode=True)
            returned = email.message_from_bytes(headers) if isinstance(headers, bytes) else None
        else:
            continue
        if isinstance(returned, Message) and returned["Message-ID"]:
            return one_line(returned["Message-ID"])
    return ""


def diagnosis(block: Message) -> str:
    """The reason in the other server's words, such as `550 5.1.1 No such user`."""
    # A type stands before the text, such as `smtp;`.
    said = one_line(block["Diagnostic-Code"]).partition(";")[2].strip()
    status = one_line(block["Status"])
    return said if status in said else f"{status} {said}".strip()


def address_in(field: object) -> str:
    """The address in a field such as `rfc822; anna@nacka.se`."""
    line = one_line(field)
    return line.partition(";")[2].strip() or line


def written_at(message: Message) -> datetime | None:
    """When the report was written; None when that cannot be told."""
    try:
        moment = parsedate_to_datetime(one_line(message["Date"]))
    except ValueError:
        return None
    if moment.year < NO_EARLIER_THAN:
        return None
    return moment if timezone.is_aware(moment) else timezone.make_aware(moment)


def one_line(field: object) -> str:
    """A header's value on one line, without NUL characters, which PostgreSQL cannot store; "" when it is missing."""
    return " ".join(str(field).replace("\0", " ").split()) if field is not None else ""
