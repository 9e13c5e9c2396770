"""A mail server of a few lines that misbehaves at any step. Also a process of its own: `python -m tests.raw_peer`.

A rule is what it does at one step, such as `{"rcpt": "421 4.3.2 Closing"}`. A step is one of `connect`, `ehlo`, `mail`,
`rcpt`, `data` and `dot`. What it does is a reply, or one of

- `hang`: says nothing more until the connection ends,
- `drop`: cuts the connection,
- `take`: takes the mail and cuts the connection before it says so (after the dot only),
- `slow N`: answers as usual after N seconds.

It takes a mail even if the client has gone away after the final dot, as real servers do.
"""

import json
import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

USUAL = {
    "connect": "220 peer.example ESMTP",
    "ehlo": "250 peer.example",
    "mail": "250 2.1.0 Ok",
    "rcpt": "250 2.1.5 Ok",
    "data": "354 End data with <CR><LF>.<CR><LF>",
    "dot": "250 2.0.0 Ok: queued",
}


class Gone(Exception):
    """The connection is over."""


@dataclass
class RawPeer:
    """What happens at each step, and what was taken. `rules` may be changed while it runs."""

    rules: dict[str, str] = field(default_factory=dict)
    step_seconds: float = 0.0  # before each answer
    message_ids: list[str] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    # When each mail was taken and each connection made, on the monotonic clock of the machine.
    times: list[float] = field(default_factory=list)
    connections: list[float] = field(default_factory=list)
    sockets: set[socket.socket] = field(default_factory=set)
    most_open: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)
    port: int = 0
    texts: int = 0  # begun, taken or not

    @property
    def delivery(self) -> dict[str, object]:
        """As settings.OUTBOX_DELIVERY wants it."""
        return {
            "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "EMAIL_HOST": "127.0.0.1",
            "EMAIL_PORT": self.port,
            "EMAIL_HOST_USER": None,
            "EMAIL_HOST_PASSWORD": None,
        }

    def serve(self, listener: socket.socket) -> None:
        """Take connections until the listener is closed."""
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            self.connections.append(time.monotonic())
            threading.Thread(target=self.talk, args=[connection], daemon=True).start()

    def talk(self, connection: socket.socket) -> None:
        """Serve one connection, and count it as long as it is open."""
        with self.lock:
            self.sockets.add(connection)
            self.most_open = max(self.most_open, len(self.sockets))
        try:
            self.converse(connection)
        finally:
            with self.lock:
                self.sockets.discard(connection)

    def converse(self, connection: socket.socket) -> None:
        """Answer command after command."""
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        with connection, connection.makefile("rb") as lines:
            try:
                self.answer(connection, "connect")
                recipient = ""
                while line := lines.readline():
                    command = line.split()[0].decode().lower() if line.split() else ""
                    if command == "quit":
                        return
                    if command == "rcpt":
                        recipient = line.decode().partition("<")[2].partition(">")[0]
                    if command in ("rset", "noop"):
                        connection.sendall(b"250 Ok\r\n")
                        continue
                    if self.answer(connection, command).startswith("354"):
                        self.take_text(connection, lines, recipient)
            except (Gone, OSError):
                return

    def take_text(self, connection: socket.socket, lines: object, recipient: str) -> None:
        """Read the message, and take it if the answer after the dot is to be 250."""
        message_id = ""
        with self.lock:
            self.texts += 1
        while (line := lines.readline()) != b".\r\n":
            if not line:
                raise Gone
            if line.lower().startswith(b"message-id:"):
                message_id = line.partition(b":")[2].strip().decode()
        rule = self.rules.get("dot", "")
        if rule in ("", "take") or rule.startswith("slow"):
            with self.lock:
                self.message_ids.append(message_id)
                self.recipients.append(recipient)
                self.times.append(time.monotonic())
        self.answer(connection, "dot")

    def hang_up(self) -> None:
        """End all connections."""
        with self.lock:
            for connection in self.sockets:
                with suppress(OSError):  # it has ended meanwhile
                    connection.shutdown(socket.SHUT_RDWR)

    def answer(self, connection: socket.socket, step: str) -> str:
        """Do what the rule says of the step; return the reply that was given."""
        if self.step_seconds and step != "connect":
            time.sleep(self.step_seconds)
        rule = self.rules.get(step, "")
        if rule == "hang":
            while connection.recv(1024):
                pass
            raise Gone
        if rule in ("drop", "take"):
            raise Gone
        if rule.startswith("slow"):
            time.sleep(float(rule.split()[1]))
            rule = ""
        reply = rule or USUAL.get(step, "500 What?")
        connection.sendall(f"{reply}\r\n".encode())
        if reply.startswith("421"):
            raise Gone
        return reply


@contextmanager
def raw_peer(port: int = 0, **options: object) -> Iterator[RawPeer]:
    """A peer in threads of this process."""
    peer = RawPeer(**options)
    with socket.create_server(("127.0.0.1", port)) as listener:
        peer.port = listener.getsockname()[1]
        threading.Thread(target=peer.serve, args=[listener], daemon=True).start()
        yield peer
        listener.shutdown(socket.SHUT_RDWR)
        peer.hang_up()


def tell(facts: dict[str, object]) -> None:
    sys.stdout.write(f"{json.dumps(facts)}\n")
    sys.stdout.flush()


def main() -> None:
    """Serve until standard input ends.

    Each line there is JSON, such as new `rules` or `hang_up`, and is answered with what has been taken so far.
    """
    options = json.loads(sys.argv[1]) if len(sys.argv) > 1 else {}
    with raw_peer(**options) as peer:
        tell({"port": peer.port})
        for line in sys.stdin:
            asked = json.loads(line)
            if "rules" in asked:
                peer.rules = asked["rules"]
            if asked.get("hang_up"):
                peer.hang_up()
            with peer.lock:
                told = {
                    "ids": peer.message_ids,
                    "recipients": peer.recipients,
                    "times": peer.times,
                    "connections": peer.connections,
                    "most_open": peer.most_open,
                }
            tell(told)


if __name__ == "__main__":
    main()
