"""What an editor sees of a meeting: its mail-outs, the organisations and what is left to do. Only reads."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from typing import Self

from django.db.models import Count, Q, QuerySet

from contacts.enums import COVERED_KINDS
from contacts.models import ContactPerson, Organisation
from outbox.enums import PENDING_STATUSES, UNDELIVERABLE_STATUSES, MailStatus

from .enums import TAKING_PART, MailOutKind, RegistrationStatus
from .models import Invitation, InvitedOrganisation, MailOut, MeetingPage, Registration


@dataclass(frozen=True)
class Progress:
    """How far a mail-out has come, in numbers of mails."""

    by_status: dict[str, int]

    @classmethod
    def of(cls, mail_out: MailOut) -> Self:
        rows = mail_out.mails.order_by().values_list("status").annotate(number=Count("pk"))
        return cls(dict(rows))

    def _number(self, statuses: set[MailStatus]) -> int:
        return sum(self.by_status.get(status, 0) for status in statuses)

    @property
    def total(self) -> int:
        return sum(self.by_status.values())

    @property
    def sent(self) -> int:
        return self._number({MailStatus.SENT})

    @property
    def pending(self) -> int:
        return self._number(PENDING_STATUSES)

    @property
    def failed(self) -> int:
        return self._number(UNDELIVERABLE_STATUSES)

    @property
    def finished(self) -> int:
        """Those that need no more tries, whether they arrived or not."""
        return self.total - self.pending

    @property
    def is_done(self) -> bool:
        return self.pending == 0

    @property
    def statuses(self) -> list[tuple[str, str, int]]:
        """Status, its Swedish name and number, for those that there are any of."""
        return [(s.value, s.label, self.by_status[s]) for s in MailStatus if self.by_status.get(s)]


@dataclass(frozen=True)
class Receiver:
    """Somebody whom a mail-out went to, and what became of the mail."""

    organisation: str
    person: str
    address: str
    status: str
    status_label: str
    reply: str
    at: datetime | None

    @property
    def is_failed(self) -> bool:
        return self.status in UNDELIVERABLE_STATUSES


def receivers_of(mail_out: MailOut) -> list[Receiver]:
    """Each receiver of the mail-out, by organisation. Mails that the outbox has been cleaned of are left out."""
    contact_persons, participants = _names(mail_out.meeting)
    fields = ("pk", "recipient", "status", "reply", "sent_at", "due_at")
    receivers = []
    for mail in mail_out.mails.only(*fields).order_by("pk"):
        key = mail.recipient.lower()
        # A contact person who also takes part gets two mails of an update, from the same address.
        organisation, person = contact_persons.get(mail.pk) or participants.get(key) or ("", "")
        at = mail.sent_at or mail.due_at
        label = MailStatus(mail.status).label
        receivers.append(Receiver(organisation, person, mail.recipient, mail.status, str(label), mail.reply, at))
    return sorted(receivers, key=lambda row: (row.organisation == "", row.organisation, row.person, row.address))


def _names(meeting: MeetingPage) -> tuple[dict[int, tuple[str, str]], dict[str, tuple[str, str]]]:
    """Organisation and name of contact persons by mail, and of everybody told of the meeting by address."""
    by_mail: dict[int, tuple[str, str]] = {}
    by_address: dict[str, tuple[str, str]] = {}
    for invitation in Invitation.objects.to_meeting(meeting).with_receiver().defer("mail__message", "mail__text"):
        person = invitation.contact_person.person
        names = (invitation.invited.organisation.name, person.name)
        by_address[person.email.lower()] = names
        if invitation.mail_id:
            by_mail[invitation.mail_id] = names
    for registration in Registration.objects.to_meeting(meeting).with_origin():
        organisation = registration.organisation.name if registration.organisation else ""
        by_address.setdefault(registration.email.lower(), (organisation, registration.name))
    return by_mail, by_address


@dataclass
class OrganisationRow:
    """What has become of one organisation's invitation."""

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
        return any(status not in UNDELIVERABLE_STATUSES for status in self.mail_statuses)

    @property
    def is_unreachable(self) -> bool:
        """Whether it is a kommun or region with nobody to mail."""
        return self.organisation.kind in COVERED_KINDS and self.has_nobody_to_mail

    @property
    def has_declined(self) -> bool:
        return self.invited is not None and self.invited.declined_at is not None

    @property
    def has_opened(self) -> bool:
        return self.invited is not None and self.invited.opened_at is not None

    @property
    def state(self) -> str:
        """The furthest that the organisation has come, in a word or two."""
        if self.registered:
            return "Anmäld"
        if self.has_declined:
            return "Tackade nej"
        if self.has_opened:
            return "Vidarebefordrad"
        if self.is_reached:
            return "Inbjuden"
        if self.mail_statuses:
            return "Kom inte fram"
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
    active = ContactPerson.objects.active()
    appointed: defaultdict[int, list[str]] = defaultdict(list)
    for pk, name in active.order_by("person__name").values_list("organisation", "person__name"):
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
        # The outbox forgets old mails that arrived; those that did not arrive it keeps.
        rows[organisation].mail_statuses.append(status or MailStatus.SENT)
    for row in rows.values():
        # Nobody there has been mailed: those who hold the role now.
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


def next_meeting() -> MeetingPage | None:
    """The first announced meeting that has not ended and is to be held."""
    return MeetingPage.objects.coming().not_cancelled().first()


def invitation_of(meeting: MeetingPage) -> MailOut | None:
    """The mail-out of the invitation, if it has begun."""
    return MailOut.objects.filter(meeting=meeting, kind=MailOutKind.INVITATION).first()


def waiting_registrations() -> QuerySet[Registration]:
    """Those of coming meetings who wait for an editor to tell their organisation."""
    return Registration.objects.waiting().filter(meeting__in=MeetingPage.objects.coming().not_cancelled())


def undelivered_of_coming_meetings() -> Counter[MeetingPage]:
    """The coming meetings with invitations that did not arrive, and how many."""
    meetings = {meeting.pk: meeting for meeting in MeetingPage.objects.coming()}
    rows = Invitation.objects.undeliverable().filter(invited__meeting__in=meetings).order_by()
    counts = rows.values_list("invited__meeting").annotate(number=Count("pk"))
    return Counter({meetings[meeting]: number for meeting, number in counts})
