"""Says what an incoming message is: a failure, a delay, an automatic reply, a complaint or something else."""

import re
from email.message import Message
from enum import Enum, auto

from .incoming import Incoming, header_text
from .phrases import (
    ANSWER,
    AUTO_REPLY_SUBJECT,
    AUTO_REPLY_TEXT,
    COMPLAINT_SUBJECT,
    DELAYED,
    FAILED_SUBJECT,
    FAILED_TEXT,
    GAVE_UP,
    MAIL_SYSTEM,
    STILL_TRIED,
)


class Kind(Enum):
    FAILED = auto()
    DELAYED = auto()
    COMPLAINT = auto()
    AUTO_REPLY = auto()
    OTHER = auto()


# What a report says became of the mail → its kind; the first that some receiver has counts.
ACTIONS = {"failed": Kind.FAILED, "delayed": Kind.DELAYED}
# Feedback (RFC 5965) that is no complaint about the mail: a report of forgery, and its withdrawal.
NO_COMPLAINT = {"auth-failure", "not-spam", "dmarc"}

AUTO_REPLY_HEADERS = (
    "X-Autoreply",
    "X-Autorespond",
    "X-Autoresponder",
    "X-Auto-Reply",
    "X-Vacation",
    "X-Mail-Autoreply",
)


def kind_of(incoming: Incoming, *, to_verp: bool = False) -> Kind:
    """What the message is. `to_verp` says that it came to the envelope address of a mail of ours."""
    if incoming.feedback is not None:
        about = header_text(incoming.feedback["Feedback-Type"]).lower()
        return Kind.OTHER if about in NO_COMPLAINT else Kind.COMPLAINT
    if incoming.report_type == "disposition-notification":
        return Kind.OTHER
    if actions := {action_of(block) for block in incoming.blocks} - {""}:
        return next((kind for action, kind in ACTIONS.items() if action in actions), Kind.OTHER)
    return _kind_by_words(incoming, to_verp=to_verp)


def action_of(block: Message) -> str:
    """What became of the mail to one receiver, such as `failed`; "" when the block is about the whole mail."""
    action = header_text(block["Action"]).lower().partition(" ")[0]
    if action:
        return action
    status = header_text(block["Status"])[:1]
    return {"5": "failed", "4": "delayed", "2": "delivered"}.get(status, "")


def _kind_by_words(incoming: Incoming, *, to_verp: bool) -> Kind:
    """What a message without a machine-readable part is."""
    subject, text = incoming.subject, unquoted(incoming.text)
    if COMPLAINT_SUBJECT.search(subject) and incoming.returned:
        return Kind.COMPLAINT
    is_report = is_from_mail_system(incoming) and not ANSWER.match(subject)
    if is_report and not _says_auto_reply(incoming, subject):
        if says_delay(subject, text):
            return Kind.DELAYED
        if FAILED_SUBJECT.search(subject) or FAILED_TEXT.search(text) or incoming.header("X-Failed-Recipients"):
            return Kind.FAILED
    null_sender = has_null_sender(incoming)
    if _says_auto_reply(incoming, subject) or (null_sender and AUTO_REPLY_TEXT.search(text)):
        return Kind.AUTO_REPLY
    return Kind.FAILED if to_verp and null_sender else Kind.OTHER


def says_delay(subject: str, text: str) -> bool:
    """Whether a server says that it has not delivered the mail, and goes on trying."""
    both = f"{subject}\n{text}"
    return bool(STILL_TRIED.search(both) or (DELAYED.search(both) and not GAVE_UP.search(both)))


def has_null_sender(incoming: Incoming) -> bool:
    """Whether nobody can answer it (RFC 5321, 4.5.5): so reports are sent, and some automatic replies."""
    if incoming.message["Return-Path"] is None:
        # What delivered it here did not write down who sent it.
        return bool(MAIL_SYSTEM.match(incoming.sender))
    path = incoming.header("Return-Path").strip("<> ").lower()
    return path == "" or path.partition("@")[0] == "mailer-daemon"


def is_from_mail_system(incoming: Incoming) -> bool:
    """Whether it was written by a mail server, as far as its headers tell."""
    if any(incoming.message[name] is not None for name in ("X-Failed-Recipients", "X-MS-Exchange-Message-Is-Ndr")):
        return True
    # A person may write from an address such as `administrator@`, but not without a sender.
    return incoming.report_type == "delivery-status" or has_null_sender(incoming)


def _says_auto_reply(incoming: Incoming, subject: str) -> bool:
    """Whether a person's mail program answered by itself (RFC 3834), as its headers and subject tell."""
    if any(incoming.message[name] is not None for name in AUTO_REPLY_HEADERS):
        return True
    if incoming.header("Precedence").lower() in ("auto_reply", "auto-reply"):
        return True
    from_person = not MAIL_SYSTEM.match(incoming.sender)
    if from_person and incoming.header("Auto-Submitted").lower().startswith("auto-replied"):
        return True
    return bool(AUTO_REPLY_SUBJECT.search(subject)) and not ANSWER.match(subject)


def unquoted(text: str) -> str:
    """The text without the lines that repeat another's, as mail programs mark them."""
    return "\n".join(line for line in text.splitlines() if not re.match(r"\s*>(?!>>)", line))
