"""Finds the mail of ours that an incoming message is about. Without one of our marks it is about none."""

import re

from ..composition import sender_domain
from ..models import OutgoingMail
from ..verp import find_by_envelope_address
from .incoming import Incoming, header_text

IN_BRACKETS = re.compile(r"<([^<>\s@]{1,200}@[^<>\s@]{1,200})>")
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)
# A break within a Message-ID, with the quoting marks of the next line.
BREAK = re.compile(r"=?\r?\n[>\s]*")
# Message-IDs of one message that are looked up.
MOST_TRIED = 300


def find_by_envelope(incoming: Incoming) -> OutgoingMail | None:
    """The mail to whose envelope address (VERP) the message was sent."""
    return find_by_envelope_address(incoming.receivers)


def find_by_marks(incoming: Incoming) -> OutgoingMail | None:
    """The mail whose envelope address or Message-ID stands somewhere in the message."""
    return find_by_envelope_address(incoming.everything) or _find_by_message_id(incoming)


def _find_by_message_id(incoming: Incoming) -> OutgoingMail | None:
    # What is said to have come back first, then all the rest in its order.
    ids = [header_text(returned["Message-ID"]) for returned in incoming.returned] + message_ids(incoming.everything)
    wanted = [message_id for message_id in dict.fromkeys(ids) if message_id][:MOST_TRIED]
    mails = OutgoingMail.objects.filter(message_id__in=wanted).defer("message", "text")
    return min(mails, key=lambda mail: wanted.index(mail.message_id), default=None)


def message_ids(text: str) -> list[str]:
    """What may be Message-IDs of ours in the text: whole, broken over two lines, or without their brackets."""
    joined = BREAK.sub("", text)
    found = [f"<{inside}>" for inside in IN_BRACKETS.findall(text) + IN_BRACKETS.findall(joined)]
    ours = sender_domain()
    return found + [f"<{uuid.lower()}@{ours}>" for uuid in UUID.findall(text) + UUID.findall(joined)]
