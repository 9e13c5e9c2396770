"""Objections: two persons' word that something the screening stops is not what it takes it for."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from wagtail.models import Page

from screening.findings import Finding, Kind

from .file_screenings import FileScreening
from .page_approvals import MAX_REASON
from .screened import Screened


def subject_fields(subject: Page | FileScreening) -> dict[str, Any]:
    """The fields of an objection about a page or a content. What is said of an alias is about its original."""
    if isinstance(subject, Page):
        return {"page_id": subject.alias_of_id or subject.pk}
    return {"content_id": subject.pk}


class ObjectionQuerySet(models.QuerySet["Objection"]):
    def about(self, subject: Page | FileScreening) -> Self:
        return self.filter(**subject_fields(subject))

    def agreed(self) -> Self:
        """Objections that a second person has agreed to, so that what they are about is let through."""
        return self.filter(agreed_at__isnull=False)

    def waiting(self) -> Self:
        return self.filter(agreed_at__isnull=True)

    def waiting_for(self, person: Any) -> Self:
        """Objections that the person may answer: those of others."""
        return self.waiting().exclude(proposed_by=person)


def _person(label: str) -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=label
    )


class Objection(Screened):
    """A person's word that a stop is wrong, in force when a second person has agreed to it.

    It is about a page or the content of a file, and about one finding in exactly this text: `digest` is made of both
    (`gate.objections`), so a changed text is stopped again. The finding is kept as it is shown, with masked digits.
    """

    not_typed: ClassVar[frozenset[str]] = frozenset({"digest", "kind", "where", "excerpt"})
    wagtail_reference_index_ignore = True  # not a usage of the page to show to editors

    page = models.ForeignKey(Page, models.CASCADE, null=True, blank=True, related_name="+")
    content = models.ForeignKey(FileScreening, models.CASCADE, null=True, blank=True, related_name="objections")
    digest = models.CharField(max_length=64)
    kind = models.CharField("slag", max_length=30)
    where = models.CharField("plats", max_length=300)
    excerpt = models.CharField("utdrag", max_length=100)
    reason = models.CharField("skäl", max_length=MAX_REASON)
    proposed_by = _person("sagt av")
    proposed_at = models.DateTimeField("när", default=timezone.now)
    agreed_by = _person("medhåll av")
    agreed_at = models.DateTimeField("medhåll när", null=True, blank=True)

    objects = ObjectionQuerySet.as_manager()

    class Meta:
        verbose_name = "invändning mot ett stopp"
        verbose_name_plural = "invändningar mot stopp"
        # Given to editors and reviewers.
        permissions: ClassVar[list[Any]] = [
            ("pass_stop", "Kan säga att ett stopp är fel, och hålla med en annan om det")
        ]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=models.Q(page__isnull=False, content__isnull=True)
                | models.Q(page__isnull=True, content__isnull=False),
                name="an_objection_is_about_one_thing",
            ),
            # A person who is gone is NULL; while both are here they are not the same.
            models.CheckConstraint(
                condition=models.Q(agreed_by__isnull=True)
                | models.Q(proposed_by__isnull=True)
                | ~models.Q(agreed_by=models.F("proposed_by")),
                name="a_stop_is_passed_by_two_persons",
            ),
            models.CheckConstraint(
                condition=models.Q(agreed_by__isnull=True) | models.Q(agreed_at__isnull=False),
                name="who_agrees_does_so_at_a_time",
            ),
            models.UniqueConstraint(fields=["page", "digest"], name="one_objection_a_finding_on_a_page"),
            models.UniqueConstraint(fields=["content", "digest"], name="one_objection_a_finding_in_a_file"),
        ]

    @property
    def finding(self) -> Finding:
        return Finding(Kind(self.kind), self.where, self.excerpt)
