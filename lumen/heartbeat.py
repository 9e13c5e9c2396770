"""The worker's heartbeat: a row for each process, by which everybody can see that it lives.

The clock of the database is used, so that a machine whose clock is wrong is not held for dead.
"""

import socket
import threading
from datetime import datetime, timedelta

import structlog
from django.db import close_old_connections, connection
from django.db.models.functions import Now

from outbox.connections import Connections
from outbox.leases import known_dead, new_holder

from .models import Heartbeat

log = structlog.get_logger("worker")

# Seconds between two beats: some are missed before anybody is told.
BEAT = 15.0
# How long the row of a worker stays that died without removing it, so that one can see when.
KEPT = timedelta(days=1)


def this_process() -> str:
    """What the names begin with by which this process holds mails and jobs."""
    return new_holder().rpartition("/")[0]


def beat(process: str, *, looked_at: datetime | None) -> None:
    """Say that the process lives, and when it last looked for mails."""
    times = {"beat_at": Now(), "looked_at": looked_at}
    if not Heartbeat.objects.filter(process=process).update(**times):
        Heartbeat.objects.create(process=process, machine=socket.gethostname()[:100], started_at=Now(), **times)


def forget_dead() -> None:
    """Remove the rows of workers that died on this machine, and of those silent for long."""
    Heartbeat.objects.silent_for(KEPT).delete()
    processes = Heartbeat.objects.order_by().values_list("process", flat=True)
    # A process that has ended is known by what its names begin with.
    dead = known_dead(f"{process}/" for process in processes)
    Heartbeat.objects.filter(process__in=[name.removesuffix("/") for name in dead]).delete()


def beat_until(stop: threading.Event, delivery: Connections) -> None:
    """Beat until `stop` is set, then remove the row."""
    process = this_process()
    while not stop.is_set():
        close_old_connections()
        try:
            forget_dead()
            beat(process, looked_at=delivery.looked_at)
        except Exception:  # The database may be away for a while.
            log.exception("no heartbeat written; it is tried again")
        stop.wait(BEAT)
    try:
        Heartbeat.objects.filter(process=process).delete()
    except Exception:  # The row is soon seen to be old.
        log.exception("the heartbeat could not be removed")
    connection.close()
