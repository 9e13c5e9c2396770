"""How long the mail server may take for each step, and connections that keep to it.

The numbers are those of RFC 5321, 4.5.3.2. With one number for all steps it would either be too short for the answer
after the final dot, so that a mail that was taken is sent again, or hours would pass with a server that hangs.
"""

import smtplib
import socket
import time
from dataclasses import dataclass, fields, replace
from typing import Any

from django.core.mail.backends.smtp import EmailBackend

BLOCK = 64 * 1024  # bytes of the text that are handed over at a time
END_OF_TEXT = b".\r\n"


@dataclass(frozen=True)
class Timeouts:
    """Seconds that the server may take for each step. A reply of many lines may take so long for each of them."""

    connect: float = 30
    greeting: float = 300
    hello: float = 300  # each EHLO
    log_in: float = 60  # each line of STARTTLS and AUTH
    mail: float = 300
    rcpt: float = 300
    data: float = 120
    block: float = 180  # each block of the text
    text: float = 360  # all blocks together
    after_dot: float = 600
    reset: float = 30
    quit: float = 5

    def shortened(self, most: float) -> "Timeouts":
        """The same with no step longer than `most`, but for the answer after the final dot.

        By then the server may have taken the mail, and whoever gives up early never learns it.
        """
        shorter = {field.name: min(getattr(self, field.name), most) for field in fields(self)}
        return replace(self, **{**shorter, "after_dot": self.after_dot})

    @property
    def to_open(self) -> float:
        """The longest that a connection may take to be ready, with STARTTLS, a second EHLO and AUTH of three lines."""
        return self.connect + self.greeting + 2 * self.hello + 4 * self.log_in

    @property
    def to_deliver(self) -> float:
        """The longest that one mail may take over an open connection."""
        return self.mail + self.rcpt + self.data + self.text + self.after_dot + self.reset


TIMEOUTS = Timeouts()

STEPS = {
    "ehlo": "hello",
    "helo": "hello",
    "mail": "mail",
    "rcpt": "rcpt",
    "data": "data",
    "rset": "reset",
    "quit": "quit",
}


class SteppedSmtp(smtplib.SMTP):
    """An SMTP connection with a time-out of its own for each step."""

    def __init__(self, *args: Any, timeouts: Timeouts, **options: Any) -> None:
        self.timeouts = timeouts
        self.greeted = False
        super().__init__(*args, **options)

    def wait_at_most(self, seconds: float) -> None:
        if self.sock:
            self.sock.settimeout(seconds)

    def getreply(self) -> tuple[int, bytes]:
        if not self.greeted and self.sock:  # the first reply answers no command
            self.greeted = True
            # The final dot goes on its own. Without this the system holds it back until the server has acknowledged
            # the text, commonly 40 ms.
            self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.wait_at_most(self.timeouts.greeting)
        return super().getreply()

    def putcmd(self, cmd: str, args: str = "") -> None:
        self.wait_at_most(getattr(self.timeouts, STEPS.get(cmd.lower(), "log_in")))
        super().putcmd(cmd, args)

    def send_text(self, text: bytes) -> None:
        """Send the message without its end, in blocks. Lines end with CRLF, and a leading dot is doubled."""
        text = text if text.endswith(b"\r\n") else text + b"\r\n"
        text = text.replace(b"\r\n.", b"\r\n..")
        text = b"." + text if text.startswith(b".") else text
        end = time.monotonic() + self.timeouts.text
        for start in range(0, len(text), BLOCK):
            left = end - time.monotonic()
            if left <= 0:
                raise TimeoutError
            self.wait_at_most(min(left, self.timeouts.block))
            self.send(text[start : start + BLOCK])

    def end_text(self) -> None:
        """Send the final dot. From here on the server may have taken the mail, whatever happens to the connection."""
        self.wait_at_most(self.timeouts.block)
        self.send(END_OF_TEXT)
        self.wait_at_most(self.timeouts.after_dot)


class SteppedSmtpOverTls(SteppedSmtp, smtplib.SMTP_SSL):
    """The same over TLS from the first byte."""


class SteppedBackend(EmailBackend):
    """Django's way to open a connection and log in, with a time-out for each step."""

    def __init__(self, *, timeouts: Timeouts, **options: Any) -> None:
        super().__init__(timeout=timeouts.connect, **options)
        self.timeouts = timeouts

    @property
    def connection_class(self) -> Any:
        """What `open` calls to connect."""
        return self.connect_stepwise

    def connect_stepwise(self, *args: Any, **options: Any) -> SteppedSmtp:
        kind = SteppedSmtpOverTls if self.use_ssl else SteppedSmtp
        return kind(*args, timeouts=self.timeouts, **options)
