"""The task queue: work that a person would have to wait for, done by the worker instead.

A function becomes a task by `@task(backend=WORKER)` of `django_tasks`, and is queued by `function.enqueue(…)`. The
rows are those of django-tasks-db; decision 0016 tells why Wagtail's own tasks still run in the request.
"""

import threading

import structlog
from django.db import close_old_connections, connection
from django_tasks_db.management.commands.db_worker import Worker as TaskWorker
from django_tasks_db.models import DBTaskResult

from outbox.leases import new_holder

log = structlog.get_logger("worker")

WORKER = "worker"  # the backend in TASKS
POLL = 1.0  # seconds between looks into an empty queue


class TaskQueue:
    """Runs the tasks of the queue, one after the other. Not to be shared between threads."""

    def __init__(self) -> None:
        self.worker = TaskWorker(
            queue_names=["*"],
            excluded_queue_names=[],
            backend_name=WORKER,
            worker_id=new_holder(),
            batch=True,
            interval=0,
            startup_delay=False,
            max_tasks=None,
        )

    def drain(self) -> None:
        """Run the tasks that are due. The error of a failed task is written in its row."""
        # Asked first, since the library takes SQLite's write lock even if there is nothing to do.
        if DBTaskResult.objects.ready().filter(backend_name=WORKER).exists():
            self.worker.run()

    def run_until(self, stop: threading.Event) -> None:
        """Run tasks as they are queued, until `stop` is set."""
        while not stop.is_set():
            close_old_connections()
            try:
                self.drain()
            except Exception:  # The database may be away for a while.
                log.exception("tasks could not be run; they are tried again")
            stop.wait(POLL)
        connection.close()

    def end(self) -> None:
        """Start no more tasks; the current one is finished."""
        self.worker.running = False
