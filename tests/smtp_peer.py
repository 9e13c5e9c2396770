"""A real mail server for tests: collects what it is given and can be told to misbehave."""

import asyncio
import email
import email.policy
import logging
import socket
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from outbox.mail_server import make_mail_server
from outbox.restore_guard import RestoreGuard
from outbox.worker import Worker


@dataclass(frozen=True)
class Delivered:
    """A mail that the server has answered 250 to."""

    sender: str
    recipient: str
    content: bytes

    @property
    def message(self) -> EmailMessage:
        return email.message_from_bytes(self.content, policy=email.policy.default)

    @property
    def message_id(self) -> str:
        return str(self.message["Message-ID"])


@dataclass
class SmtpServer:
    """What the tests see of the server. Set `replies` and `stalls` by address, lower case.

    A reply starting with "drop" cuts the connection instead of answering.
    """

    host: str = "127.0.0.1"
    port: int = 0
    mails: list[Delivered] = field(default_factory=list)
    replies: dict[str, str] = field(default_factory=dict)  # to RCPT
    data_replies: dict[str, str] = field(default_factory=dict)  # to the whole mail
    stalls: dict[str, float] = field(default_factory=dict)  # seconds before the last answer
    sender_reply: str = ""
    connections: int = 0
    open_connections: int = 0
    most_open_connections: int = 0
    pause: float = 0.0  # seconds before the last answer to every mail
    changed: threading.Condition = field(default_factory=threading.Condition)

    @property
    def url(self) -> str:
        """As EMAIL_URL wants it."""
        return f"smtp://{self.host}:{self.port}"

    @property
    def delivery(self) -> dict[str, object]:
        """As settings.OUTBOX_DELIVERY wants it."""
        return {
            "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "EMAIL_HOST": self.host,
            "EMAIL_PORT": self.port,
            "EMAIL_HOST_USER": None,
            "EMAIL_HOST_PASSWORD": None,
        }

    @property
    def recipients(self) -> list[str]:
        return [mail.recipient for mail in self.mails]

    def to(self, address: str) -> list[Delivered]:
        return [mail for mail in self.mails if mail.recipient == address]

    def count_by_message_id(self) -> Counter[str]:
        return Counter(mail.message_id for mail in self.mails)

    def wait_for(self, count: int, seconds: float = 60) -> None:
        """Wait until at least `count` mails have arrived."""
        with self.changed:
            if not self.changed.wait_for(lambda: len(self.mails) >= count, timeout=seconds):
                raise AssertionError(f"{len(self.mails)} mails arrived, not {count}")


class Protocol(SMTP):
    """The protocol, counting the connections that said hello."""

    greeted = False

    def connection_lost(self, error: Exception | None) -> None:
        if self.greeted:
            self.event_handler.state.open_connections -= 1
        super().connection_lost(error)


class Handler:
    def __init__(self, state: SmtpServer) -> None:
        self.state = state

    async def handle_EHLO(
        self, server: Protocol, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        if not server.greeted:
            server.greeted = True
            self.state.connections += 1
            self.state.open_connections += 1
            self.state.most_open_connections = max(self.state.most_open_connections, self.state.open_connections)
        session.host_name = hostname
        return responses

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.state.sender_reply:
            return self.state.sender_reply
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        reply = self.state.replies.get(address, "")
        if reply.startswith("drop"):
            server.transport.abort()
        if reply:
            return reply
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        recipient = envelope.rcpt_tos[0]
        if seconds := self.state.stalls.get(recipient, self.state.pause):
            await asyncio.sleep(seconds)
        if reply := self.state.data_replies.get(recipient):
            if reply.startswith("drop"):
                server.transport.abort()
            return reply
        with self.state.changed:
            self.state.mails.append(Delivered(envelope.mail_from, recipient, envelope.original_content))
            number = len(self.state.mails)
            self.state.changed.notify_all()
        return f"250 2.0.0 Ok: queued as {number}"


class Server(Controller):
    def factory(self) -> SMTP:
        return Protocol(self.handler, hostname="peer.example")


@pytest.fixture
def smtp_server() -> Iterator[SmtpServer]:
    """A mail server on a free port, for the duration of one test."""
    logging.getLogger("mail.log").setLevel(logging.WARNING)
    state = SmtpServer()
    with socket.socket() as probe:
        probe.bind((state.host, 0))
        state.port = probe.getsockname()[1]
    controller = Server(Handler(state), hostname=state.host, port=state.port)
    controller.start()
    yield state
    controller.stop()


@pytest.fixture
def deliver_outbox(smtp_server: SmtpServer, tmp_path: Path) -> Callable[[], SmtpServer]:
    """Call it to deliver what lies in the outbox to the server, which it returns."""

    def deliver() -> SmtpServer:
        guard = RestoreGuard(state_dir=tmp_path / "outbox", hold_without_mark=False)
        Worker(server=make_mail_server(smtp_server.delivery), guard=guard).drain(threading.Event())
        return smtp_server

    return deliver
