"""One connection's delivery: holds a connection slot and delivers mail after mail."""

import threading
import time
from collections import Counter
from contextlib import suppress
from datetime import datetime
from enum import Enum, auto

import structlog
from django.conf import settings
from django.db import close_old_connections

from . import clock, pace
from .actions import hold_queue
from .connection_slots import free_slot, make_slots, release_dead_slots, take_slot
from .delivery import UNREACHABLE, claim_next, deliver, give_back_all, release_dead_mails
from .enums import MailStatus
from .last_word import LastWord
from .leases import LEASE, new_holder
from .mail_server import MailServer, ServerBusy, ServerUnavailable, make_mail_server
from .models import OutgoingMail, QueueState
from .reachability import Reachability
from .restore_guard import RestoreGuard, configured_guard

log = structlog.get_logger("outbox")

POLL = 1.0  # seconds between looks into an empty queue
IDLE_BEFORE_CLOSING = 10.0  # seconds
KEEP_SLOT = 60.0  # seconds between renewals of the slot's lease
# Seconds to wait after a fault of the database or of our own, each time longer.
FAULT_PAUSES = (1, 2, 5)
# How often a worker that is to empty the queue asks a server that is too busy.
MOST_SETBACKS = 3
# One thread of the process at a time compares the database with the mark on the disk.
guarding = threading.Lock()


class QueueHeld(Exception):
    """The queue stands still until an operator releases it; the message says why."""


class Step(Enum):
    """The outcome of one step of the worker."""

    WORKED = auto()  # a mail was tried, whatever became of it
    IDLE = auto()  # nothing is due
    NO_SLOT = auto()  # the connection slots are taken by other workers
    NO_SERVER = auto()  # the server does not answer, and somebody else has just tried
    PACED = auto()  # the next turn of the pace has not come


