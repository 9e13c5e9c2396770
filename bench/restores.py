"""Restores: databases that are put back in time, and what the queue does then.

`python -m bench.restores` plays every row of `ROWS` on the configured database, with real copies, and prints whether
anybody got a mail twice and why the queue was held. `play_all` is for whoever prints it among other things.
"""

import email
import os
import shutil
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

if __name__ == "__main__":
    os.environ.setdefault("LUMEN_ENV", "test")
    os.environ.setdefault("LOG_LEVEL", "CRITICAL")
    import django

    from lumen.settings import select_environment

    select_environment()
    django.setup()

from django.db import connection
from django.utils import timezone

from outbox.actions import queue_all, release_queue
from outbox.mail_server import MailServer
from outbox.mails import Mail
from outbox.models import MailEvent, OutgoingMail, QueueState
from outbox.restore_guard import RestoreGuard
from outbox.worker import QueueHeld, Step, Worker

MAILS = 8
EARLY = 3  # of these are delivered before the backup


class Peer(MailServer):
    """Takes every mail and counts how often it got each."""

    def __init__(self) -> None:
        self.got: Counter[str] = Counter()

    def send(self, *, sender: str, recipient: str, content: bytes) -> str:
        self.got[str(email.message_from_bytes(content)["Message-ID"])] += 1
        return "250 Ok"


@dataclass
class Stage:
    """Machines with their disks, the database that they share, and copies of it."""

    folder: Path
    peer: Peer = field(default_factory=Peer)
    reasons: list[str] = field(default_factory=list)  # why the queue was held, in turn
    place: str = "first"  # of the database's file
    copies: int = 0

    def queue(self, number: int = MAILS) -> None:
        mails = queue_all(Mail(to=f"kontakt{n}@nacka.example", subject="Inbjudan", text="Hej") for n in range(number))
        # Also a machine whose clock is behind finds them due.
        OutgoingMail.objects.filter(pk__in=[mail.pk for mail in mails]).update(
            due_at=timezone.now() - timedelta(days=2)
        )

    def disk(self, machine: str) -> Path:
        """Where the machine's mark lies: beside the file of SQLite, whoever sends from it."""
        return self.folder / (self.place if connection.vendor == "sqlite" else machine)

    def work(self, machine: str = "A", *, at_most: int | None = None) -> None:
        """Let a worker of the machine deliver, all or some, until it ends or the queue is held."""
        guard = RestoreGuard(state_dir=self.disk(machine), hold_without_mark=True)
        worker = Worker(server=self.peer, guard=guard)
        try:
            worker.take_over_from_the_dead()
            while at_most is None or sum(worker.counts.values()) < at_most:
                if worker.step() is not Step.WORKED:
                    break
        except QueueHeld as held:
            if not self.reasons or self.reasons[-1] != str(held):
                self.reasons.append(str(held))
        finally:
            worker.disconnect()

    def copy(self) -> str:
        """Take a backup, and give its name."""
        self.copies += 1
        name = _name_of_copy(self.folder, self.copies)
        _copy(_database(), name)
        return name

    def restore(self, copy: str, *, elsewhere: bool = False) -> None:
        """Put the backup in the database's place, or on a new machine with new disks."""
        _copy(copy, _database())
        self.place = "second" if elsewhere else self.place

    def lose_disk(self, machine: str = "A") -> None:
        shutil.rmtree(self.disk(machine))

    @property
    def twice(self) -> int:
        return sum(times - 1 for times in self.peer.got.values())


def _database() -> str:
    return str(connection.settings_dict["NAME"])


def _name_of_copy(folder: Path, number: int) -> str:
    return str(folder / f"copy{number}") if connection.vendor == "sqlite" else f"{_database()}_copy{number}"


def _copy(source: str, target: str) -> None:
    """Make one database a copy of the other."""
    connection.close()
    if connection.vendor == "sqlite":
        for end in ("-wal", "-shm"):
            Path(target + end).unlink(missing_ok=True)
        # The last connection has emptied the log into the file.
        shutil.copyfile(source, target)
        return
    source, target = connection.ops.quote_name(source), connection.ops.quote_name(target)
    with _maintenance() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {target} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE {target} TEMPLATE {source}")


