"""The last run of each job in `jobs`, and the workers that live."""

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models.functions import Now

# A worker that has run a job for this long is taken to have died, on a machine whose processes we can't see.
LEASE = timedelta(minutes=15)
# A worker that has not been heard of for this long is taken to have died.
SILENCE = timedelta(minutes=2)


class JobRunQuerySet(models.QuerySet["JobRun"]):
    def due(self, name: str, *, interval: timedelta, now: datetime) -> Self:
        """The row of the job, if it started at least an interval ago and no worker runs it."""
        is_time = models.Q(started_at=None) | models.Q(started_at__lte=now - interval)
        is_free = models.Q(holder="") | models.Q(started_at__lte=now - LEASE)
        return self.filter(is_time & is_free, name=name)


class JobRun(models.Model):
    """A job's last run. `holder` is the worker that runs it, until it has finished."""

    name = models.CharField(max_length=60, unique=True)
    holder = models.CharField(max_length=150, blank=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    # The class of the last run's error; "" when it went well.
    fault = models.CharField(max_length=100, blank=True)

    objects = JobRunQuerySet.as_manager()

    class Meta:
        default_permissions = ()


class HeartbeatQuerySet(models.QuerySet["Heartbeat"]):
    def with_life(self) -> Self:
        """Every worker with `is_alive`: heard of lately, by the clock that the beats were written by."""
        living = models.Case(
            models.When(beat_at__gt=Now() - SILENCE, then=True), default=False, output_field=models.BooleanField()
        )
        return self.annotate(is_alive=living).order_by("-beat_at")

    def silent_for(self, time: timedelta) -> Self:
        return self.filter(beat_at__lte=Now() - time)


class Heartbeat(models.Model):
    """A worker's process, and when it was last heard of. The row goes when the worker ends."""

    # The beginning of the names by which the process holds mails and jobs; see `outbox.leases`.
    process = models.CharField(max_length=150, unique=True)
    machine = models.CharField(max_length=100)
    started_at = models.DateTimeField()
    beat_at = models.DateTimeField()
    # When it last looked for mails; NULL until it has.
    looked_at = models.DateTimeField(null=True)

    objects = HeartbeatQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["started_at"]
