"""Approvals of the contents of pages."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone

MAX_REASON = 500  # characters, of a reason for anything that the screening warns of


class PageApprovalQuerySet(models.QuerySet["PageApproval"]):
    def about(self, page: models.Model) -> Self:
        return self.filter(
            content_type=ContentType.objects.get_for_model(page, for_concrete_model=True),
            object_id=str(page.pk),
        )


class PageApproval(models.Model):
    """A person's approval of a page with exactly this content, with the reason for its warnings.

    `digest` is of the content (texts and files), so a changed page needs a new approval. `findings` are masked.
    """

    content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    object_id = models.CharField(max_length=40)
    digest = models.CharField(max_length=64)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="av"
    )
    approved_at = models.DateTimeField("när", default=timezone.now)
    reason = models.CharField("skäl", max_length=MAX_REASON, blank=True)
    findings = models.JSONField("fynd", default=list)

    objects = PageApprovalQuerySet.as_manager()

    class Meta:
        verbose_name = "bekräftelse"
        verbose_name_plural = "bekräftelser"
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["content_type", "object_id"], name="page_approvals_of_object")
        ]
        # Given to the editors' group.
        permissions: ClassVar[list[Any]] = [("approve_warning", "Kan publicera trots en varning, med skäl")]