class Worker:
    """Delivers the outbox over one reused connection. Not to be shared between threads."""

    def __init__(
        self,
        *,
        server: MailServer | None = None,
        guard: RestoreGuard | None = None,
        reachability: Reachability | None = None,
        last_word: LastWord | None = None,
    ) -> None:
        self.server = server or make_mail_server(settings.OUTBOX_DELIVERY)
        self.guard = guard or configured_guard()
        self.reachability = reachability or Reachability()
        self.last_word = last_word or LastWord()
        self.server.before_last_word = self.last_word.wait_for_it
        self.holder = new_holder()
        self.looked_at: datetime | None = None  # into the queue
        # These four are on the monotonic clock.
        self.last_worked = time.monotonic()
        self.look_again = 0.0
        self.slot_until = 0.0
        self.turn_at = 0.0
        self.may_have_slot = False  # whether a connection slot may be ours
        self.may_have_mail = False  # whether a mail may be claimed that was never tried
        self.counts: Counter[MailStatus] = Counter()

    def step(self) -> Step:
        """Deliver one mail if one is due.

        While the queue is held, new mails with a log-in code go all the same. Raises QueueHeld when none waits, and
        ServerUnavailable when the server does not answer or takes no mails now; then no mail has used up a try.
        """
        self.give_back_unfinished()
        state = self.look()
        held_since = state.held_since
        if not OutgoingMail.objects.deliverable(self.looked_at, held_since=held_since).exists():
            if held_since:
                self.disconnect()
                raise QueueHeld(state.held_because)
            self.close_if_idle()
            return Step.IDLE
        if not self.server.is_open() and not self.reachability.may_open():
            return Step.NO_SERVER
        if not self.keep_slot():
            self.reachability.let_next_open()
            return Step.NO_SLOT
        self.open()
        if wait := pace.take_turn():
            self.turn_at = time.monotonic() + wait
            return Step.PACED
        self.may_have_mail = True
        mail = claim_next(holder=self.holder, held_since=held_since)
        if mail is not None:
            self.deliver(mail, is_held=held_since is not None)
            self.last_worked = time.monotonic()
        self.may_have_mail = False
        return Step.IDLE if mail is None else Step.WORKED

    def deliver(self, mail: OutgoingMail, *, is_held: bool = False) -> None:
        """Try a claimed mail, and tell the other connections how the server takes it.

        What leaves a queue that is held proves nothing of the others.
        """
        try:
            status = deliver(mail, server=self.server, is_about_mail=self.reachability.is_about(mail.pk))
        except ServerBusy:
            self.reachability.was_busy(mail.pk)
            raise
        finally:
            self.last_word.give_up()
        self.counts[status] += 1
        if status is MailStatus.SENT or self.server.is_open():
            self.reachability.answered(mail.pk)
        else:
            self.reachability.failed()
        if not is_held:
            with guarding:
                self.guard.note(QueueState.objects.current())

    def open(self) -> None:
        """Make sure that there is a connection. Raises ServerUnavailable."""
        if self.server.is_open():
            return
        try:
            self.server.open()
        except ServerUnavailable:
            self.disconnect()  # others may reach it
            raise
        self.reachability.let_next_open()
        self.keep_slot(renew=True)  # it may have taken minutes

    def keep_slot(self, *, renew: bool = False) -> bool:
        """Take a connection slot, or keep the one that is held. False when all are taken."""
        if time.monotonic() < self.slot_until and not renew:
            return True
        self.may_have_slot = True
        if not take_slot(holder=self.holder, now=clock.now(), lease=LEASE):
            self.slot_until = 0.0
            return False
        self.slot_until = time.monotonic() + KEEP_SLOT
        return True

    def look(self) -> QueueState:
        """Look whether the queue is held, or must be because the database was restored."""
        state = QueueState.objects.current()
        self.looked_at = clock.now()
        # Asked while it is held too, so that this machine can tell a new release from those before.
        with guarding:
            fault = self.guard.fault()
        return hold_queue(because=fault) if fault and not state.held_since else state

    def give_back_unfinished(self) -> None:
        """Put back what was claimed when the database went away: nobody else knows that we are done with it."""
        if self.may_have_mail:
            give_back_all(holder=self.holder)
            self.may_have_mail = False

    def close_if_idle(self) -> None:
        """Leave the slot to others when there has been nothing to do for a while."""
        if time.monotonic() - self.last_worked > IDLE_BEFORE_CLOSING:
            self.disconnect()

    def disconnect(self) -> None:
        """Close the connection and give the slot back, if there are any."""
        self.server.close()
        if self.may_have_slot:
            free_slot(holder=self.holder)
            self.may_have_slot, self.slot_until = False, 0.0

    def take_over_from_the_dead(self) -> None:
        """Take over what workers on this machine left behind when they were killed; once a second at most."""
        if time.monotonic() < self.look_again:
            return
        self.look_again = time.monotonic() + POLL
        make_slots()
        release_dead_slots()
        if freed := release_dead_mails():
            log.warning("mails taken over from a dead worker", mails=freed)

    def pause_after(self, step: Step) -> float:
        """Seconds to wait before the next step."""
        if step is Step.WORKED:
            return 0.0
        if step is Step.PACED:
            return min(POLL, max(self.turn_at - time.monotonic(), 0.0))
        return min(POLL, self.reachability.wait) if step is Step.NO_SERVER else POLL

    def drain(self, stop: threading.Event) -> None:
        """Deliver everything that is due, and end.

        Waits for mails that another worker is sending, since that worker may be dead, and a while for a server that
        is too busy; does not wait for mails whose next try lies ahead. Raises as `step` does.
        """
        try:
            while not stop.is_set():
                self.take_over_from_the_dead()
                try:
                    step = self.step()
                except ServerBusy:
                    pause = self.reachability.failed()
                    if self.reachability.setbacks > MOST_SETBACKS:
                        raise
                    stop.wait(pause)
                    continue
                if step is Step.WORKED:
                    continue
                due = OutgoingMail.objects.deliverable().exists()
                if not due and not OutgoingMail.objects.filter(status=MailStatus.SENDING).exists():
                    break
                stop.wait(self.pause_after(step))
        finally:
            self.disconnect()

    def run(self, stop: threading.Event) -> None:
        """Deliver until `stop` is set, whatever faults there are on the way."""
        faults = 0
        said = ""
        while not stop.is_set():
            try:
                self.take_over_from_the_dead()
                pause = self.pause_after(self.step())
                faults, said = 0, ""
            except QueueHeld as held:
                if said != str(held):  # once is enough
                    log.error("queue held", because=str(held))
                said, pause = str(held), POLL
            except ServerUnavailable as error:
                pause = self.reachability.failed()
                if said != str(error):
                    log.error("delivery stopped for a while", reason=str(error), seconds=pause)
                said = str(error)
            except Exception as error:
                pause = FAULT_PAUSES[min(faults, len(FAULT_PAUSES) - 1)]
                faults += 1
                expected = isinstance(error, UNREACHABLE)
                log.error("delivery stopped for a while", reason=str(error), seconds=pause, exc_info=not expected)
            if pause:
                close_old_connections()
                stop.wait(pause)
        with suppress(*UNREACHABLE):  # whoever takes over frees the slot of a dead process
            self.disconnect()
