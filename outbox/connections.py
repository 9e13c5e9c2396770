"""The connections of one worker process: each delivers in a thread of its own."""

import threading
import time
from collections import Counter
from collections.abc import Callable
from datetime import datetime

import structlog
from django.conf import settings
from django.db import connections as database_connections

from .connection_slots import SLOTS
from .enums import MailStatus
from .last_word import LastWord
from .reachability import Reachability
from .worker import Worker

log = structlog.get_logger("outbox")

LOOK = 0.1  # seconds between looks whether all threads have ended
# Seconds that a mail under way has when the worker is told to end. A container is commonly killed after ten.
GRACE = 5.0
AFTER_CUT = 2.0  # seconds to write down what became of a mail whose connection was cut


class Connections:
    """Up to three workers with a connection each, which share what they know of the mail server and take turns to end
    a mail."""

    def __init__(self, make_worker: Callable[..., Worker] = Worker) -> None:
        reachability, last_word = Reachability(), LastWord()
        number = min(max(settings.OUTBOX_CONNECTIONS, 1), SLOTS)
        self.workers = [make_worker(reachability=reachability, last_word=last_word) for _ in range(number)]
        self.error: BaseException | None = None
        self.ending = threading.Event()

    @property
    def looked_at(self) -> datetime | None:
        """When one of them last looked into the queue."""
        return max(filter(None, (worker.looked_at for worker in self.workers)), default=None)

    @property
    def counts(self) -> Counter[MailStatus]:
        """How many mails have got each status."""
        return sum((worker.counts for worker in self.workers), Counter())

    def run(self, stop: threading.Event) -> None:
        """Deliver until `stop` is set. Raises what ended a thread before."""
        self._deliver(stop, lambda worker: worker.run)

    def drain(self, stop: threading.Event) -> None:
        """Deliver everything that is due, and end. Raises as `Worker.drain` does."""
        self._deliver(stop, lambda worker: worker.drain)

    def _deliver(self, stop: threading.Event, work: Callable[[Worker], Callable[[threading.Event], None]]) -> None:
        """Let each worker deliver in its thread until all have ended.

        A thread whose connection cannot even be cut (it is still being opened, or the database is away) does not keep
        the process alive.
        """
        self.error, self.ending = None, threading.Event()
        threads = [
            threading.Thread(target=self._work, args=[work(worker)], name=f"delivery {number}", daemon=True)
            for number, worker in enumerate(self.workers, start=1)
        ]
        for thread in threads:
            thread.start()
        while any(thread.is_alive() for thread in threads) and not stop.wait(LOOK):
            pass
        self.ending.set()
        join(threads, seconds=GRACE)
        late = [(worker, thread) for worker, thread in zip(self.workers, threads, strict=True) if thread.is_alive()]
        # All are told before the first is cut: none may end its mail because another has let go of the last word.
        for worker, _ in late:
            worker.server.is_cut = True
        for worker, thread in late:
            log.warning("delivery is cut off", thread=thread.name)
            worker.server.cut()
        join(threads, seconds=AFTER_CUT)
        if self.error is not None:
            raise self.error

    def _work(self, deliver: Callable[[threading.Event], None]) -> None:
        try:
            deliver(self.ending)
        except Exception as error:
            self.error = self.error or error
            self.ending.set()
        finally:
            database_connections.close_all()


def join(threads: list[threading.Thread], *, seconds: float) -> None:
    """Wait for the threads to end, so long at most."""
    until = time.monotonic() + seconds
    for thread in threads:
        thread.join(timeout=max(until - time.monotonic(), 0))
