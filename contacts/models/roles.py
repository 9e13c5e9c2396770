"""Roles over time: contact persons, groups and the seats in them."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from gate.models import Screened
from outbox.links import absolute
from outbox.mails import PersonalLink
from outbox.models import OutgoingMail

from ..enums import GroupKind
from ..mail_tokens import STOP_MAIL
from .no_overlap import NoOverlap
from .periods import Period, PeriodQuerySet, today
from .persons import Person


def undeliverable_addresses() -> models.QuerySet[Any, Any]:
    """The addresses (lower case) that another server has said do not exist, and no later mail shows to work.

    A mail that was refused for another reason, or by an address that it was sent on to, says nothing of the address.
    """
    dead = OutgoingMail.objects.to_dead_address().without_later_arrival()
    return dead.annotate(address=Lower("recipient")).values("address")


class ContactPersonQuerySet(PeriodQuerySet):
    def reachable(self) -> Self:
        """Those whom a mail-out may be sent to: they can log in, have an address and have not stopped mail."""
        return self.filter(person__is_active=True, mail_stopped_at__isnull=True).exclude(person__email="")

    def without_deputies(self) -> Self:
        """Contact persons proper."""
        return self.filter(deputy=False)

    def dead_addresses(self) -> set[str]:
        """Those of their addresses (lower case) that another server has said do not exist."""
        rows = self.order_by().annotate(address=Lower("person__email"))
        return set(rows.filter(address__in=undeliverable_addresses()).values_list("address", flat=True))

    def mail_stopped(self) -> Self:
        """Those who have stopped mail-outs."""
        return self.filter(mail_stopped_at__isnull=False)

    def persons_of_several(self) -> set[int]:
        """The numbers of those persons who hold roles in more than one organisation."""
        rows = self.order_by().values("person").annotate(number=models.Count("organisation", distinct=True))
        return set(rows.filter(number__gt=1).values_list("person", flat=True))

    def of(self, person: int, organisation: int) -> Self:
        """The roles of one person in one organisation."""
        return self.filter(person=person, organisation=organisation)

    def by_stop_mail_token(self, token: str) -> "ContactPerson | None":
        """The role whose mail the token stops, with its organisation; None for anything else."""
        pk = STOP_MAIL.read(token)
        return None if pk is None else self.select_related("organisation").filter(pk=pk).first()

    def with_working_address(self) -> Self:
        """Those whose address works, as far as we know."""
        return self.alias(address=Lower("person__email")).exclude(address__in=undeliverable_addresses())

    def mailable(self, on: date | None = None) -> Self:
        """Those active on the day whom a mail may be sent to and, as far as we know, reaches."""
        return self.active(on).reachable().with_working_address()


class ContactPerson(Period):
    """A person whom an organisation has appointed, during a period."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="contact_roles", verbose_name="person")
    organisation = models.ForeignKey(
        "contacts.Organisation", models.PROTECT, related_name="contact_persons", verbose_name="organisation"
    )
    deputy = models.BooleanField("ersättare", default=False)
    # When the person stopped mail-outs about this organisation; NULL if they did not.
    mail_stopped_at = models.DateTimeField("vill inte ha mejl sedan", null=True, blank=True, editable=False)

    # When the person was told of the role, and where their details came from (GDPR, art. 14); NULL if not yet.
    welcomed_at = models.DateTimeField("välkomnad", null=True, blank=True, editable=False)

    objects = ContactPersonQuerySet.as_manager()

    class Meta:
        verbose_name = "kontaktperson"
        verbose_name_plural = "kontaktpersoner"
        ordering = ["organisation__kind", "organisation__short_name", "deputy", "person__name"]
        constraints = [
            models.CheckConstraint(
                # A role that was taken back ends on the day it began, and so never holds.
                condition=models.Q(end__isnull=True) | models.Q(end__gte=models.F("start")),
                name="contact_person_ends_not_before_start",
            ),
            models.UniqueConstraint(
                fields=["person", "organisation"],
                condition=models.Q(end__isnull=True),
                name="one_open_contact_role",
            ),
            NoOverlap(keys=["person", "organisation"], name="contact_roles_do_not_overlap"),
        ]

    def __str__(self) -> str:
        return f"{self.person} ({self.organisation.short_name})"

    @property
    def deputy_label(self) -> str:
        """Whether it is a deputy's role, in Swedish for a spreadsheet."""
        return "ja" if self.deputy else "nej"

    @property
    def role_name(self) -> str:
        """What the person is for the organisation, in a sentence."""
        return "ersättare" if self.deputy else "kontaktperson"

    @property
    def has_ended(self) -> bool:
        """Whether the role is over today."""
        return self.end is not None and self.end <= today()

    @property
    def can_be_taken_back(self) -> bool:
        """Whether the role began today or later, so that ending it undoes it."""
        return self.start >= today()

    @property
    def is_taken_back(self) -> bool:
        """Whether the role was undone the day it began, or before."""
        return self.end == self.start

    @property
    def mail_stopped_on(self) -> date | None:
        """The day in Sweden when the person stopped mail-outs; None if they did not."""
        return timezone.localdate(self.mail_stopped_at) if self.mail_stopped_at else None

    @property
    def stop_mail_link(self) -> str:
        """The absolute address that stops mail-outs to this person."""
        return self.stop_mail.url

    @property
    def stop_mail(self) -> PersonalLink:
        """The link that stops mail-outs to this person. For a mail's header only, never its body."""
        return PersonalLink("stop_mail", self.pk, absolute("contacts:stop_mail", STOP_MAIL.sign(self.pk)))


class Group(Screened, ClusterableModel):
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
    def organisations_now(self) -> list[str]:
        """The organisations with a seat today, each once."""
        held = (seat for seat in self.memberships.all() if seat.is_active())
        return list(dict.fromkeys(seat.organisation.name for seat in held))

    @property
    def seats(self) -> int:
        """How many hold a seat today."""
        return sum(seat.is_active() for seat in self.memberships.all())


class Membership(Period):
    """An organisation's seat in a group during a period; the person who fills it may be unknown."""

    group = ParentalKey(Group, on_delete=models.CASCADE, related_name="memberships", verbose_name="grupp")
    organisation = models.ForeignKey(
        "contacts.Organisation", models.PROTECT, related_name="memberships", verbose_name="organisation"
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
