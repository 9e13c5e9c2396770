"""The last run of each job in `jobs`, and the worker that runs it now."""

from datetime import datetime, timedelta
from typing import Self

from django.db import models

# A worker that has run a job for this long is taken to have died, on a machine whose processes we can't see.
LEASE = timedelta(minutes=15)


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