@contextmanager
def _maintenance() -> Iterator[Any]:
    """A cursor on PostgreSQL's own database."""
    import psycopg

    names = ("host", "port", "user", "password")
    parameters = {name: connection.get_connection_params().get(name) for name in names}
    with psycopg.connect(**parameters, dbname="postgres", autocommit=True) as own:
        yield own.cursor()


@contextmanager
def clock(by: timedelta) -> Iterator[None]:
    """Let the clock of the machine be wrong."""
    right = timezone.now
    with patch("django.utils.timezone.now", lambda: right() + by):
        yield


# --- The rows ----------------------------------------------------------------------------------


def begin(stage: Stage, *machines: str) -> None:
    """A new installation whose workers were started before anything was written."""
    for machine in machines or ("A",):
        stage.work(machine)
    stage.queue()


def backup_halfway(stage: Stage) -> str:
    """A backup taken in the middle of a mail-out, which then went on to its end."""
    begin(stage)
    stage.work(at_most=EARLY)
    backup = stage.copy()
    stage.work()
    return backup


def same_machine(stage: Stage) -> None:
    stage.restore(backup_halfway(stage))
    stage.work()


def new_machine(stage: Stage) -> None:
    stage.restore(backup_halfway(stage), elsewhere=True)
    stage.work("C")


def state_lost(stage: Stage) -> None:
    stage.restore(backup_halfway(stage))
    stage.lose_disk()
    stage.work()


def nothing_delivered(stage: Stage) -> None:
    begin(stage)
    backup = stage.copy()
    stage.work()
    stage.restore(backup)
    stage.work()


def nothing_delivered_new_machine(stage: Stage) -> None:
    begin(stage)
    backup = stage.copy()
    stage.work()
    stage.restore(backup, elsewhere=True)
    stage.work("C")


def before_the_first_start(stage: Stage) -> None:
    stage.queue()
    backup = stage.copy()
    stage.work()
    release_queue(by=None)  # the first start with mails waiting
    stage.work()
    assert sum(stage.peer.got.values()) == MAILS
    stage.reasons.clear()
    stage.restore(backup)
    stage.work()


def other_machine_sent_last(stage: Stage) -> None:
    begin(stage, "A", "B")
    stage.work("A", at_most=EARLY)
    backup = stage.copy()
    stage.work("B")
    stage.restore(backup)
    stage.work("A")


def other_machine_sent_both_before_and_after(stage: Stage) -> None:
    begin(stage, "A", "B")
    stage.work("B", at_most=EARLY)
    backup = stage.copy()
    stage.work("B")
    stage.restore(backup)
    stage.work("A")
    stage.work("B")


def _skewed(stage: Stage, by: timedelta) -> None:
    """Restored and released where the clock is right, then restored once more where it is wrong."""
    with clock(by):
        same_machine(stage)
        OutgoingMail.objects.pending().delete()  # what the operator knows has gone
        release_queue(by=None)
        stage.work()
    stage.queue(1)
    backup = stage.copy()
    stage.work()
    with clock(-by):
        stage.restore(backup)
        stage.work()


def clock_ahead(stage: Stage) -> None:
    _skewed(stage, timedelta(minutes=10))


def clock_behind(stage: Stage) -> None:
    _skewed(stage, -timedelta(minutes=10))


def restored_twice(stage: Stage) -> None:
    backup = backup_halfway(stage)
    for _ in range(2):
        stage.restore(backup)
        stage.work()
        OutgoingMail.objects.pending().delete()
        release_queue(by=None)
        stage.queue(1)
        stage.work()
    assert sum(stage.peer.got.values()) == MAILS + 2  # after each release the new mail went


def new_mails_afterwards(stage: Stage) -> None:
    stage.restore(backup_halfway(stage))
    stage.queue(2)
    stage.work()


def new_mails_where_none_waited(stage: Stage) -> None:
    """A new machine; the backup has nothing that could go twice, so the new mails may go."""
    begin(stage)
    stage.work()
    backup = stage.copy()
    stage.restore(backup, elsewhere=True)
    stage.work("C")
    stage.queue(2)
    stage.work("C")
    assert sum(stage.peer.got.values()) == MAILS + 2


