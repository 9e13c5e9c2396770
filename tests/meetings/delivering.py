"""Delivers what is queued to a mail server that remembers it."""

from email.message import EmailMessage

from outbox.delivery import claim_next, deliver
from outbox.mail_server import MailServer
from outbox.models import OutgoingMail

from .reading import message_of


class Peer(MailServer):
    """A mail server that takes everything."""

    def send(self, *, sender: str, recipient: str, content: bytes) -> str:
        return "250 Ok"


def deliver_all(*, at_most: int | None = None) -> list[OutgoingMail]:
    """Deliver what is due, or the first of it; return what left, in order."""
    left = []
    while at_most is None or len(left) < at_most:
        mail = claim_next(holder="test")
        if mail is None:
            break
        if deliver(mail, server=Peer()) == "sent":
            mail.refresh_from_db()
            left.append(mail)
    return left


def messages(mails: list[OutgoingMail]) -> list[EmailMessage]:
    return [message_of(mail) for mail in mails]
