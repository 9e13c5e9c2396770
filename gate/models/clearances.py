"""What a person has answered for before a publication."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone


class ClearanceQuerySet(models.QuerySet["Clearance"]):
    def about(self, instance: models.Model) -> Self:
        return self.filter(
            content_type=ContentType.objects.get_for_model(instance, for_concrete_model=True),
            object_id=str(instance.pk),
        )


class Clearance(models.Model):
    """A person's word that exactly this content may be public, with the reason for each warning passed.

    `digest` is of the content (texts and files), so that a changed page asks again. `findings` are masked.
    """

    content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    object_id = models.CharField(max_length=40)
    digest = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="av")
    at = models.DateTimeField("när", default=timezone.now)
    reason = models.CharField("skäl", max_length=500, blank=True)
    findings = models.JSONField("fynd", default=list)

    objects = ClearanceQuerySet.as_manager()

    class Meta:
        verbose_name = "bekräftelse"
        verbose_name_plural = "bekräftelser"
        indexes: ClassVar[list[Any]] = [models.Index(fields=["content_type", "object_id"], name="clearances_of_object")]
        # Editors have it; it is what lets somebody publish despite a warning.
        permissions: ClassVar[list[Any]] = [("pass_warning", "Kan publicera trots en varning, med skäl")]
