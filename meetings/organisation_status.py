"""The status of each organisation's invitation to a meeting, and the meeting in numbers. Only reads."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count, Q

from contacts.enums import COVERED_KINDS
from contacts.models import ContactPerson, Organisation
from outbox.enums import ON_ITS_WAY_STATUSES, UNDELIVERABLE_STATUSES, MailStatus

from .enums import TAKING_PART, RegistrationStatus
from .models import Invitation, InvitedOrganisation, MeetingPage, Registration


@dataclass
class OrganisationRow:
    """An organisation and the status of its invitation."""

    organisation: Organisation
    invited: InvitedOrganisation | None = None
    contact_persons: list[str] = field(default_factory=list)
    mail_statuses: list[str] = field(default_factory=list)
    registered: int = 0
    attended: int = 0
    has_contact_person: bool = False
    # One of `Organisation.objects.nobody_to_mail()`.
    has_nobody_to_mail: bool = True

    @property
    def is_reached(self) -> bool:
        """Whether a mail has arrived, or is still on its way."""
        return any(status in ON_ITS_WAY_STATUSES for status in self.mail_statuses)

    @property
    def is_unreachable(self) -> bool:
        """Whether it is a kommun or region with nobody to mail."""
        return self.organisation.kind in COVERED_KINDS and self.has_nobody_to_mail

    @property
    def has_declined(self) -> bool:
        return self.invited is not None and self.invited.declined_at is not None

    @property
    def opened_at(self) -> datetime | None:
        """When the organisation began to use its invitation."""
        return self.invited.opened_at if self.invited else None

    @property
    def state(self) -> str:
        """The furthest that the organisation has come, in a word or two."""
        if self.registered:
            return "Anmäld"
        if self.has_declined:
            return "Tackade nej"
        if self.opened_at:
            return "Vidarebefordrad"
        if self.is_reached:
            return "Inbjuden"
        if any(status in UNDELIVERABLE_STATUSES for status in self.mail_statuses):
            return "Kom inte fram"
        if self.mail_statuses:
            return "Inbjudan drogs in"
        if not self.has_nobody_to_mail:
            return "Inte inbjuden"
        return "Ingen att mejla" if self.has_contact_person else "Saknar kontaktperson"


def organisation_rows(meeting: MeetingPage) -> list[OrganisationRow]:
    """The kommuner and regioner, and all others who are invited or registered, by kind and name."""
    invited = {row.organisation_id: row for row in InvitedOrganisation.objects.filter(meeting=meeting)}
    numbers = _registration_numbers(meeting)
    organisations = Organisation.objects.filter(
        Q(pk__in=Organisation.objects.covered().values("pk")) | Q(pk__in=invited.keys() | numbers.keys())
    ).order_by("kind", "short_name")
    appointed: defaultdict[int, list[str]] = defaultdict(list)
    contact_persons = ContactPerson.objects.active().order_by("person__name")
    for pk, name in contact_persons.values_list("organisation", "person__name"):
        appointed[pk].append(name)
    unreachable = set(Organisation.objects.nobody_to_mail().values_list("pk", flat=True))
    rows = {
        organisation.pk: OrganisationRow(
            organisation,
            invited=invited.get(organisation.pk),
            registered=numbers[organisation.pk][0],
            attended=numbers[organisation.pk][1],
            has_contact_person=organisation.pk in appointed,
            has_nobody_to_mail=organisation.pk in unreachable,
        )
        for organisation in organisations
    }
    invitations = Invitation.objects.to_meeting(meeting).mailed()
    values = invitations.values_list("invited__organisation", "contact_person__person__name", "mail__status")
    for organisation, person, status in values.order_by("pk"):
        rows[organisation].contact_persons.append(person)
        # The outbox removes old mails that arrived, but keeps those that did not.
        rows[organisation].mail_statuses.append(status or MailStatus.SENT)
    for row in rows.values():
        # If nobody has been mailed, show those who hold the role now.
        row.contact_persons = row.contact_persons or appointed.get(row.organisation.pk, [])
    return list(rows.values())


def _registration_numbers(meeting: MeetingPage) -> defaultdict[int, tuple[int, int]]:
    """How many are registered and how many came, by organisation."""
    rows = (
        Registration.objects.taking_part()
        .to_meeting(meeting)
        .order_by()
        .values_list("organisation")
        .annotate(registered=Count("pk"), attended=Count("pk", filter=Q(attended=True)))
    )
    numbers: defaultdict[int, tuple[int, int]] = defaultdict(lambda: (0, 0))
    numbers.update({organisation: (registered, attended) for organisation, registered, attended in rows})
    return numbers


@dataclass(frozen=True)
class Numbers:
    """A meeting in numbers: organisations, and people."""

    invited: int
    opened: int
    declined: int
    organisations: int
    registered: int
    waiting: int
    attended: int


def numbers_of(meeting: MeetingPage) -> Numbers:
    invited = InvitedOrganisation.objects.filter(meeting=meeting).aggregate(
        all=Count("pk"),
        opened=Count("pk", filter=Q(opened_at__isnull=False)),
        declined=Count("pk", filter=Q(declined_at__isnull=False)),
    )
    taking_part = Q(status__in=TAKING_PART)
    people = Registration.objects.to_meeting(meeting).aggregate(
        organisations=Count("organisation", filter=taking_part, distinct=True),
        registered=Count("pk", filter=taking_part),
        waiting=Count("pk", filter=Q(status=RegistrationStatus.WAITING)),
        attended=Count("pk", filter=taking_part & Q(attended=True)),
    )
    return Numbers(invited=invited["all"], opened=invited["opened"], declined=invited["declined"], **people)
