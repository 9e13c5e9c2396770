"""The state of the operation by the database's clock: which workers live, how long mails have waited, how the jobs go.

Reads only, in five queries, since `/healthz/` may be asked each second.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Min
from django.utils import timezone

from outbox import clock
from outbox.models import OutgoingMail, QueueState

from .jobs import JOBS, Job
from .models import Heartbeat, JobRun

OLDEST_DUE = timedelta(minutes=10)
JOB_MARGIN = timedelta(minutes=5)
# What is late, by name; a job by `job:` and its own.
NO_WORKER, QUEUE_HELD, MAIL_WAITS, JOB = "no_worker", "queue_held", "oldest_due_mail", "job"
NOT_MIGRATED = "migrations"


@dataclass(frozen=True)
class Late:
    """Something that is late: a name for programs, and Swedish for people, with what to do."""

    name: str
    text: str


@dataclass(frozen=True)
class JobState:
    """A job with its last run; the times are None when it has never run."""

    job: Job
    started_at: datetime | None
    finished_at: datetime | None
    is_running: bool
    fault: str

    @property
    def label(self) -> str:
        return self.job.label or self.job.name

    @property
    def next_at(self) -> datetime | None:
        return self.started_at + self.job.interval if self.started_at else None

    def is_late(self, now: datetime) -> bool:
        return self.started_at is not None and now - self.started_at > 2 * self.job.interval + JOB_MARGIN


@dataclass(frozen=True)
class Operation:
    """The state at one moment."""

    now: datetime
    workers: list[Heartbeat]  # also those that have fallen silent; `is_alive` tells
    held_since: datetime | None
    held_because: str
    due: int  # mails that could go now
    oldest_due: timedelta | None
    jobs: list[JobState]

    @property
    def alive(self) -> list[Heartbeat]:
        return [worker for worker in self.workers if worker.is_alive]  # type: ignore[attr-defined]

    @property
    def oldest_due_minutes(self) -> int:
        return int(self.oldest_due.total_seconds() // 60) if self.oldest_due else 0

    def late(self) -> list[Late]:
        """What somebody should look at, the most important first. What follows from another is left out."""
        if not self.alive:
            return [Late(NO_WORKER, self._no_worker()), *self._late_mails()]
        return [*self._late_mails(), *self._late_jobs()]

    def as_json(self) -> dict[str, Any]:
        """For a program that watches; nothing of anybody's mail."""
        late = [each.name for each in self.late()]
        beats = [worker.beat_at for worker in self.workers]
        return {
            "status": "late" if late else "ok",
            "late": late,
            "workers": len(self.alive),
            "last_beat_seconds": max(0, int((self.now - max(beats)).total_seconds())) if beats else None,
            "due_mails": self.due,
            "oldest_due_mail_seconds": int(self.oldest_due.total_seconds()) if self.oldest_due is not None else None,
        }

    def _no_worker(self) -> str:
        begin = "Programmet worker är inte igång, så inga mejl skickas och inga stora filer granskas."
        if not self.workers:
            return begin
        last = timezone.localtime(max(worker.beat_at for worker in self.workers))
        return f"{begin} Den senaste hördes av {last:%Y-%m-%d kl. %H.%M}."

    def _late_mails(self) -> list[Late]:
        if self.held_since:
            return [Late(QUEUE_HELD, f"Inga mejl skickas. {self.held_because}")]
        if self.oldest_due is None or self.oldest_due <= OLDEST_DUE:
            return []
        waited = f"Det äldsta mejlet i kön har väntat i {self.oldest_due_minutes} minuter på att skickas."
        return [Late(MAIL_WAITS, f"{waited} Kanske svarar inte e-postservern.")]

    def _late_jobs(self) -> list[Late]:
        # A worker that has just started has not had the time.
        settled = any(self.now - worker.started_at > JOB_MARGIN for worker in self.alive)
        found = []
        for state in self.jobs:
            if state.fault:
                found.append(Late(f"{JOB}:{state.job.name}", f"Jobbet ”{state.label}” gick fel ({state.fault})."))
            elif settled and (state.is_late(self.now) or state.started_at is None):
                found.append(Late(f"{JOB}:{state.job.name}", f"Jobbet ”{state.label}” har inte körts i tid."))
        return found


def read_operation(*, jobs: Sequence[Job] = JOBS) -> Operation:
    """Ask the database how things stand."""
    now = clock.now()
    queue = QueueState.objects.filter(singleton=True).first()
    mails = OutgoingMail.objects.deliverable(now).order_by().aggregate(due=Count("pk"), oldest=Min("due_at"))
    runs = {run.name: run for run in JobRun.objects.all()}
    return Operation(
        now=now,
        workers=list(Heartbeat.objects.with_life()),
        held_since=queue.held_since if queue else None,
        held_because=queue.held_because if queue else "",
        due=mails["due"],
        oldest_due=max(timedelta(0), now - mails["oldest"]) if mails["oldest"] else None,
        jobs=[_state(job, runs.get(job.name)) for job in jobs],
    )


def _state(job: Job, run: JobRun | None) -> JobState:
    if run is None:
        return JobState(job, None, None, False, "")
    return JobState(job, run.started_at, run.finished_at, bool(run.holder), run.fault)
