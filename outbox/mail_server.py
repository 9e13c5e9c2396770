"""The connection to the mail server (SMTP), and its stand-in in development, which sends nothing."""

import select
import smtplib
import socket
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from . import smtp_steps
from .smtp_steps import SteppedBackend, SteppedSmtp

SMTP_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
DUMMY_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
NOT_REALLY_SENT = "Skickades inte på riktigt: LUMEN kör utan e-postserver"

CLOSING = 421
TOO_BIG = 552


class DeliveryError(Exception):
    """Raised when the server did not take the mail; the message is what it said."""


class TemporaryFailure(DeliveryError):
    """The mail may be delivered by a later try."""


class PermanentFailure(DeliveryError):
    """The mail cannot be delivered, however often it is tried."""


class UncertainDelivery(DeliveryError):
    """The whole mail was handed over, and the connection ended before the server said whether it took it."""


class ServerUnavailable(DeliveryError):
    """No mail can be delivered now, whoever it is to."""


class ServerBusy(ServerUnavailable):
    """The server answers, but takes no mails over this connection now. It says nothing about the receiver."""


class MailServer:
    """A mail server that mails are handed to. This base sends none: in development they are read in the admin."""

    # Called when all but the end of a mail has been handed over.
    before_last_word: Callable[[], None] = staticmethod(lambda: None)
    is_cut = False  # no mail may be ended any more

    def open(self) -> None:
        """Make sure there is a connection. Raises ServerUnavailable."""

    def send(self, *, sender: str, recipient: str, content: bytes) -> str:
        """Hand over one mail; return the server's reply when it has taken responsibility.

        Raises TemporaryFailure, PermanentFailure, UncertainDelivery or ServerBusy.
        """
        return NOT_REALLY_SENT

    def is_open(self) -> bool:
        """Whether a mail can be handed over without opening a connection."""
        return True

    def cut(self) -> None:
        """Break the connection, whoever waits for an answer over it. The one method that another thread may call."""

    def close(self) -> None:
        """Close the connection, if there is one."""


class SmtpServer(MailServer):
    """One connection to the SMTP server, used for mail after mail."""

    def __init__(self, backend: SteppedBackend) -> None:
        self.backend = backend

    def open(self) -> None:
        if self.is_open():
            return
        self.drop()
        try:
            self.backend.open()
            self.smtp.ehlo_or_helo_if_needed()
        except (smtplib.SMTPException, OSError) as error:
            self.drop()
            raise ServerUnavailable(explain(error)) from error

    def is_open(self) -> bool:
        """A server that says something unasked has closed the connection, or is about to (421)."""
        sock = self.backend.connection.sock if self.backend.connection else None
        return sock is not None and not select.select([sock], [], [], 0)[0]

    def send(self, *, sender: str, recipient: str, content: bytes) -> str:
        try:
            self.begin(sender, len(content))
            self.name_receiver(recipient)
            return self.hand_over(content)
        except (smtplib.SMTPException, OSError) as error:
            self.drop()
            if self.is_cut:
                raise ServerBusy(explain(error)) from error
            raise TemporaryFailure(explain(error)) from error
        except (ServerBusy, UncertainDelivery):
            self.drop()
            raise
        except DeliveryError:
            self.reset()
            raise

    def begin(self, sender: str, size: int) -> None:
        """Send MAIL FROM. The receiver is not named yet, so a server that does not want us now means all mails."""
        try:
            code, reply = self.smtp.mail(sender, [f"SIZE={size}"] if self.smtp.has_extn("size") else [])
        except (smtplib.SMTPException, OSError) as error:
            raise ServerBusy(explain(error)) from error
        if code == 250:
            return
        if code == TOO_BIG:
            raise PermanentFailure(in_words(code, reply))
        # Above 500 a person must act. The mails wait with what the server says, and their tries end in two days.
        raise (TemporaryFailure if code >= 500 else ServerBusy)(in_words(code, reply))

    def name_receiver(self, recipient: str) -> None:
        """Send RCPT TO."""
        code, reply = self.smtp.rcpt(recipient)
        if code not in (250, 251):
            raise failure(code, reply)

    def hand_over(self, content: bytes) -> str:
        """Send DATA and the text. The server's 250 after the final dot means that it has taken responsibility."""
        code, reply = self.smtp.docmd("data")
        if code != 354:
            raise failure(code, reply)
        self.smtp.send_text(content)
        self.before_last_word()
        if self.is_cut:  # while it waited for another connection's last word
            raise smtplib.SMTPServerDisconnected("Avbruten före sista punkten")
        self.smtp.end_text()
        try:
            code, reply = self.smtp.getreply()
        except (smtplib.SMTPException, OSError) as error:
            raise UncertainDelivery(f"{explain(error)} efter att hela mejlet hade lämnats över") from error
        if 200 <= code < 300:
            return in_words(code, reply)
        if not 400 <= code < 600:
            raise UncertainDelivery(f"Svaret gick inte att tolka: {in_words(code, reply)}")
        raise failure(code, reply)

    def reset(self) -> None:
        """Make the connection fit for the next mail, or drop it."""
        try:
            if self.backend.connection and self.smtp.rset()[0] != 250:
                self.drop()
        except (smtplib.SMTPException, OSError):
            self.drop()

    def close(self) -> None:
        try:
            self.backend.close()
        except (smtplib.SMTPException, OSError):
            self.drop()

    def drop(self) -> None:
        """Close the connection without QUIT."""
        if self.backend.connection:
            self.smtp.close()
        self.backend.connection = None

    def cut(self) -> None:
        self.is_cut = True
        smtp = self.backend.connection
        if smtp is not None and smtp.sock is not None:
            with suppress(OSError):  # it has ended meanwhile
                smtp.sock.shutdown(socket.SHUT_RDWR)

    @property
    def smtp(self) -> SteppedSmtp:
        if not isinstance(self.backend.connection, SteppedSmtp):
            raise smtplib.SMTPServerDisconnected("Ingen förbindelse")
        return self.backend.connection