def rows_put_back(stage: Stage) -> None:
    """The same database with only its rows put back, as a dump of data alone does."""
    begin(stage)
    stage.work(at_most=EARLY)
    tables = (OutgoingMail, MailEvent, QueueState)
    kept = [(model, list(model.objects.all())) for model in tables]
    stage.work()
    for model in reversed(tables):
        model.objects.all().delete()
    for model, rows in kept:
        model.objects.bulk_create(rows)
    stage.work()


# In ordinary operation nothing is held.


def killed_and_started_again(stage: Stage) -> None:
    begin(stage)
    for _ in range(MAILS):
        stage.work(at_most=1)


def two_machines_in_turn(stage: Stage) -> None:
    begin(stage, "A", "B")
    for n in range(MAILS):
        stage.work("AB"[n % 2], at_most=1)


HELD, RUNS = True, False
Play = Callable[[Stage], None]
# What happens, and whether the queue is held in the end.
ROWS: dict[str, tuple[Play, bool]] = {
    "same machine": (same_machine, HELD),
    "new machine": (new_machine, HELD),
    "same machine, its state lost": (state_lost, HELD),
    "nothing delivered before the backup, same machine": (nothing_delivered, HELD),
    "nothing delivered before the backup, new machine": (nothing_delivered_new_machine, HELD),
    "backup from before the worker's first start": (before_the_first_start, HELD),
    "two machines, the other one sent last": (other_machine_sent_last, HELD),
    "two machines, the other one sent all": (other_machine_sent_both_before_and_after, HELD),
    "the clock was ahead at the first release": (clock_ahead, HELD),
    "the clock was behind at the first release": (clock_behind, HELD),
    "the same backup restored twice": (restored_twice, HELD),
    "restored, then new mails queued": (new_mails_afterwards, HELD),
    "restored with nothing waiting, then new mails": (new_mails_where_none_waited, RUNS),
    "only the rows put back": (rows_put_back, HELD),
    "no restore: killed after each mail": (killed_and_started_again, RUNS),
    "no restore: two machines in turn": (two_machines_in_turn, RUNS),
}


@contextmanager
def stage() -> Iterator[Stage]:
    """An empty outbox and new machines; the copies, and what lies in the outbox, are removed afterwards."""
    _empty()
    with TemporaryDirectory() as folder:
        made = Stage(Path(folder))
        try:
            yield made
        finally:
            _empty()
            if connection.vendor == "postgresql":
                with _maintenance() as cursor:
                    for number in range(1, made.copies + 1):
                        name = connection.ops.quote_name(_name_of_copy(made.folder, number))
                        cursor.execute(f"DROP DATABASE IF EXISTS {name}")


def _empty() -> None:
    OutgoingMail.objects.all().delete()
    QueueState.objects.all().delete()


@dataclass(frozen=True)
class Outcome:
    twice: int
    reasons: tuple[str, ...]  # why the queue was held, in turn
    is_right: bool


def play(name: str) -> Outcome:
    """Play one row of the table on the database of the process, which must be one for tests."""
    scene, is_held = ROWS[name]
    with stage() as made:
        scene(made)
        right = made.twice == 0 and bool(made.reasons) == is_held
        return Outcome(made.twice, tuple(made.reasons), right)


def play_all(write: Callable[[str], object] = print) -> int:
    """Play and print every row; return how many went wrong."""
    wrong = 0
    for name in ROWS:
        outcome = play(name)
        wrong += not outcome.is_right
        held = f"held: {outcome.reasons[-1]}" if outcome.reasons else "not held"
        write(f"{'' if outcome.is_right else 'WRONG '}{name}: {outcome.twice or 'nothing'} twice; {held}")
    return wrong


def main() -> int:
    from bench.scratch import database

    with database() as vendor:
        print(f"Restores on {vendor}, {MAILS} mails each.")
        return 1 if play_all() else 0


if __name__ == "__main__":
    sys.exit(main())
