"""Reads from a message that says that a mail failed: why, what class that is, and at which address."""

import re
from dataclasses import dataclass
from email.message import Message

from ..addresses import MAX_ADDRESS, comparable
from ..enums import BounceClass
from .classes import SMTP, by_meaning, by_smtp_code, classify
from .incoming import Incoming, header_text
from .kinds import action_of, unquoted

ADDRESS = r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[\w-][\w.-]{0,250}\w"
# As Exim and Postfix tell of an address that a forwarding made.
SENT_ON = re.compile(rf"({ADDRESS})[>\s]*\(?(?:generated|expanded|ultimately generated) from", re.IGNORECASE)
# An address at the beginning of a line, as most reports in plain text name the receiver that failed.
NAMED = re.compile(
    rf"^[\s>*-]{{0,20}}(?:rcpt to:|to:|recipient:|address:)?[ \t]{{0,9}}<?({ADDRESS})>?", re.IGNORECASE | re.MULTILINE
)
CODE_LINE = re.compile(rf"{SMTP.pattern}|(?<![\d.])[45]\.\d\.\d", re.MULTILINE)
# Lines after one with a code that may go on with what it says, and characters of the reason that are kept.
FOLLOWING = 2
UNCLEAR_CLASS = BounceClass.MAILBOX


@dataclass(frozen=True)
class Failure:
    """Why a mail did not arrive. `address` is the one that failed if it is not the receiver's, else ""."""

    diagnosis: str
    bounce_class: BounceClass
    address: str


def failure_of(incoming: Incoming, recipient: str) -> Failure:
    """What the message says of the mail to `recipient`."""
    block = _block_of(incoming, recipient)
    said, status = diagnosis(block), header_text(block["Status"]) if block is not None else ""
    written = refusal_in(unquoted(incoming.text))
    # The text around the refusal says less than the refusal, the subject least.
    known = by_meaning(said, status=status) or by_meaning(written) or by_meaning(incoming.text)
    known = known or by_smtp_code(said or written) or classify(incoming.subject) or UNCLEAR_CLASS
    return Failure(said or written or incoming.subject, known, _failed_address(incoming, block, recipient))


def _block_of(incoming: Incoming, recipient: str) -> Message | None:
    """The block about the receiver, of those that say that the mail failed."""
    failed = [block for block in incoming.blocks if action_of(block) == "failed"]
    own = [block for block in failed if recipient in (original_in(block), final_in(block))]
    return next(iter(own + failed), None)


def diagnosis(block: Message | None) -> str:
    """The reason in the other server's words, such as `550 5.1.1 No such user`."""
    if block is None:
        return ""
    # A type stands before the text, such as `smtp;`.
    code = header_text(block["Diagnostic-Code"])
    said = re.sub(r"^[\w-]+\s*;\s*", "", code)
    status = header_text(block["Status"])
    return said if status in said else f"{status} {said}".strip()


def refusal_in(text: str) -> str:
    """The lines of a text that hold a server's refusal; "" when none has a code."""
    lines = [line.strip() for line in text.splitlines()]
    chosen = [number for number, line in enumerate(lines) if CODE_LINE.search(line)]
    if not chosen:
        return ""
    return " ".join(line for line in lines[chosen[0] : chosen[-1] + 1 + FOLLOWING] if line)


def original_in(block: Message) -> str:
    return address_in(block["Original-Recipient"])


def final_in(block: Message) -> str:
    # The second is Sendmail's, for an address that a forwarding made.
    return address_in(block["X-Actual-Recipient"] or block["Final-Recipient"])


def address_in(field: object) -> str:
    """The address in a field such as `rfc822; anna@nacka.se`, in normal form."""
    line = header_text(field)
    return comparable((line.partition(";")[2].strip() or line).strip("<>"))


def _failed_address(incoming: Incoming, block: Message | None, recipient: str) -> str:
    """The address that failed, if it is another than the receiver's."""
    if block is not None:
        failed = [final_in(block) or original_in(block)]
    elif header := incoming.header("X-Failed-Recipients"):
        failed = [comparable(address) for address in header.split(",")]
    elif sent_on := SENT_ON.search(incoming.text):
        failed = [comparable(sent_on[1])]
    else:
        failed = [comparable(address) for address in NAMED.findall(unquoted(incoming.text))]
        if recipient in incoming.text.lower():
            return ""
    others = [address for address in failed if "@" in address]
    return "" if recipient in failed or not others else others[0][:MAX_ADDRESS]
