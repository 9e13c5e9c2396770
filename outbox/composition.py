"""How a mail is put together: from subject, texts and parts to an RFC 5322 message."""

import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.encoding import punycode

from .mail_headers import POLICY

MAX_SUBJECT = 250  # characters
MAX_URL = 900  # characters; a header's line may be 998 (RFC 5322)


CONTENT_TYPE = re.compile(r"[\w.+-]+/[\w.+-]+(; *[\w-]+=(\"[^\"\\\r\n]*\"|[\w.+-]+))*", re.ASCII)


class CompositionError(ValueError):
    """The mail cannot be written as asked; the message says why, in Swedish."""


@dataclass(frozen=True)
class Attachment:
    """A file that goes with the mail. `content_type` may carry parameters, such as
    `text/calendar; method=PUBLISH; charset=utf-8`."""

    name: str
    content: bytes
    content_type: str = "application/octet-stream"


@dataclass(frozen=True)
class CalendarPart:
    """A calendar message (RFC 6047) that the reader's program acts on.

    `method` must be the METHOD of `body` (UTF-8), or Outlook refuses the part.
    """

    method: str
    body: bytes


@dataclass(frozen=True)
class ComposedMail:
    """What a row of the outbox needs to know about a message."""

    recipient: str
    subject: str
    message_id: str
    content: bytes


def clean_address(address: str) -> str:
    """Return the bare address of `address` (a display name is dropped), lower case, with an ASCII domain.

    Raises CompositionError for anything that is not exactly one address.
    """
    fault = f"Adressen {address!r} går inte att skicka till."
    if any(character in address for character in "\r\n\0"):
        raise CompositionError(fault)
    bare = parseaddr(address)[1] if "<" in address else address.strip()
    try:
        validate_email(bare)
        local, _, domain = bare.rpartition("@")
        return f"{local}@{punycode(domain)}".lower()
    except (ValidationError, UnicodeError) as error:
        raise CompositionError(fault) from error


def clean_subject(subject: str) -> str:
    """Return the subject on one line: a line break in it must never become a header of its own."""
    line = " ".join("".join(c if c.isprintable() else " " for c in subject).split())
    return line if len(line) <= MAX_SUBJECT else line[: MAX_SUBJECT - 1].rstrip() + "…"


def sender_address() -> str:
    """The envelope's sender, to which bounces go: the address of DEFAULT_FROM_EMAIL unless another is set."""
    return settings.OUTBOX_BOUNCE_ADDRESS or parseaddr(settings.DEFAULT_FROM_EMAIL)[1]


def compose(
    *,
    to: str,
    subject: str,
    text: str,
    html: str = "",
    attachments: Sequence[Attachment] = (),
    calendar: CalendarPart | None = None,
    unsubscribe_url: str = "",
) -> ComposedMail:
    """Write the message once and for all; its Message-ID and Date never change after this.

    Raises CompositionError when the address, an attachment's type or the unsubscribe link is wrong.
    """
    recipient = clean_address(to)
    subject = clean_subject(subject)
    message = EmailMessage(policy=POLICY)
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    message_id = f"<{uuid.uuid4()}@{address.rpartition('@')[2]}>"
    message["From"] = Address(name, addr_spec=address)
    message["To"] = recipient
    message["Reply-To"] = settings.REPLY_TO_EMAIL
    message["Subject"] = subject
    message["Date"] = format_datetime(timezone.localtime())
    message["Message-ID"] = message_id
    # Keeps out-of-office replies and vacation programs quiet (RFC 3834; the second is Exchange's).
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    if unsubscribe_url:
        add_unsubscribe(message, unsubscribe_url)
    add_body(message, text=text, html=html, calendar=calendar)
    for attachment in attachments:
        add_attachment(message, attachment)
    message["Content-Language"] = settings.LANGUAGE_CODE
    return ComposedMail(recipient, subject, message_id, message.as_bytes())


def add_unsubscribe(message: EmailMessage, url: str) -> None:
    """One-click unsubscribe (RFC 8058), in the header only: a link in the body would act for
    whoever the mail is forwarded to."""
    usable = url.startswith(("https://", "http://")) and url.isascii() and len(url) <= MAX_URL
    if not usable or any(c in url for c in "<> \t\r\n"):
        raise CompositionError(f"Avregistreringslänken {url!r} är ingen webbadress.")
    message["List-Unsubscribe"] = f"<{url}>"
    message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"


def add_body(message: EmailMessage, *, text: str, html: str, calendar: CalendarPart | None) -> None:
    """The same content in up to three forms, the plainest first: text, HTML, calendar."""
    message.set_content(text.rstrip() + "\n", cte="quoted-printable")
    if html:
        message.add_alternative(html, subtype="html", cte="quoted-printable")
    if calendar:
        if not calendar.method.isalpha():
            raise CompositionError(f"Kalendermetoden {calendar.method!r} finns inte.")
        message.add_alternative(
            calendar.body.decode(), subtype="calendar", params={"method": calendar.method}, cte="base64"
        )


def add_attachment(message: EmailMessage, attachment: Attachment) -> None:
    """Attach the bytes untouched, with the type and its parameters as given."""
    if not CONTENT_TYPE.fullmatch(attachment.content_type):
        raise CompositionError(f"Filtypen {attachment.content_type!r} går inte att tolka.")
    message.add_attachment(
        attachment.content, maintype="application", subtype="octet-stream", filename=clean_subject(attachment.name)
    )
    list(message.iter_parts())[-1].replace_header("Content-Type", attachment.content_type)
