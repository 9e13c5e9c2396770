"""What `bench.faults` plays with: processes of the worker and of a mail server, and a way to take the database away."""

import json
import os
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.db import connection

from outbox.models import OutgoingMail, QueueState
from tests.factories.outbox import OutgoingMailFactory

PATIENCE = 90.0  # seconds until something that should happen is taken not to


@dataclass(frozen=True)
class Taken:
    """What the mail server has taken so far."""

    ids: list[str]
    recipients: list[str]
    times: list[float]
    connections: list[float]
    most_open: int

    @property
    def twice(self) -> int:
        """How many deliveries were of a mail that it had already."""
        return len(self.ids) - len(set(self.ids))

    @property
    def has_one_id_each(self) -> bool:
        """Whether nobody got two mails that cannot be told to be the same."""
        return len(set(self.ids)) == len(set(self.recipients))


class Peer:
    """A mail server in a process of its own; see `tests.raw_peer`."""

    def __init__(self, **options: Any) -> None:
        command = [sys.executable, "-m", "tests.raw_peer", json.dumps(options)]
        self.process = subprocess.Popen(
            command, cwd=settings.BASE_DIR, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self.port = int(self._read()["port"])

    def ask(self, **change: Any) -> Taken:
        """Change the rules, if any are given, and say what has been taken."""
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(change) + "\n")
        self.process.stdin.flush()
        return Taken(**self._read())

    def _read(self) -> dict[str, Any]:
        assert self.process.stdout is not None
        answer: dict[str, Any] = json.loads(self.process.stdout.readline())
        return answer

    def wait_for(self, number: int) -> Taken:
        """Wait until so many mails have been taken, or patience ends."""
        wait_until(lambda: len(self.ask().ids) >= number)
        return self.ask()

    def end(self) -> None:
        self.process.kill()
        self.process.communicate()


def wait_until(condition: Callable[[], bool], seconds: float = PATIENCE) -> bool:
    """Wait until the condition holds; False when it does not in time."""
    end = time.monotonic() + seconds
    while not (met := condition()) and time.monotonic() < end:
        time.sleep(0.02)
    return met


class Stage:
    """An empty outbox, and the processes of one scene."""

    def __init__(self, folder: str, scene: ExitStack) -> None:
        self.folder, self.scene = folder, scene
        self.queued = 0

    def queue(self, number: int) -> list[str]:
        """Queue so many mails to receivers of their own; return the addresses."""
        first, self.queued = self.queued, self.queued + number
        addresses = [f"kontakt{n}@nacka.example" for n in range(first, self.queued)]
        OutgoingMail.objects.bulk_create(OutgoingMailFactory.build(recipient=address) for address in addresses)
        return addresses

    def peer(self, **options: Any) -> Peer:
        peer = Peer(**options)
        self.scene.callback(peer.end)
        return peer

    def worker(
        self,
        peer: Peer,
        *arguments: str,
        timeout: float = 0,
        port: int = 0,
        connections: int = 3,
        **faults: Any,
    ) -> subprocess.Popen[bytes]:
        """Start a worker. `timeout` is what EMAIL_URL says, `port` where the database is found; for `faults` see
        `bench.worker_process`."""
        environment = {
            **os.environ,
            "LUMEN_ENV": "dev",
            "LOG_LEVEL": "CRITICAL",
            "DATABASE_URL": database_url(port),
            "EMAIL_URL": f"smtp://127.0.0.1:{peer.port}" + (f"?timeout={timeout:g}" if timeout else ""),
            "STATE_DIR": self.folder,
            "OUTBOX_CONNECTIONS": str(connections),
            "FAULTS": json.dumps(faults),
        }
        process = subprocess.Popen(
            [sys.executable, "-m", "bench.worker_process", *arguments],
            cwd=settings.BASE_DIR,
            env=environment,
            stdout=subprocess.DEVNULL,
        )
        self.scene.callback(kill, process)
        return process

    def statuses(self, addresses: Sequence[str]) -> Counter[str]:
        """How many mails to the addresses have each status."""
        return Counter(OutgoingMail.objects.filter(recipient__in=addresses).values_list("status", flat=True))

    def most_tries(self, addresses: Sequence[str]) -> int:
        return max(OutgoingMail.objects.filter(recipient__in=addresses).values_list("tries", flat=True))


def kill(process: subprocess.Popen[bytes]) -> None:
    """End a process that does not expect it."""
    process.kill()
    process.wait()


@contextmanager
def stage() -> Iterator[Stage]:
    """Begin with an empty outbox on a machine that never sent; end all processes afterwards."""
    OutgoingMail.objects.all().delete()
    QueueState.objects.all().delete()
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder, ExitStack() as scene:
        yield Stage(folder, scene)


def database_url(port: int = 0) -> str:
    """The database as another process finds it; on PostgreSQL behind another port."""
    values = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{values['NAME']}"
    host = "127.0.0.1" if port else values["HOST"]
    return f"postgres://{values['USER']}:{values['PASSWORD']}@{host}:{port or values['PORT']}/{values['NAME']}"


class Proxy:
    """A way to PostgreSQL that can be closed."""

    def __init__(self) -> None:
        self.open = True
        self.sockets: list[socket.socket] = []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self.listener.getsockname()[1])
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        values = connection.settings_dict
        with suppress(OSError):
            while True:
                near, _ = self.listener.accept()
                if not self.open:
                    near.close()
                    continue
                far = socket.create_connection((values["HOST"], int(values["PORT"] or 5432)))
                self.sockets += [near, far]
                for source, target in ((near, far), (far, near)):
                    threading.Thread(target=self._carry, args=[source, target], daemon=True).start()

    def _carry(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                target.sendall(data)
        for end in (source, target):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def cut(self) -> None:
        """Break all connections and refuse new ones."""
        self.open = False
        for end in self.sockets:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
        self.sockets.clear()


@contextmanager
def database_away(proxy: Proxy | None, seconds: float) -> Iterator[None]:
    """Take the database away for a while: PostgreSQL answers nobody, SQLite lets nobody write."""
    if proxy is not None:
        proxy.cut()
        yield
        time.sleep(seconds)
        proxy.open = True
        return
    with closing(sqlite3.connect(Path(connection.settings_dict["NAME"]), timeout=20, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield
        time.sleep(seconds)
        other.execute("ROLLBACK")
