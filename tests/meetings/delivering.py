"""Delivers what is queued to a mail server that remembers it."""

from outbox.delivery import claim_next, deliver
from outbox.mail_server import MailServer, make_mail_server
from outbox.models import OutgoingMail
from tests.smtp_peer import SmtpServer


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


def deliver_over_smtp(server: SmtpServer, *, at_most: int | None = None) -> None:
    """Deliver what is due, or the first of it, over one connection to a real mail server."""
    connection = make_mail_server(server.delivery)
    connection.open()
    before = len(server.mails)
    while at_most is None or len(server.mails) - before < at_most:
        mail = claim_next(holder="test")
        if mail is None:
            break
        deliver(mail, server=connection)
    connection.close()
