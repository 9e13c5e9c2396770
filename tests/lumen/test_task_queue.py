"""Work outside the request."""

import threading
import time
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from django_tasks import TaskResultStatus, default_task_backend, task_backends
from django_tasks_db.models import DBTaskResult
from wagtail.tasks import update_reference_index_task

from lumen import task_queue
from lumen.settings import base
from lumen.task_queue import TaskQueue
from privacy.retention.actions import apply_retention
from tests.factories.resources import ResourcePageFactory

from . import background

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.databases]


@pytest.fixture(autouse=True)
def _nothing_done():
    background.done.clear()


@pytest.fixture
def queue(settings):
    """The queue as in operation; the tests' own settings run a task at once."""
    settings.TASKS = base.TASKS | {"worker": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    return TaskQueue()


def test_a_task_waits_for_the_worker_and_is_done_once(queue):
    result = background.remember.enqueue("ett")
    assert background.done == []
    queue.drain()
    queue.drain()
    result.refresh()
    assert background.done == ["ett"]
    assert (result.status, result.return_value) == (TaskResultStatus.SUCCESSFUL, "ett")


def test_a_fault_in_one_task_keeps_no_other_from_being_done(queue):
    for word in ("fel", "ett"):
        background.remember.enqueue(word)
    queue.drain()
    assert background.done == ["fel", "ett"]
    assert DBTaskResult.objects.failed().count() == DBTaskResult.objects.successful().count() == 1


def test_a_task_of_a_transaction_that_is_rolled_back_is_never_done(queue):
    with transaction.atomic():
        background.remember.enqueue("ett")
        transaction.set_rollback(True)
    queue.drain()
    assert background.done == []


def test_the_loop_does_what_comes_and_ends_when_told(queue, monkeypatch):
    monkeypatch.setattr(task_queue, "POLL", 0.01)
    stop = threading.Event()
    thread = threading.Thread(target=queue.run_until, args=[stop])
    thread.start()
    background.remember.enqueue("ett")
    deadline = time.monotonic() + 30
    while not background.done and time.monotonic() < deadline:
        time.sleep(0.01)
    stop.set()
    queue.end()
    thread.join(30)
    assert background.done == ["ett"]
    assert not thread.is_alive()


def test_no_task_begins_after_the_end(queue):
    queue.end()
    background.remember.enqueue("ett")
    queue.drain()
    assert background.done == []


def test_only_old_tasks_that_have_ended_are_forgotten(queue):
    now = timezone.now()
    kept = timedelta(days=14)  # the rule that the migration made
    for word in ("old", "new", "waiting"):
        background.remember.enqueue(word)
    queue.worker.max_tasks = 2
    queue.drain()
    old, new, waiting = (DBTaskResult.objects.get(args_kwargs__args=[word]) for word in ("old", "new", "waiting"))
    DBTaskResult.objects.filter(pk=old.pk).update(finished_at=now - kept)
    DBTaskResult.objects.filter(pk=new.pk).update(finished_at=now - kept + timedelta(minutes=1))
    DBTaskResult.objects.filter(pk=waiting.pk).update(enqueued_at=now - 2 * kept)
    apply_retention(now=now)
    assert set(DBTaskResult.objects.all()) == {new, waiting}


def test_wagtails_own_tasks_are_done_at_once():
    """Which files are public is asked of the reference index: it must not wait for a worker."""
    assert default_task_backend.alias == "default"
    assert type(task_backends["default"]).__name__ == "ImmediateBackend"
    assert base.TASKS["default"]["BACKEND"].endswith("ImmediateBackend")
    page = ResourcePageFactory()
    result = update_reference_index_task.enqueue("resources", "resourcepage", page.pk)
    assert result.status == TaskResultStatus.SUCCESSFUL
