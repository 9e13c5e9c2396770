"""How long each kind of record is kept, and what has been removed when its time was over."""

from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils import timezone

from gate.models import Screened

from ..enums import RetentionKind

MAX_DAYS = 36_500  # a hundred years
MAX_DECISION = 300


class RetentionRule(Screened):
    """How long one kind of record is kept, as decided. There is one rule a kind, made by a migration.

    What the time is counted from and what happens afterwards stands in `retention.rules`.
    """

    kind = models.CharField("slag", max_length=40, unique=True, choices=RetentionKind)
    days = models.PositiveIntegerField("antal dagar", validators=[MaxValueValidator(MAX_DAYS)])
    decision = models.CharField(
        "beslut",
        max_length=MAX_DECISION,
        help_text="Vilket beslut tiden vilar på, till exempel beslutets datum och diarienummer. "
        "Det står på sidan om personuppgifter.",
    )

    class Meta:
        verbose_name = "gallringsregel"
        verbose_name_plural = "gallringsregler"
        ordering = ["pk"]
        default_permissions: ClassVar[tuple[str, ...]] = ("view", "change")
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=models.Q(days__lte=MAX_DAYS), name="kept_for_at_most_a_hundred_years")
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    def cut(self, now: datetime) -> datetime:
        """The moment before which the time of a record must have begun, for it to be over now."""
        return now - timedelta(days=self.days)


class RetentionRun(models.Model):
    """That records of one kind were removed since their time was over: when and how many."""

    at = models.DateTimeField("när", default=timezone.now, db_index=True)
    kind = models.CharField("slag", max_length=40, choices=RetentionKind)
    removed = models.PositiveIntegerField("antal")

    class Meta:
        verbose_name = "gallring"
        verbose_name_plural = "gallringar"
        ordering = ["-at", "-pk"]
        default_permissions: ClassVar[tuple[str, ...]] = ("view",)
