"""What visitors have searched for and not found."""

from datetime import date
from typing import Any, ClassVar, Self

from django.db import models

from gate.models import Screened


class MissedSearchQuerySet(models.QuerySet["MissedSearch"]):
    def asked_often(self, times: int) -> models.QuerySet[Any, dict[str, Any]]:
        """Each query that was asked at least so many times, with `times` and `last`, the most often asked first."""
        each = self.order_by().values("query").annotate(times=models.Sum("number"), last=models.Max("day"))
        return each.filter(times__gte=times).order_by("-times", "-last", "query")

    def before(self, day: date) -> Self:
        return self.filter(day__lt=day)


class MissedSearch(Screened):
    """How many times a query was asked on a day without an answer. Nothing tells by whom or when on that day."""

    day = models.DateField("dag")
    query = models.CharField("sökt", max_length=100)
    number = models.PositiveIntegerField("antal", default=1)

    objects = MissedSearchQuerySet.as_manager()

    class Meta:
        verbose_name = "sökning utan svar"
        verbose_name_plural = "sökningar utan svar"
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["day", "query"], name="one_count_a_query_and_day")
        ]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["query"], name="missed_searches_by_query")]
