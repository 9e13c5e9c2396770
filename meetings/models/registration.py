"""Who takes part. Participants are no persons of the register: they give an address for one meeting."""

from typing import Self

from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from ..enums import TAKING_PART, RegistrationStatus
from .invitation import Invitation
from .meeting import MeetingPage


class RegistrationQuerySet(models.QuerySet["Registration"]):
    def taking_part(self) -> Self:
        return self.filter(status__in=TAKING_PART)

    def waiting(self) -> Self:
        """Those whose organisation an editor must tell."""
        return self.filter(status=RegistrationStatus.WAITING)


class Registration(models.Model):
    meeting = models.ForeignKey(MeetingPage, models.CASCADE, related_name="registrations", verbose_name="möte")
    organisation = models.ForeignKey(
        "contacts.Organisation", models.PROTECT, null=True, blank=True, related_name="registrations", verbose_name="organisation"
    )
    invitation = models.ForeignKey(Invitation, models.SET_NULL, null=True, blank=True, related_name="registrations")
    name = models.CharField("namn", max_length=150)
    email = models.EmailField("e-post")
    role = models.CharField("roll", max_length=150, blank=True)
    department = models.CharField("förvaltning eller enhet", max_length=150, blank=True)
    status = models.CharField("status", max_length=15, choices=RegistrationStatus, default=RegistrationStatus.REGISTERED)
    attended = models.BooleanField("deltog", null=True, blank=True)
    nonce = models.CharField(max_length=32)
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField("anmäld", default=timezone.now)
    cancelled_at = models.DateTimeField("avanmäld", null=True, blank=True)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = "anmälan"
        verbose_name_plural = "anmälningar"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint("meeting", Lower("email"), name="one_registration_an_address"),
            models.CheckConstraint(
                condition=~models.Q(status=RegistrationStatus.REGISTERED) | models.Q(organisation__isnull=False),
                name="registered_participants_have_an_organisation",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.email})"
