"""Composes mails: from subject, texts and parts to an RFC 5322 message."""

import email
import hashlib
import re
import uuid
from datetime import datetime
from email.headerregistry import Address as HeaderAddress
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr

from django.conf import settings
from django.utils import timezone

from .addresses import Address, AddressError, normalise, without_name
from .mail_headers import AS_STORED, POLICY
from .mails import Attachment, Mail
from .models import OutgoingMail
from .plain_text import clean_subject
from .rendering import rendered

MAX_URL = 900  # characters; a header's line may be 998 (RFC 5322)
CONTENT_TYPE = re.compile(r"[\w.+-]+/[\w.+-]+(; *[\w-]+=(\"[^\"\\\r\n]*\"|[\w.+-]+))*", re.ASCII)


class CompositionError(ValueError):
    """The mail cannot be written as asked; the message says why, in Swedish."""


def stream_of(stream: str, recipient: Address) -> str:
    """The name of one receiver's part of a stream, as stored in the row; "" is no stream."""
    return f"{stream}:{hashlib.blake2b(recipient.encode(), digest_size=16).hexdigest()}" if stream else ""


def sender_address() -> str:
    """The envelope's sender, to which bounces go: the address of DEFAULT_FROM_EMAIL unless another is set."""
    return settings.OUTBOX_BOUNCE_ADDRESS or parseaddr(settings.DEFAULT_FROM_EMAIL)[1]


def sender_domain() -> str:
    """The domain of DEFAULT_FROM_EMAIL, in which the Message-IDs are made."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]


def compose(mail: Mail, *, now: datetime | None = None) -> OutgoingMail:
    """Write the mail as a row (not saved). Its message, Message-ID and Date never change after this.

    `now` is the time by the clock of the queue, from which the mail may leave.

    Raises CompositionError when the address, an attachment's type or the unsubscribe link is wrong.
    """
    try:
        recipient = normalise(without_name(mail.to))
    except AddressError as error:
        raise CompositionError(f"Adressen {mail.to!r} går inte att skicka till.") from error
    mail = rendered(mail).without_links()
    subject = clean_subject(mail.subject)
    message = EmailMessage(policy=POLICY)
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    message_id = f"<{uuid.uuid4()}@{sender_domain()}>"
    message["From"] = HeaderAddress(name, addr_spec=address)
    message["To"] = recipient
    message["Reply-To"] = mail.reply_to or settings.REPLY_TO_EMAIL
    message["Subject"] = subject
    message["Date"] = format_datetime(timezone.localtime())
    message["Message-ID"] = message_id
    # Keeps out-of-office replies and vacation programs quiet (RFC 3834; the second is Exchange's).
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    if mail.unsubscribe_url:
        add_unsubscribe(message, mail.unsubscribe_url)
    add_body(message, mail)
    for attachment in mail.attachments:
        add_attachment(message, attachment, clean_subject(attachment.name))
    message["Content-Language"] = settings.LANGUAGE_CODE
    return OutgoingMail(
        recipient=recipient,
        subject=subject,
        text=mail.text,
        links={link.placeholder: f"{link.kind}:{link.pk}" for link in mail.personal_links} or None,
        condition=dict(mail.condition) if mail.condition else None,
        message=message.as_bytes(),
        message_id=message_id,
        stream=stream_of(mail.stream, recipient),
        batch=mail.batch,
        category=mail.category,
        urgent=mail.urgent,
        sensitive=mail.sensitive,
        due_at=mail.not_before or now or timezone.now(),
    )


def readdress(mail: OutgoingMail, address: str) -> None:
    """Give a stored mail another receiver (not saved): the address that the receiver has now."""
    recipient = normalise(address)
    message = email.message_from_bytes(bytes(mail.message), policy=AS_STORED)
    message.replace_header("To", recipient)
    mail.message, mail.recipient = message.as_bytes(), recipient
    mail.stream = stream_of(mail.stream.rpartition(":")[0], recipient)


def add_unsubscribe(message: EmailMessage, url: str) -> None:
    """Add one-click unsubscribe (RFC 8058), in the header only: a link in the body could be used by
    whoever the mail is forwarded to."""
    usable = url.startswith(("https://", "http://")) and url.isascii() and len(url) <= MAX_URL
    if not usable or any(c in url for c in "<> \t\r\n"):
        raise CompositionError(f"Avregistreringslänken {url!r} är ingen webbadress.")
    message["List-Unsubscribe"] = f"<{url}>"
    message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"


def add_body(message: EmailMessage, mail: Mail) -> None:
    """Add the same content in up to three forms, the plainest first: text, HTML, calendar."""
    message.set_content(mail.text.rstrip() + "\n", cte="quoted-printable")
    if mail.html:
        message.add_alternative(mail.html, subtype="html", cte="quoted-printable")
    if mail.calendar:
        method = mail.calendar.method
        if not method.isalpha():
            raise CompositionError(f"Kalendermetoden {method!r} finns inte.")
        body = mail.calendar.body.decode()
        message.add_alternative(body, subtype="calendar", params={"method": method}, cte="base64")


def add_attachment(message: EmailMessage, attachment: Attachment, filename: str) -> None:
    """Attach the bytes untouched, with the type and its parameters as given."""
    if not CONTENT_TYPE.fullmatch(attachment.content_type):
        raise CompositionError(f"Filtypen {attachment.content_type!r} går inte att tolka.")
    message.add_attachment(attachment.content, maintype="application", subtype="octet-stream", filename=filename)
    list(message.iter_parts())[-1].replace_header("Content-Type", attachment.content_type)
