"""The recurring jobs: a table of names, intervals and functions, which every worker checks.

A new job is a line in `JOBS`. Each runs once in its interval, however many workers there are: the worker that
starts it writes this in its row of `JobRun`, under the row's lock.
"""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

import structlog
from django.core.management import call_command
from django.db import close_old_connections, connection

from contacts.imports.actions import forget_expired_imports
from contacts.reachability.asking import ask_the_silent
from contacts.session_actions import end_sessions_of_former_holders
from gate.files.queue import queue_unscreened_files
from meetings.actions import invite_newcomers, remind_silent, tell_successors
from outbox import clock
from outbox.leases import known_dead, new_holder
from outbox.limits import forget_old_tallies
from privacy.purge.actions import finish_all
from privacy.retention.actions import apply_retention
from resources.search.indexing import index_missing_pages
from resources.search.public_views import index_public_views

from .models import JobRun

log = structlog.get_logger("worker")

# Seconds between two looks at the table.
POLL = 5.0


@dataclass(frozen=True)
class Job:
    name: str
    interval: timedelta
    run: Callable[[], object]
    # What it does, in Swedish, for those who watch over it.
    label: str = ""


def publish_scheduled_pages() -> None:
    """Publish the pages whose scheduled time has come, and unpublish those that have expired."""
    call_command("publish_scheduled", verbosity=0)


JOBS = (
    Job("publish_scheduled_pages", timedelta(minutes=1), publish_scheduled_pages, "Publicera det som är schemalagt"),
    Job("invite_newcomers", timedelta(seconds=30), invite_newcomers, "Bjuda in nya kontaktpersoner"),
    Job("remind_silent", timedelta(minutes=10), remind_silent, "Påminna organisationer utan anmälda"),
    Job("tell_successors", timedelta(seconds=30), tell_successors, "Ge efterträdare besked om inställda möten"),
    Job("finish_purges", timedelta(minutes=1), finish_all, "Göra färdigt bortrensningar"),
    Job("forget_expired_imports", timedelta(minutes=1), forget_expired_imports, "Glömma inläsningar som ingen sparade"),
    Job("forget_old_tallies", timedelta(hours=1), forget_old_tallies, "Glömma gamla räknare för spärrar"),
    Job("queue_unscreened_files", timedelta(minutes=5), queue_unscreened_files, "Ställa filer i kö för granskning"),
    Job(
        "end_sessions_of_former_holders",
        timedelta(hours=1),
        end_sessions_of_former_holders,
        "Logga ut dem vars uppdrag har upphört",
    ),
    Job("ask_the_silent", timedelta(hours=6), ask_the_silent, "Fråga kontaktpersoner som inte har hörts av"),
    Job("index_missing_pages", timedelta(minutes=1), index_missing_pages, "Göra sidor sökbara som sökningen saknar"),
    Job("index_public_views", timedelta(minutes=1), index_public_views, "Göra listan över organisationer sökbar"),
    Job("apply_retention", timedelta(days=1), apply_retention, "Gallra"),
)


def run_due(*, holder: str, jobs: Sequence[Job] = JOBS, stop: threading.Event | None = None) -> list[str]:
    """Run the jobs that are due and that no other worker runs; return their names.

    A job that fails is logged and noted in its row; the others run all the same, and it is tried again after its
    interval.
    """
    release_dead_jobs()
    ran = []
    for job in jobs:
        if (stop is None or not stop.is_set()) and claim(job, holder=holder):
            run(job, holder=holder)
            ran.append(job.name)
    return ran


def claim(job: Job, *, holder: str) -> bool:
    """Take the job for its interval; False when it is not due, or another worker has it."""
    now = clock.now()
    JobRun.objects.get_or_create(name=job.name)
    due = JobRun.objects.due(job.name, interval=job.interval, now=now)
    # Most calls end with the query, without a write. The UPDATE repeats its condition under the row's lock, so
    # that only one of two workers finds the row.
    return due.exists() and due.update(holder=holder, started_at=now) == 1


def run(job: Job, *, holder: str) -> None:
    """Run a claimed job, and record the outcome."""
    fault = ""
    try:
        job.run()
    except Exception as error:  # Whatever is wrong with one job, the others must run.
        log.exception("job failed; it is tried again", job=job.name)
        fault = type(error).__name__  # The message may hold what somebody has written.
    mine = JobRun.objects.filter(name=job.name, holder=holder)
    mine.update(holder="", finished_at=clock.now(), fault=fault)


def release_dead_jobs() -> None:
    """Free the jobs that workers on this machine were running when they were killed."""
    holders = JobRun.objects.exclude(holder="").values_list("holder", flat=True)
    if dead := known_dead(holders):
        JobRun.objects.filter(holder__in=dead).update(holder="")


def run_until(stop: threading.Event, *, jobs: Sequence[Job] = JOBS) -> None:
    """Run the jobs as they fall due, until `stop` is set."""
    holder = new_holder()
    while not stop.is_set():
        close_old_connections()
        try:
            run_due(holder=holder, jobs=jobs, stop=stop)
        except Exception:  # The database may be away for a while.
            log.exception("jobs could not be run; they are tried again")
        stop.wait(POLL)
    connection.close()
