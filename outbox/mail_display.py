"""Shows a stored mail in the admin: its headers, text, HTML and attachments, unless they are hidden."""

import email
import email.policy
from dataclasses import dataclass
from email.message import EmailMessage

from django.conf import settings

from .models import OutgoingMail
from .personal_links import LinkGone, message_to_send

SHOWN_HEADERS = (
    "From",
    "To",
    "Reply-To",
    "Subject",
    "Date",
    "Message-ID",
    "List-Unsubscribe",
    "List-Unsubscribe-Post",
    "Auto-Submitted",
)


@dataclass(frozen=True)
class Part:
    """An attachment or a calendar part. `text` is "" for what is no text."""

    name: str
    content_type: str
    size: int  # bytes
    text: str


@dataclass(frozen=True)
class DisplayedMail:
    """The parts of a mail, each ready to be shown."""

    headers: list[tuple[str, str]]
    text: str
    html: str
    parts: list[Part]


def is_hidden(mail: OutgoingMail) -> bool:
    """Whether the content is wiped or must not be read: a log-in code lets the reader in as somebody else."""
    return mail.wiped or (mail.sensitive and settings.OUTBOX_HIDE_SENSITIVE)


def display(mail: OutgoingMail) -> DisplayedMail | None:
    """Take the stored message apart; None when its content is hidden or gone."""
    if is_hidden(mail):
        return None
    message = email.message_from_bytes(_shown(mail), policy=email.policy.default)
    return DisplayedMail(
        headers=[(name, str(message[name])) for name in SHOWN_HEADERS if message[name] is not None],
        text=body(message, "plain"),
        html=body(message, "html"),
        parts=[as_part(part) for part in message.walk() if is_extra(part)],
    )


def _shown(mail: OutgoingMail) -> bytes:
    """The message as stored, without personal links; where nothing is hidden, as in development, with them."""
    if settings.OUTBOX_HIDE_SENSITIVE:
        return bytes(mail.message)
    try:
        return message_to_send(mail)
    except LinkGone:
        return bytes(mail.message)


def body(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    return part.get_content() if part else ""


def is_extra(part: EmailMessage) -> bool:
    """Whether the part is an attachment or a calendar part, and not the text or its HTML."""
    if part.is_multipart():
        return False
    return part.get_content_disposition() == "attachment" or part.get_content_type() == "text/calendar"


def as_part(part: EmailMessage) -> Part:
    content = part.get_payload(decode=True)
    data = content if isinstance(content, bytes) else b""
    return Part(
        name=part.get_filename() or "Kalenderdel",
        content_type=str(part["Content-Type"]),
        size=len(data),
        text=data.decode(errors="replace") if part.get_content_maintype() == "text" else "",
    )
