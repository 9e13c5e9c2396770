"""Roles over time: contact persons, groups and the seats in them."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models.functions import Lower
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from outbox.enums import MailStatus
from outbox.models import OutgoingMail

from ..enums import GroupKind
from .organisations import Organisation
from .periods import Period, PeriodQuerySet
from .persons import Person


def undeliverable_addresses() -> models.QuerySet[Any, Any]:
    """The addresses (lower case) whose latest answer from a mail server was a no.

    A mail that got through afterwards clears the address; one that still waits tells nothing.
    """
    mails = OutgoingMail.objects.annotate(address=Lower("recipient"))
    delivered_later = mails.filter(
        address=models.OuterRef("address"), pk__gt=models.OuterRef("pk"), status=MailStatus.SENT
    )
    return mails.undeliverable().exclude(models.Exists(delivered_later)).values("address")


class ContactPersonQuerySet(PeriodQuerySet):
    def in_county(self, code: str) -> Self:
        return self.filter(organisation__county_code=code)

    def reachable(self) -> Self:
        """Those whom a mail may be sent to."""
        return self.filter(person__is_active=True).exclude(person__email="")

    def mailable(self, on: date | None = None) -> Self:
        """Those active on the day whom a mail may be sent to and, as far as we know, reaches."""
        reachable = self.active(on).reachable().annotate(address=Lower("person__email"))
        return reachable.exclude(address__in=undeliverable_addresses())

    def for_invitation(self) -> Self:
        """With person and organisation at hand, in the order of the organisations."""
        return self.select_related("person", "organisation").order_by(
            "organisation__kind", "organisation__code", "deputy", "pk"
        )


class ContactPerson(Period):
    """A person whom an organisation has appointed, during a period."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="contact_roles", verbose_name="person")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="contact_persons", verbose_name="organisation"
    )
    deputy = models.BooleanField("ersättare", default=False)

    objects = ContactPersonQuerySet.as_manager()

    class Meta:
        verbose_name = "kontaktperson"
        verbose_name_plural = "kontaktpersoner"
        ordering = ["organisation__kind", "organisation__short_name", "deputy", "person__name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(end__isnull=True) | models.Q(end__gt=models.F("start")),
                name="contact_person_ends_after_start",
            ),
            models.UniqueConstraint(
                fields=["person", "organisation"],
                condition=models.Q(end__isnull=True),
                name="one_open_contact_role",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} ({self.organisation.short_name})"

    @property
    def deputy_label(self) -> str:
        """As a spreadsheet has it."""
        return "ja" if self.deputy else "nej"


class Group(ClusterableModel):
    """A group around the forum: collaboration, reference or theme group."""

    kind = models.CharField("slag", max_length=20, choices=GroupKind)
    name = models.CharField("namn", max_length=150, unique=True)
    description = models.TextField("beskrivning", blank=True)

    class Meta:
        verbose_name = "grupp"
        verbose_name_plural = "grupper"
        ordering = ["kind", "name"]

    def __str__(self) -> str:
        return self.name

    @property
    def seats(self) -> int:
        """How many hold a seat today."""
        return sum(seat.is_active() for seat in self.memberships.all())


class Membership(Period):
    """An organisation's seat in a group during a period; the person who fills it may be unknown."""

    group = ParentalKey(Group, on_delete=models.CASCADE, related_name="memberships", verbose_name="grupp")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="memberships", verbose_name="organisation"
    )
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="memberships", verbose_name="person"
    )

    objects = PeriodQuerySet.as_manager()

    class Meta:
        verbose_name = "medlemskap"
        verbose_name_plural = "medlemskap"
        ordering = ["group", "organisation__name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(end__isnull=True) | models.Q(end__gt=models.F("start")),
                name="membership_ends_after_start",
            ),
            models.UniqueConstraint(
                fields=["group", "organisation", "person"],
                condition=models.Q(end__isnull=True, person__isnull=False),
                name="one_open_membership",
            ),
            models.UniqueConstraint(
                fields=["group", "organisation"],
                condition=models.Q(end__isnull=True, person__isnull=True),
                name="one_open_seat_without_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} i {self.group}"
