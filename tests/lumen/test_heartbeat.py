"""The rows by which one can see that the workers live."""

import os
import subprocess
import threading
from datetime import timedelta

import pytest
from django.utils import timezone

from lumen import heartbeat
from lumen.heartbeat import beat, forget_dead, this_process
from lumen.models import Heartbeat
from outbox.connections import Connections
from outbox.leases import this_machine

pytestmark = [pytest.mark.databases, pytest.mark.django_db]


def silent(process: str, **ago: int) -> Heartbeat:
    """A worker that was heard of so long ago."""
    beat(process, looked_at=None)
    Heartbeat.objects.filter(process=process).update(beat_at=timezone.now() - timedelta(**ago))
    return Heartbeat.objects.get(process=process)


def alive() -> dict[str, bool]:
    return {row.process: row.is_alive for row in Heartbeat.objects.with_life()}


def test_o9_a_process_has_one_row_however_often_it_beats():
    beat("elsewhere/1", looked_at=None)
    first = Heartbeat.objects.get()
    beat("elsewhere/1", looked_at=timezone.now())

    row = Heartbeat.objects.get()
    assert (row.pk, row.started_at) == (first.pk, first.started_at)
    assert row.beat_at >= first.beat_at
    assert row.looked_at


def test_o9_a_worker_silent_for_two_minutes_is_taken_for_dead():
    silent("elsewhere/1", seconds=115)
    silent("elsewhere/2", seconds=125)

    assert alive() == {"elsewhere/1": True, "elsewhere/2": False}


def test_o5_a_worker_lives_whatever_its_own_clock_says(monkeypatch):
    wrong = timezone.now() - timedelta(hours=1)
    monkeypatch.setattr("django.utils.timezone.now", lambda: wrong)
    beat("elsewhere/1", looked_at=None)
    monkeypatch.undo()

    assert alive() == {"elsewhere/1": True}


def test_the_dead_of_this_machine_and_those_long_silent_are_forgotten():
    process = subprocess.Popen(["true"])
    process.wait()
    beat(f"{this_machine()}/{process.pid}", looked_at=None)
    beat(f"{this_machine()}/{os.getpid()}", looked_at=None)
    silent("elsewhere/1", hours=23)
    silent("elsewhere/2", hours=25)

    forget_dead()

    assert set(alive()) == {f"{this_machine()}/{os.getpid()}", "elsewhere/1"}


def test_it_goes_on_after_a_fault_and_removes_its_row_at_the_end(monkeypatch):
    stop, seen = threading.Event(), []

    def beat_or_fail(process, *, looked_at):
        seen.append(process)
        if len(seen) == 1:
            raise RuntimeError("databasen är borta")
        beat(process, looked_at=looked_at)
        assert Heartbeat.objects.filter(process=process).exists()
        stop.set()

    monkeypatch.setattr(heartbeat, "beat", beat_or_fail)
    monkeypatch.setattr(heartbeat, "BEAT", 0)
    monkeypatch.setattr(heartbeat, "close_old_connections", lambda: None)
    monkeypatch.setattr(heartbeat.connection, "close", lambda: None)

    heartbeat.beat_until(stop, Connections())

    assert seen == [this_process()] * 2
    assert not Heartbeat.objects.exists()
