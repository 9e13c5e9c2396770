"""Nominations: who is to become contact person, named by the organisation itself and not appointed yet."""

from datetime import datetime, timedelta
from typing import ClassVar, Self

from django.db import models
from django.utils import timezone

from gate.models import Screened
from outbox.links import absolute
from outbox.mails import PersonalLink

from ..enums import NominationKind, NominationOutcome
from ..mail_tokens import NOMINATION
from .persons import NAME_LENGTH, PHONE_LENGTH, TITLE_LENGTH, Person
from .roles import ContactPerson

# How long the link in the mail works.
LINK_DAYS = 30


class NominationQuerySet(models.QuerySet["Nomination"]):
    def open(self) -> Self:
        """Those that nothing has come of yet, and whose link still works or which have been confirmed."""
        is_fresh = models.Q(created_at__gt=timezone.now() - timedelta(days=LINK_DAYS))
        return self.filter(is_fresh | models.Q(confirmed_at__isnull=False), outcome="")

    def waiting(self) -> Self:
        """Those that have been confirmed, and wait for an editor; the oldest first."""
        return self.filter(outcome="", confirmed_at__isnull=False).order_by("confirmed_at", "pk")

    def handovers_of(self, role: ContactPerson) -> Self:
        """The contact person's own questions to a successor."""
        return self.filter(kind=NominationKind.HANDOVER, predecessor=role)

    def of_address(self, email: str) -> Self:
        return self.filter(email__iexact=email)

    def made_before(self, moment: datetime) -> Self:
        return self.filter(created_at__lte=moment).order_by("pk")

    def by_token(self, token: str) -> "Nomination | None":
        """The nomination whose link carries the token; None for anything else."""
        pk = NOMINATION.read(token)
        rows = self.select_related("organisation", "predecessor__person")
        return None if pk is None else rows.filter(pk=pk).first()


class Nomination(Screened):
    """Somebody named to be contact person for an organisation, who confirms it by the link in a mail.

    A hand-over is named by the contact person in office (`predecessor`), an application by whoever fills in the
    public form, and a referral by a colleague or the functional mailbox, instead of `predecessor` if there is one.
    """

    kind = models.CharField("slag", max_length=12, choices=NominationKind)
    organisation = models.ForeignKey(
        "contacts.Organisation", models.CASCADE, related_name="nominations", verbose_name="organisation"
    )
    predecessor = models.ForeignKey(
        ContactPerson, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="lämnas över av"
    )
    email = models.EmailField("e-post")
    name = models.CharField("namn", max_length=NAME_LENGTH)
    title = models.CharField("titel", max_length=TITLE_LENGTH, blank=True)
    phone = models.CharField("telefon", max_length=PHONE_LENGTH, blank=True)
    decided_by = models.CharField("vem som har beslutat", max_length=NAME_LENGTH, blank=True)
    created_at = models.DateTimeField("anmäld", default=timezone.now)
    confirmed_at = models.DateTimeField("bekräftad", null=True, blank=True)
    outcome = models.CharField("vad det blev", max_length=12, choices=NominationOutcome, blank=True)
    answered_at = models.DateTimeField("avslutad", null=True, blank=True)
    answered_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="av")

    objects = NominationQuerySet.as_manager()

    class Meta:
        verbose_name = "anmäld kontaktperson"
        verbose_name_plural = "anmälda kontaktpersoner"
        ordering: ClassVar[list[str]] = ["-created_at", "-pk"]
        default_permissions = ()
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(outcome="", answered_at__isnull=True)
                | ~models.Q(outcome="") & models.Q(answered_at__isnull=False),
                name="a_nomination_ends_with_an_outcome",
            ),
        ]

    def __str__(self) -> str:
        return f"Anmälan {self.pk}"

    @property
    def is_handover(self) -> bool:
        return self.kind == NominationKind.HANDOVER

    @property
    def has_expired(self) -> bool:
        """Whether nobody confirmed it in time."""
        return self.confirmed_at is None and self.created_at <= timezone.now() - timedelta(days=LINK_DAYS)

    @property
    def link(self) -> PersonalLink:
        """The link by which the person confirms it."""
        return PersonalLink("nomination", self.pk, absolute("contacts:nomination", NOMINATION.sign(self.pk)))
