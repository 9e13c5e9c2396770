"""What is known of the content of an uploaded file."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils import timezone

from screening.findings import Screening, Verdict


class ScreeningState(models.TextChoices):
    WAITING = "waiting", "väntar på granskning"
    RUNNING = "running", "granskas"
    DONE = "done", "granskad"


class FileScreeningQuerySet(models.QuerySet["FileScreening"]):
    def cleared(self) -> Self:
        """Content that may be public: clean, or passed by a person; what blocks can't be passed."""
        passed = models.Q(verdict__in=(Verdict.WARN, Verdict.UNSCREENED), cleared_at__isnull=False)
        return self.filter(models.Q(verdict=Verdict.CLEAN) | passed, state=ScreeningState.DONE)


class FileScreening(models.Model):
    """One content under one ending, however many files hold it.

    The row is also the queue: the worker takes those that wait. `findings` and `advice` are masked,
    as in `screening.findings.Finding`.
    """

    digest = models.CharField("kontrollsumma", max_length=64)  # SHA-256 of the content, in hexadecimal
    suffix = models.CharField("filändelse", max_length=10)
    size = models.PositiveBigIntegerField("storlek")  # bytes
    state = models.CharField("läge", max_length=10, choices=ScreeningState, default=ScreeningState.WAITING)
    verdict = models.CharField("utfall", max_length=10, choices=[(v.value, v.value) for v in Verdict], blank=True)
    findings = models.JSONField("fynd", default=list)
    advice = models.JSONField("råd", default=list)
    fault = models.CharField("varför den inte kunde läsas", max_length=300, blank=True)
    rules = models.PositiveSmallIntegerField("reglernas version", default=0)
    created_at = models.DateTimeField("skapad", default=timezone.now)
    # When a worker took it; one that has been at it for long has died, and another may take it.
    taken_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)  # how many times a worker has taken it
    screened_at = models.DateTimeField("granskad", null=True, blank=True)
    cleared_at = models.DateTimeField("godkänd", null=True, blank=True)
    # Without `cleared_at` the word was given while the file waited; it counts if nothing was found.
    cleared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="godkänd av"
    )
    reason = models.CharField("skäl", max_length=500, blank=True)

    objects = FileScreeningQuerySet.as_manager()

    class Meta:
        verbose_name = "granskad fil"
        verbose_name_plural = "granskade filer"
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["digest", "suffix"], name="one_screening_a_content"),
            models.CheckConstraint(
                condition=models.Q(state=ScreeningState.DONE, screened_at__isnull=False, verdict__in=list(Verdict))
                | (~models.Q(state=ScreeningState.DONE) & models.Q(verdict="")),
                name="a_verdict_when_screened",
            ),
            models.CheckConstraint(
                condition=models.Q(cleared_at__isnull=True) | models.Q(verdict__in=(Verdict.WARN, Verdict.UNSCREENED)),
                name="only_what_can_be_passed_is_passed",
            ),
        ]

    @property
    def result(self) -> Screening:
        return Screening.from_json({"findings": self.findings, "advice": self.advice, "fault": self.fault})

    @property
    def can_be_passed(self) -> bool:
        """Whether it waits for a person's word: it is read, does not block, and nobody has answered for it."""
        return self.verdict in (Verdict.WARN, Verdict.UNSCREENED) and self.cleared_at is None

    @property
    def blocks(self) -> bool:
        return self.verdict == Verdict.BLOCK

    @property
    def is_cleared(self) -> bool:
        """Whether the content may be public; as `FileScreeningQuerySet.cleared`."""
        if self.verdict in (Verdict.WARN, Verdict.UNSCREENED):
            return self.cleared_at is not None
        return self.verdict == Verdict.CLEAN
