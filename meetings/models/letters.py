"""Letters from the editors to the contact persons of chosen organisations."""

from typing import Any, ClassVar, Self

from django.db import models
from django.utils import timezone

from contacts.enums import OrganisationKind
from contacts.models import ContactPerson, Membership, Organisation
from gate.models import Screened
from outbox.models import MailQuerySet, OutgoingMail

from ..enums import Participation
from .invitation import InvitedOrganisation
from .meeting import MeetingPage
from .registration import Registration

SUBJECT_LENGTH = 150
TEXT_LENGTH = 10_000


class LetterQuerySet(models.QuerySet["Letter"]):
    def by(self, person: int) -> Self:
        """Those that a person has written, the oldest first."""
        return self.filter(created_by=person).order_by("created_at", "pk")


class Letter(Screened):
    """A letter to the contact persons of a chosen set of organisations; each choice that is left empty chooses all."""

    subject = models.CharField("ämne", max_length=SUBJECT_LENGTH)
    text = models.TextField("text", max_length=TEXT_LENGTH)
    kind = models.CharField("slag av organisation", max_length=20, choices=OrganisationKind, blank=True)
    county_code = models.CharField("län", max_length=2, blank=True)
    group = models.ForeignKey(
        "contacts.Group", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="plats i gruppen"
    )
    participation = models.CharField("deltagande", max_length=12, choices=Participation, blank=True)
    # The meeting whose invitation the organisations have not answered.
    meeting = models.ForeignKey(
        MeetingPage, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="mötet"
    )
    created_at = models.DateTimeField("skapat", default=timezone.now)
    created_by = models.ForeignKey(
        "contacts.Person", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="av"
    )
    # When it was sent; NULL for one that is being written.
    sent_at = models.DateTimeField("skickat", null=True, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = "brev"
        verbose_name_plural = "brev"
        ordering: ClassVar[list[str]] = ["-created_at", "-pk"]
        default_permissions = ()
        permissions = [("send_letter", "Kan skriva brev till kontaktpersoner")]

    def __str__(self) -> str:
        return self.subject

    @property
    def batch(self) -> str:
        """The name of the letter's mails in the outbox."""
        return f"letter:{self.pk}"

    @property
    def mails(self) -> MailQuerySet:
        """The letter's mails, with the status of each receiver."""
        return OutgoingMail.objects.in_batch(self.batch)

    @property
    def paragraphs(self) -> list[str]:
        """The text as paragraphs, which empty lines divide."""
        lines = self.text.replace("\r\n", "\n").split("\n\n")
        return [line.strip() for line in lines if line.strip()]

    @property
    def receivers(self) -> list[ContactPerson]:
        """Those whom it would reach now: one role of each person who takes mail in the chosen organisations."""
        roles = ContactPerson.objects.active().reachable().filter(organisation__in=self._organisations())
        rows = roles.select_related("person", "organisation").order_by("organisation__name", "deputy", "person__name")
        each: dict[int, ContactPerson] = {}
        for role in rows:
            each.setdefault(role.person_id, role)
        return list(each.values())

    def _organisations(self) -> models.QuerySet[Any]:
        rows = Organisation.objects.order_by()
        if self.kind:
            rows = rows.filter(kind=self.kind)
        if self.county_code:
            rows = rows.filter(county_code=self.county_code)
        if self.group_id:
            rows = rows.filter(pk__in=Membership.objects.active().filter(group=self.group_id).values("organisation"))
        if self.participation == Participation.NEVER:
            came = Registration.objects.taking_part().to_meetings_ended(timezone.now()).exclude(attended=False)
            rows = rows.exclude(pk__in=came.exclude(organisation=None).values("organisation"))
        if self.participation == Participation.UNANSWERED:
            asked = InvitedOrganisation.objects.filter(meeting=self.meeting_id, declined_at=None)
            registered = Registration.objects.filter(meeting=self.meeting_id).exclude(organisation=None)
            rows = rows.filter(pk__in=asked.values("organisation"))
            rows = rows.exclude(pk__in=registered.current().values("organisation"))
        return rows.values("pk")
