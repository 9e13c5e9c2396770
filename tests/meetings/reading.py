"""Reads queued mails the way a receiver's program does."""

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from icalendar import Calendar, Event

from outbox.models import OutgoingMail
from outbox.personal_links import message_to_send


def mails_to(address: str) -> list[OutgoingMail]:
    """What has been queued to the address, the oldest first."""
    return list(OutgoingMail.objects.to_address(address).order_by("pk"))


def last_mail_to(address: str) -> OutgoingMail:
    return mails_to(address)[-1]


def message_of(mail: OutgoingMail) -> EmailMessage:
    message = message_from_bytes(message_to_send(mail), policy=default)
    assert isinstance(message, EmailMessage)
    return message


def text_of(mail: OutgoingMail) -> str:
    """The plain text as the receiver reads it, with the links that are not stored."""
    text: str = message_of(mail).get_body(("plain",)).get_content()
    return text.replace("\r\n", "\n")


def everything_in(mail: OutgoingMail) -> str:
    """All text of the mail, decoded: what a receiver, or a search on their disk, can find."""
    parts = [part.get_payload(decode=True).decode() for part in message_of(mail).walk() if not part.is_multipart()]
    return "\n".join([mail.subject, *(text.replace("\r\n ", "") for text in parts)])


def unsubscribe_link(mail: OutgoingMail) -> str:
    """The address that one click in the mail program posts to (RFC 8058); "" when there is none."""
    message = message_of(mail)
    assert (message["List-Unsubscribe"] is None) == (message["List-Unsubscribe-Post"] is None)
    return str(message["List-Unsubscribe"] or "").strip(" <>")


def calendar_part(mail: OutgoingMail) -> EmailMessage | None:
    """The calendar message that the reader's program acts on."""
    parts = [part for part in message_of(mail).walk() if part.get_content_type() == "text/calendar"]
    inline = [part for part in parts if not part.is_attachment()]
    assert len(inline) <= 1
    return inline[0] if inline else None


def attached_calendar(mail: OutgoingMail) -> EmailMessage | None:
    """The file mote.ics."""
    attached = [part for part in message_of(mail).iter_attachments() if part.get_filename() == "mote.ics"]
    assert len(attached) <= 1
    return attached[0] if attached else None


def event_in(part: EmailMessage | None) -> Event:
    """The event of a calendar part, once its METHOD is known to be that of the MIME header."""
    assert part is not None
    calendar = Calendar.from_ical(part.get_payload(decode=True))
    assert part["Content-Type"].params["method"] == calendar["METHOD"]
    assert part["Content-Type"].params["charset"].lower() == "utf-8"
    [event] = calendar.walk("VEVENT")
    return event


def method_of(part: EmailMessage | None) -> str:
    assert part is not None
    return str(part["Content-Type"].params["method"])