def failure(code: int, reply: bytes | str) -> DeliveryError:
    """The error for a refusing reply: 5xx is permanent, all else temporary (RFC 5321, 4.2.1).

    421 says of any command that the server is closing the connection (3.8), and nothing of the mail.
    """
    if code == CLOSING:
        return ServerBusy(in_words(code, reply))
    kind = PermanentFailure if 500 <= code < 600 else TemporaryFailure
    return kind(in_words(code, reply))


def in_words(code: int, reply: bytes | str) -> str:
    """The reply on one line, without characters that a database refuses (NUL)."""
    text = reply.decode(errors="replace") if isinstance(reply, bytes) else reply
    return f"{code} {' '.join(''.join(c if c.isprintable() else ' ' for c in text).split())}".strip()


def explain(error: Exception) -> str:
    """Say in one line what broke the connection."""
    if isinstance(error, smtplib.SMTPResponseException):
        return in_words(error.smtp_code, error.smtp_error)
    if isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError):
        return "Mejlservern svarade inte i tid"
    return f"Förbindelsen med mejlservern bröts ({error or type(error).__name__})"


def make_mail_server(delivery: Mapping[str, Any]) -> MailServer:
    """The mail server that EMAIL_URL asks for (`delivery` is settings.OUTBOX_DELIVERY)."""
    if delivery["EMAIL_BACKEND"] == DUMMY_BACKEND:
        return MailServer()
    if delivery["EMAIL_BACKEND"] != SMTP_BACKEND:
        raise ImproperlyConfigured("EMAIL_URL måste börja med smtp:, smtp+tls:, smtp+ssl: eller dummymail:")
    most = delivery.get("OPTIONS", {}).get("TIMEOUT")
    timeouts = smtp_steps.TIMEOUTS.shortened(most) if most else smtp_steps.TIMEOUTS
    backend = SteppedBackend(
        host=delivery["EMAIL_HOST"],
        port=delivery["EMAIL_PORT"] or None,
        # None would mean Django's own EMAIL_HOST_USER.
        username=delivery["EMAIL_HOST_USER"] or "",
        password=delivery["EMAIL_HOST_PASSWORD"] or "",
        use_tls=bool(delivery.get("EMAIL_USE_TLS")),
        use_ssl=bool(delivery.get("EMAIL_USE_SSL")),
        timeouts=timeouts,
    )
    return SmtpServer(backend)
