"""Screenings of the contents of uploaded files, and the approval of those that need one."""

from collections.abc import Iterator
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils import timezone

from screening.findings import RULES_VERSION, Screening, Verdict

from ..enums import ScreeningState
from .page_approvals import MAX_REASON

# What a person may approve: a warning, and what could not be read. Nobody may approve what blocks.
APPROVABLE = (Verdict.WARN, Verdict.UNSCREENED)


class FileScreeningQuerySet(models.QuerySet["FileScreening"]):
    def approved(self) -> Self:
        """Contents that may be public; the same rule as `FileScreening.is_approved`."""
        by_person = models.Q(verdict__in=APPROVABLE, approved_at__isnull=False)
        return self.filter(models.Q(verdict=Verdict.CLEAN) | by_person)

    def by_todays_rules(self) -> Self:
        return self.filter(state=ScreeningState.DONE, rules=RULES_VERSION)


class FileScreening(models.Model):
    """The screening of a content with a file ending, shared by all documents and images that have it.

    The table is also the queue: the worker takes the rows that wait. `findings` and `advice` are masked,
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
    # When a worker took it. After the lease (`files.queue`) that worker has died, and another may take it.
    taken_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)  # how many times a worker has taken it
    screened_at = models.DateTimeField("granskad", null=True, blank=True)
    # When the text of the cleared content was read, for the search; its pages are rows of `FileText`.
    text_read_at = models.DateTimeField(null=True, blank=True)
    approved_at = models.DateTimeField("godkänd", null=True, blank=True)
    # Without `approved_at` the approval was given while the file waited; it counts if nothing is found.
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="godkänd av"
    )
    reason = models.CharField("skäl", max_length=MAX_REASON, blank=True)

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
                condition=models.Q(approved_at__isnull=True) | models.Q(verdict__in=APPROVABLE),
                name="only_what_can_be_approved_is",
            ),
        ]

    def __str__(self) -> str:
        return f"fil{self.suffix}, {self.digest[:8]}"

    @property
    def result(self) -> Screening:
        return Screening.from_json({"findings": self.findings, "advice": self.advice, "fault": self.fault})

    @property
    def is_done(self) -> bool:
        return self.state == ScreeningState.DONE

    @property
    def blocks(self) -> bool:
        return self.verdict == Verdict.BLOCK

    @property
    def is_approved(self) -> bool:
        """Whether the content may be public: it is clean, or a person has approved it."""
        return self.verdict == Verdict.CLEAN or (self.verdict in APPROVABLE and self.approved_at is not None)

    @property
    def needs_approval(self) -> bool:
        """Whether a person has to approve it: it warns or could not be read, and nobody has approved it."""
        return self.verdict in APPROVABLE and self.approved_at is None

    def files(self) -> Iterator[Any]:
        """The documents and images that have exactly this content."""
        for model in file_models():
            yield from model._default_manager.filter(screening=self).order_by("pk")


class FileText(models.Model):
    """A page of a cleared content, or a part of one that has no pages, as it was read by the screening's readers."""

    content = models.ForeignKey(FileScreening, models.CASCADE, related_name="texts")
    position = models.PositiveIntegerField()  # among the texts of the content
    page = models.PositiveIntegerField(default=0)  # its number in the file; 0 when the file has no pages
    text = models.TextField()

    class Meta:
        verbose_name = "text i en fil"
        verbose_name_plural = "texter i filer"
        ordering: ClassVar[list[str]] = ["position"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["content", "position"], name="one_text_a_place_in_a_file")
        ]


def file_models() -> list[type[Any]]:
    """Every model whose files are screened, whichever room it belongs to."""
    # Found by the foreign key that `ScreenedFile` gives them.
    relations = FileScreening._meta.get_fields(include_hidden=True)
    return [
        relation.related_model
        for relation in relations
        if isinstance(relation, models.ManyToOneRel) and relation.field.name == "screening"
    ]
