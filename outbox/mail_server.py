"""The connection to the mail server (SMTP), and its stand-in in development, which sends nothing."""

import smtplib
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.mail.backends.smtp import EmailBackend

# Seconds that the server may be silent. A lease must outlast every wait of one delivery.
SERVER_TIMEOUT = 60
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


class ServerUnavailable(DeliveryError):
    """No mail can be delivered now, whoever it is to."""


class MailServer:
    """A mail server that mails are handed to. This base sends none: in development they are read in the admin."""

    def open(self) -> None:
        """Make sure there is a connection. Raises ServerUnavailable."""

    def send(self, *, sender: str, recipient: str, content: bytes) -> str:
        """Hand over one mail; return the server's reply when it has taken responsibility.

        Raises TemporaryFailure or PermanentFailure.
        """
        return NOT_REALLY_SENT

    def close(self) -> None:
        """Close the connection, if there is one."""


class SmtpServer(MailServer):
    """One connection to the SMTP server, used for mail after mail."""

    def __init__(self, backend: EmailBackend) -> None:
        self.backend = backend
        self.used = False  # whether this connection has carried a mail

    def open(self) -> None:
        if self.backend.connection:
            return
        self.used = False
        try:
            self.backend.open()
            self.smtp.ehlo_or_helo_if_needed()
        except (smtplib.SMTPException, OSError) as error:
            self.drop()
            raise ServerUnavailable(explain(error)) from error

    def send(self, *, sender: str, recipient: str, content: bytes) -> str:
        try:
            self.begin(sender, len(content))
            self.name_receiver(recipient)
            return self.hand_over(content)
        except (smtplib.SMTPException, OSError) as error:
            self.drop()
            raise TemporaryFailure(explain(error)) from error
        except DeliveryError:
            self.reset()
            raise

    def begin(self, sender: str, size: int) -> None:
        """Send MAIL FROM. If the server has closed a used connection, a new one is opened."""
        try:
            code, reply = self.mail(sender, size)
        except (smtplib.SMTPServerDisconnected, OSError):
            if not self.used:
                raise
            code, reply = CLOSING, b""
        if code == CLOSING and self.used:
            self.drop()
            self.open()
            code, reply = self.mail(sender, size)
        if code == TOO_BIG:
            raise PermanentFailure(in_words(code, reply))
        if code != 250:
            # The server refuses the sender, which says nothing about this receiver's address.
            raise TemporaryFailure(in_words(code, reply))

    def mail(self, sender: str, size: int) -> tuple[int, bytes]:
        return self.smtp.mail(sender, [f"SIZE={size}"] if self.smtp.has_extn("size") else [])

    def name_receiver(self, recipient: str) -> None:
        """Send RCPT TO."""
        code, reply = self.smtp.rcpt(recipient)
        if code not in (250, 251):
            raise failure(code, reply)

    def hand_over(self, content: bytes) -> str:
        """Send DATA. The server's 250 at the end means that it has taken responsibility."""
        try:
            code, reply = self.smtp.data(content)
        except smtplib.SMTPDataError as error:  # the command was refused, before the content
            raise failure(error.smtp_code, error.smtp_error) from error
        if code != 250:
            raise failure(code, reply)
        self.used = True
        return in_words(code, reply)

    def reset(self) -> None:
        """Make the connection fit for the next mail, or drop it."""
        try:
            self.used = True
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

    @property
    def smtp(self) -> smtplib.SMTP:
        if self.backend.connection is None:
            raise smtplib.SMTPServerDisconnected("Ingen förbindelse")
        return self.backend.connection


def failure(code: int, reply: bytes | str) -> DeliveryError:
    """The error for a refusing reply: 5xx is permanent, all else temporary (RFC 5321, 4.2.1)."""
    kind = PermanentFailure if 500 <= code < 600 else TemporaryFailure
    return kind(in_words(code, reply))


def in_words(code: int, reply: bytes | str) -> str:
    text = reply.decode(errors="replace") if isinstance(reply, bytes) else reply
    return f"{code} {' '.join(text.split())}".strip()


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
    backend = EmailBackend(
        host=delivery["EMAIL_HOST"],
        port=delivery["EMAIL_PORT"] or None,
        # None would mean Django's own EMAIL_HOST_USER.
        username=delivery["EMAIL_HOST_USER"] or "",
        password=delivery["EMAIL_HOST_PASSWORD"] or "",
        use_tls=bool(delivery.get("EMAIL_USE_TLS")),
        use_ssl=bool(delivery.get("EMAIL_USE_SSL")),
        timeout=min(delivery.get("OPTIONS", {}).get("TIMEOUT", SERVER_TIMEOUT), SERVER_TIMEOUT),
    )
    return SmtpServer(backend)
