"""At most so many mails a minute, over all workers."""

import threading
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from outbox import worker as worker_module
from outbox.mail_server import MailServer
from outbox.models import OutgoingMail, QueueState
from outbox.pace import take_turn
from outbox.worker import Step, Worker
from tests.factories.outbox import OutgoingMailFactory

pytestmark = [pytest.mark.django_db, pytest.mark.databases]


@pytest.fixture(autouse=True)
def _queue_state():
    QueueState.objects.current()


def turns_in(seconds: int, *, workers: int = 2) -> int:
    """How many turns so many workers get that ask each tenth of a second."""
    start, number = timezone.now(), 0
    for tenth in range(seconds * 10):
        with time_machine.travel(start + timedelta(seconds=tenth / 10), tick=False):
            number += sum(take_turn() == 0 for _ in range(workers))
    return number


def test_without_a_pace_it_is_always_somebodys_turn(settings):
    settings.OUTBOX_MAILS_A_MINUTE = 0
    assert [take_turn() for _ in range(5)] == [0.0] * 5
    assert QueueState.objects.current().next_turn_at is None


@pytest.mark.parametrize("pace", [30, 60, 300])
def test_all_workers_together_keep_the_pace(settings, pace):
    settings.OUTBOX_MAILS_A_MINUTE = pace
    assert turns_in(20) == pace / 3


def test_who_has_to_wait_is_told_for_how_long(settings):
    settings.OUTBOX_MAILS_A_MINUTE = 30
    with time_machine.travel(timezone.now(), tick=False):
        assert [take_turn(), take_turn()] == [0.0, 2.0]


def test_a_turn_that_a_slower_pace_left_far_ahead_is_forgotten(settings):
    settings.OUTBOX_MAILS_A_MINUTE = 60
    QueueState.objects.update(next_turn_at=timezone.now() + timedelta(hours=1))
    assert take_turn() == 1.0
    assert take_turn() < 1.1


def test_a_worker_waits_for_its_turn(settings, guard):
    settings.OUTBOX_MAILS_A_MINUTE = 60
    OutgoingMailFactory.create_batch(2)
    worker = Worker(server=MailServer(), guard=guard)
    worker.take_over_from_the_dead()

    assert [worker.step(), worker.step()] == [Step.WORKED, Step.PACED]
    assert 0 < worker.pause_after(Step.PACED) <= 1
    assert OutgoingMail.objects.pending().count() == 1


def test_a_draining_worker_keeps_the_pace_and_delivers_all(settings, guard, monkeypatch):
    settings.OUTBOX_MAILS_A_MINUTE = 6000
    monkeypatch.setattr(worker_module, "POLL", 0.02)
    OutgoingMailFactory.create_batch(5)

    Worker(server=MailServer(), guard=guard).drain(threading.Event())

    assert not OutgoingMail.objects.pending().exists()
