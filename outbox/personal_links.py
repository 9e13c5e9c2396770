"""Puts the personal links into a mail that is about to leave; in the stored one a placeholder stands for each.

A link that needs no log-in is as good as a password. The rooms store hashes of their tokens, so the outbox must not
store the links either: neither an editor nor a copy of the database shall find one that works.
"""

import base64
import email
from collections.abc import Callable, Mapping
from email.message import EmailMessage

from django.conf import settings

from . import calendar_text
from .mail_headers import AS_STORED
from .models import OutgoingMail

UNSUBSCRIBE = "List-Unsubscribe"

# For each kind of link a function that makes it of the row's number; None when there is no such row.
LinkMaker = Callable[[int], str | None]
_makers: dict[str, LinkMaker] = {}


class LinkGone(Exception):
    """What the link leads to does not exist any more."""


def name_link_makers(makers: Mapping[str, LinkMaker]) -> None:
    """Say how the links of the rooms above are made. Called once, when the apps are ready."""
    _makers.update(makers)


def message_to_send(mail: OutgoingMail) -> bytes:
    """The stored message with its links. Raises LinkGone."""
    stored = bytes(mail.message)
    if not mail.links:
        return stored
    links = {placeholder: _made(reference) for placeholder, reference in mail.links.items()}
    message = email.message_from_bytes(stored, policy=AS_STORED)
    for part in message.walk():
        if part.get_content_disposition() == "attachment":
            _fill_calendar_file(part, links)
        elif part.get_content_maintype() == "text":
            _fill_text(part, links)
    if message[UNSUBSCRIBE]:
        message.replace_header(UNSUBSCRIBE, _filled(str(message[UNSUBSCRIBE]), links))
    if not message["Content-Language"]:  # goes with the content of a mail of one part
        message["Content-Language"] = settings.LANGUAGE_CODE
    return message.as_bytes()


def _made(reference: str) -> str:
    kind, _, pk = reference.partition(":")
    link = _makers[kind](int(pk)) if kind in _makers else None
    if link is None:
        raise LinkGone(reference)
    return link


def _fill_text(part: EmailMessage, links: Mapping[str, str]) -> None:
    text = part.get_content()
    filled = _filled(text, links)
    if filled != text:
        part.set_content(filled, subtype=part.get_content_subtype(), cte="quoted-printable")


def _fill_calendar_file(part: EmailMessage, links: Mapping[str, str]) -> None:
    """Put the links into an attached calendar file, whose content type and name stay as they are."""
    content = part.get_payload(decode=True)
    if part.get_content_type() != "text/calendar" or not isinstance(content, bytes):
        return
    filled = calendar_text.replaced(content, links)
    if filled != content:
        part.set_payload(base64.encodebytes(filled).decode("ascii").replace("\n", "\r\n"))


def _filled(text: str, links: Mapping[str, str]) -> str:
    for placeholder, link in links.items():
        text = text.replace(placeholder, link)
    return text
