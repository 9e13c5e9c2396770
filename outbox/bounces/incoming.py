"""Takes an incoming message apart: its headers, the text of its sender, what it reports and the mail it returns."""

import base64
import email
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.errors import HeaderParseError
from email.header import Header, decode_header
from email.message import Message
from email.utils import parseaddr, parsedate_to_datetime
from typing import Any

from django.utils import timezone

# Bytes of a message that are read: a report says what it has to say before the mail that it returns.
MAX_READ = 1_000_000
NO_EARLIER_THAN = 2020  # a report with an older year has a broken date
# The headers in which mail servers write where a message was delivered.
RECEIVER_HEADERS = (
    "Delivered-To",
    "X-Original-To",
    "Envelope-To",
    "X-Envelope-To",
    "X-Delivered-To",
    "X-Rcpt-To",
    "To",
)

# Where a report in plain text begins to repeat the mail that came back.
COPY = re.compile(
    r"^(?:[-=_ ]*(?:below this line is a copy|this is a copy of (?:the|your) message|message headers? follows?"
    r"|(?:original|unsent|returned) message|the original message|header of the original|kopia av meddelandet"
    r"|ursprungliga? meddelande)"
    r"|>?[ \t]*(?:received|return-path|dkim-signature|mime-version):)",
    re.IGNORECASE | re.MULTILINE,
)
TAG = re.compile(r"<[^<>]*>")
BLANK_LINES = re.compile(rb"(?:\r?\n[ \t]*){2,}")


@dataclass(frozen=True)
class Incoming:
    """A message as it came in. What it does not say is ""."""

    message: Message
    text: str  # of its sender, the mail that it returns left out
    everything: str  # that can be read in it, returned mail and all, to look for our marks in
    blocks: list[Message] = field(default_factory=list)  # of a delivery status notification (RFC 3464), one a receiver
    feedback: Message | None = None  # of a complaint (RFC 5965)
    returned: list[Message] = field(default_factory=list)  # the mail that came back, or its headers
    calendars: list[bytes] = field(default_factory=list)

    def header(self, name: str) -> str:
        return header_text(self.message[name])

    @property
    def subject(self) -> str:
        return header_text(decoded(self.message["Subject"] or ""))

    @property
    def sender(self) -> str:
        """The address it is from, in lower case."""
        return parseaddr(self.header("From"))[1].lower()

    @property
    def report_type(self) -> str:
        return header_text(self.message.get_param("report-type")).lower()

    @property
    def receivers(self) -> str:
        """The addresses that it came to, in one text."""
        fields = [header_text(value) for name in RECEIVER_HEADERS for value in self.message.get_all(name, [])]
        return "\n".join(fields)

    @property
    def written_at(self) -> datetime | None:
        """When it was written; None when that cannot be told."""
        try:
            moment = parsedate_to_datetime(self.header("Date"))
            if timezone.is_naive(moment):
                moment = timezone.make_aware(moment)
            return moment if moment.year >= NO_EARLIER_THAN and moment < timezone.now() + timedelta(days=1) else None
        except (ValueError, TypeError, OverflowError):
            return None


def read(content: bytes) -> Incoming:
    """Take a message (RFC 5322, as bytes) apart. It may be broken in any way."""
    # The lenient policy: reports are written by all sorts of servers, and a bad header must not stop us.
    message = email.message_from_bytes(content[:MAX_READ], policy=email.policy.compat32)
    plain: list[str] = []
    marked_up: list[str] = []
    blocks: list[Message] = []
    returned: list[Message] = []
    calendars: list[bytes] = []
    feedback = None
    for part in own_parts(message):
        kind = part.get_content_type()
        if kind in ("message/delivery-status", "message/global-delivery-status"):
            blocks += messages_in(part)
        elif kind == "message/feedback-report":
            feedback = next(iter(messages_in(part)), None)
        elif kind in ("message/rfc822", "message/global", "text/rfc822-headers", "message/rfc822-headers"):
            returned += messages_in(part)[:1]
        elif kind in ("text/calendar", "application/ics") or header_text(part.get_filename()).lower().endswith(".ics"):
            calendars.append(content_of(part))
        elif kind == "text/html":
            marked_up.append(html.unescape(TAG.sub(" ", as_text(part))))
        elif part.get_content_maintype() == "text":
            plain.append(as_text(part))
    text = "\n".join(plain).strip() or "\n".join(marked_up)
    return Incoming(
        message,
        text=COPY.split(text, maxsplit=1)[0],
        everything="\n".join(_everything(message)),
        blocks=blocks,
        feedback=feedback,
        returned=returned,
        calendars=calendars,
    )


def own_parts(message: Message) -> Iterator[Message]:
    """The parts that the sender of the message wrote: what lies inside a returned mail is not among them."""
    if message.get_content_maintype() == "multipart" and message.is_multipart():
        for part in message.get_payload():
            if isinstance(part, Message):
                yield from own_parts(part)
    else:
        yield message


def content_of(part: Message) -> bytes:
    """The content of a part, decoded; b"" when the parser has taken it apart already."""
    if not part.is_multipart():
        content = part.get_payload(decode=True)
        return content if isinstance(content, bytes) else b""
    if header_text(part["Content-Transfer-Encoding"]).lower() != "base64":
        return b""
    # Forbidden, and seen: the parser has looked for headers in the encoded lines, and found none.
    inner = "".join(str(sub.get_payload()) for sub in part.get_payload() if isinstance(sub, Message))
    try:
        return base64.b64decode(inner)
    except ValueError:
        return b""


def messages_in(part: Message) -> list[Message]:
    """The messages, or the blocks of fields, that a part consists of."""
    content = content_of(part)
    if not content and part.is_multipart():
        return [sub for sub in part.get_payload() if isinstance(sub, Message)]
    blocks = BLANK_LINES.split(content.strip())
    return [email.message_from_bytes(block + b"\n\n") for block in blocks if block]


def as_text(part: Message) -> str:
    return in_charset(content_of(part), header_text(part.get_param("charset")))


def _everything(message: Message) -> Iterator[str]:
    for part in message.walk():
        yield from (header_text(value) for value in part.values())
        if not part.is_multipart():
            yield as_text(part)
        elif part.get_content_maintype() == "message" and part["Content-Transfer-Encoding"]:
            yield in_charset(content_of(part), None)


def header_text(value: Any) -> str:
    """A header's value on one line, without NUL characters, which PostgreSQL cannot store; "" when it is missing."""
    if isinstance(value, Header):
        # So the parser gives what has letters beyond ASCII and is not encoded.
        value = decoded(value)
    return " ".join(str(value).replace("\0", " ").split()) if value is not None else ""


def decoded(value: Header | str) -> str:
    """A header's value with its encoded words (RFC 2047) as text."""
    try:
        parts = decode_header(value)
    except (HeaderParseError, ValueError):
        return str(value)
    return "".join(text if isinstance(text, str) else in_charset(text, charset) for text, charset in parts)


def in_charset(content: bytes, charset: str | None) -> str:
    """The content as text: in the charset it says, else as UTF-8, else as something that every byte is a letter of."""
    for name in (charset or "utf-8", "utf-8"):
        try:
            return content.decode(name)
        except (LookupError, ValueError):
            continue
    return content.decode("latin-1")
