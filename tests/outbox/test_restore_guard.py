"""A database put back in time must not send everything once more."""

from datetime import timedelta

import pytest
from django.utils import timezone

from outbox.actions import hold_queue, release_queue
from outbox.models import QueueState
from outbox.restore_guard import RestoreGuard

pytestmark = pytest.mark.django_db


def delivered(count: int, **fields) -> QueueState:
    """Let the database say that so many mails have been delivered."""
    QueueState.objects.current()
    QueueState.objects.update(delivered=count, **fields)
    return QueueState.objects.current()


def strict(guard: RestoreGuard) -> RestoreGuard:
    return RestoreGuard(state_dir=guard.state_dir, hold_without_mark=True)


def test_a_new_queue_may_run(guard):
    assert strict(guard).fault() == ""


def test_a_queue_that_goes_forward_may_run(guard):
    for count in (1, 2, 10):
        guard.note(delivered(count))
        assert guard.fault() == ""
    delivered(15)  # other machines deliver too
    assert guard.fault() == ""


def test_a_restored_database_is_noticed(guard):
    guard.note(delivered(10))
    delivered(4)

    assert "känner till 4 levererade mejl, men 10" in guard.fault()


def test_a_restored_database_stays_noticed_after_a_restart(guard):
    guard.note(delivered(10))
    delivered(4)
    guard.fault()

    assert RestoreGuard(state_dir=guard.state_dir, hold_without_mark=False).fault()


def test_after_a_release_the_queue_may_run(guard):
    guard.note(delivered(10))
    delivered(4)
    hold_queue(because=guard.fault())
    release_queue(by=None)

    assert guard.fault() == ""
    guard.note(delivered(5))
    assert guard.fault() == ""


def test_a_second_restore_of_the_same_backup_is_noticed_too(guard):
    guard.note(delivered(10))
    for _ in range(2):
        delivered(4, released_at=None, held_since=None)
        hold_queue(because=guard.fault())
        release_queue(by=None)
        assert guard.fault() == ""
    guard.note(delivered(20))
    # The backup was taken before any release.
    delivered(30, released_at=None)
    assert guard.fault()


def test_a_machine_without_a_mark_begins_one_where_that_is_allowed(guard):
    delivered(10)

    assert guard.fault() == ""
    delivered(4)
    assert guard.fault()


def test_a_machine_without_a_mark_waits_for_a_release_where_it_must(guard):
    guard = strict(guard)
    delivered(10)

    assert "inte skickat för kön förut" in guard.fault()
    assert "inte skickat för kön förut" in guard.fault()
    hold_queue(because=guard.fault())
    release_queue(by=None)
    assert guard.fault() == ""


def test_a_mark_that_cannot_be_read_is_no_mark(guard):
    state = delivered(10)
    guard.note(state)
    guard.path(state).write_text("{")

    assert strict(guard).fault()


def test_the_marks_of_two_queues_on_one_machine_are_apart(guard):
    guard.note(delivered(10))
    QueueState.objects.all().delete()
    delivered(1)

    assert guard.fault() == ""


def test_a_mark_never_goes_back(guard):
    guard.note(delivered(10))
    guard.note(delivered(9))  # another worker of the machine was quicker

    delivered(9)
    assert guard.fault()


def test_another_machine_notices_a_release_by_its_time(guard):
    now = timezone.now()
    guard.note(delivered(10, released_at=now))
    delivered(4, released_at=now + timedelta(hours=1))

    assert guard.fault() == ""


def test_a_release_that_the_database_has_forgotten_is_noticed_whatever_the_count(guard):
    now = timezone.now()
    guard.note(delivered(10, released_at=now))

    delivered(50, released_at=now - timedelta(hours=1))
    assert guard.fault()
    delivered(50, released_at=None)
    assert guard.fault()


def test_the_same_count_is_no_fault_and_writes_no_new_mark(guard):
    state = delivered(10)
    guard.note(state)
    before = guard.path(state).stat()
    guard.note(state)

    assert guard.fault() == ""
    assert guard.path(state).stat().st_ino == before.st_ino
