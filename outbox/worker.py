"""One worker of the outbox: holds a connection slot and delivers mail after mail."""

import threading
import time
from collections import Counter
from datetime import datetime, timedelta
from enum import Enum, auto

import structlog
from django.conf import settings
from django.db import OperationalError, close_old_connections
from django.utils import timezone

from . import clock
from .actions import hold_queue
from .connection_slots import free_slot, make_slots, release_dead_slots, take_slot
from .delivery import claim_next, deliver, release_dead_mails
from .enums import MailStatus
from .leases import LEASE, new_holder
from .mail_server import MailServer, ServerUnavailable, make_mail_server
from .models import OutgoingMail, QueueState
from .restore_guard import RestoreGuard, configured_guard

log = structlog.get_logger("outbox")

POLL = 1.0  # seconds between looks into an empty queue
IDLE_BEFORE_CLOSING = timedelta(seconds=10)
# Seconds to wait when the server does not answer, each time longer.
UNAVAILABLE_PAUSES = (1, 2, 5, 10, 30, 60)


class QueueHeld(Exception):
    """The queue stands still until an operator releases it; the message says why."""


class Step(Enum):
    """The outcome of one step of the worker."""

    WORKED = auto()  # a mail was tried, whatever became of it
    IDLE = auto()  # nothing is due
    NO_SLOT = auto()  # the connection slots are taken by other workers


class Worker:
    """Delivers the outbox over one reused connection. Not to be shared between threads."""

    def __init__(self, *, server: MailServer | None = None, guard: RestoreGuard | None = None) -> None:
        self.server = server or make_mail_server(settings.OUTBOX_DELIVERY)
        self.guard = guard or configured_guard()
        self.holder = new_holder()
        self.last_worked = timezone.now()
        self.looked_at: datetime | None = None  # into the queue
        self.look_again = 0.0  # on the monotonic clock
        self.may_have_slot = False  # whether a connection slot may be ours
        self.counts: Counter[MailStatus] = Counter()

    def step(self) -> Step:
        """Deliver one mail if one is due.

        Raises QueueHeld, and ServerUnavailable when the server does not answer; then no mail has been
        claimed, so none has used up a try.
        """
        self.refuse_if_held()
        if not OutgoingMail.objects.deliverable().exists():
            self.close_if_idle()
            return Step.IDLE
        now = clock.now()
        if not take_slot(holder=self.holder, now=now, lease=LEASE):
            return Step.NO_SLOT
        self.may_have_slot = True
        self.server.open()
        mail = claim_next(holder=self.holder)
        if mail is None:
            return Step.IDLE
        self.counts[deliver(mail, server=self.server)] += 1
        self.guard.note(QueueState.objects.current())
        self.last_worked = timezone.now()
        return Step.WORKED

    def refuse_if_held(self) -> None:
        """Raise QueueHeld when the queue is held, or must be because the database was restored."""
        state = QueueState.objects.current()
        self.looked_at = timezone.now()
        # Asked while it is held too, so that this machine can tell a new release from those before.
        fault = self.guard.fault()
        if fault and not state.held_since:
            state = hold_queue(because=fault)
        if state.held_since:
            self.disconnect()
            raise QueueHeld(state.held_because)

    def close_if_idle(self) -> None:
        """Leave the slot to others when there has been nothing to do for a while."""
        if timezone.now() - self.last_worked > IDLE_BEFORE_CLOSING:
            self.disconnect()

    def disconnect(self) -> None:
        """Close the connection and give the slot back, if there are any."""
        if self.may_have_slot:
            self.server.close()
            free_slot(holder=self.holder)
            self.may_have_slot = False

    def take_over_from_the_dead(self) -> None:
        """Take over what workers on this machine left behind when they were killed; once a second at most."""
        if time.monotonic() < self.look_again:
            return
        self.look_again = time.monotonic() + POLL
        make_slots()
        release_dead_slots()
        if freed := release_dead_mails():
            log.warning("mails taken over from a dead worker", mails=freed)

    def drain(self, stop: threading.Event) -> None:
        """Deliver everything that is due, and end.

        Waits for mails that another worker is sending, since that worker may be dead; does not wait
        for mails whose next try lies ahead. Raises as `step` does.
        """
        try:
            while not stop.is_set():
                self.take_over_from_the_dead()
                if self.step() is Step.WORKED:
                    continue
                due = OutgoingMail.objects.deliverable().exists()
                if not due and not OutgoingMail.objects.filter(status=MailStatus.SENDING).exists():
                    break
                stop.wait(POLL)
        finally:
            self.disconnect()

    def run(self, stop: threading.Event) -> None:
        """Deliver until `stop` is set, whatever faults there are on the way."""
        setbacks = 0
        said = ""
        while not stop.is_set():
            close_old_connections()
            try:
                self.take_over_from_the_dead()
                pause = 0.0 if self.step() is Step.WORKED else POLL
                setbacks, said = 0, ""
            except QueueHeld as held:
                if said != str(held):  # once is enough
                    log.error("queue held", because=str(held))
                said, pause = str(held), POLL
            except Exception as error:
                pause = UNAVAILABLE_PAUSES[min(setbacks, len(UNAVAILABLE_PAUSES) - 1)]
                setbacks += 1
                expected = isinstance(error, ServerUnavailable | OperationalError)
                log.error("delivery stopped for a while", reason=str(error), seconds=pause, exc_info=not expected)
            stop.wait(pause)
        self.disconnect()
