"""The progress of a mail-out, and the status of the mail to each receiver. Only reads."""

from dataclasses import dataclass
from datetime import datetime
from typing import Self

from django.db.models import Count

from outbox.enums import PENDING_STATUSES, UNDELIVERABLE_STATUSES, BounceClass, MailStatus

from .enums import MailOutKind
from .models import Invitation, Letter, MailOut, MeetingPage, Registration

UNKNOWN_ADVICE = "Läs serverns svar nedan."


@dataclass(frozen=True)
class Progress:
    """How far a mail-out has come, in numbers of mails."""

    by_status: dict[str, int]

    @classmethod
    def of(cls, mail_out: MailOut | Letter) -> Self:
        rows = mail_out.mails.order_by().values_list("status").annotate(number=Count("pk"))
        return cls(dict(rows))

    def _number(self, statuses: set[MailStatus]) -> int:
        return sum(self.by_status.get(status, 0) for status in statuses)

    @property
    def total(self) -> int:
        """The mails that are to arrive. Those that were withdrawn are not: many have been written anew."""
        return sum(self.by_status.values()) - self.withdrawn

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
    def uncertain(self) -> int:
        return self._number({MailStatus.UNCERTAIN})

    @property
    def withdrawn(self) -> int:
        return self._number({MailStatus.WITHDRAWN})

    @property
    def finished(self) -> int:
        """The mails that need no more tries, whether they arrived or not."""
        return self.total - self.pending

    @property
    def is_done(self) -> bool:
        return self.pending == 0

    @property
    def statuses(self) -> list[tuple[str, str, int]]:
        """Each status that some mail has, with its Swedish name and the number of mails."""
        return [(s.value, s.label, self.by_status[s]) for s in MailStatus if self.by_status.get(s)]


@dataclass(frozen=True)
class Failures:
    """The mails of a mail-out that failed for one reason, and what to do about them."""

    number: int
    label: str
    what_to_do: str


def failures_of(mail_out: MailOut) -> list[Failures]:
    """The failures by reason, in the order of the reasons; those whose reason is not known come last."""
    rows = mail_out.mails.failed_now().order_by().values_list("bounce_class").annotate(number=Count("pk"))
    numbers = dict(rows)
    known = [Failures(numbers[kind], str(kind.label), kind.what_to_do) for kind in BounceClass if kind in numbers]
    unknown = numbers.get("")
    return known + ([Failures(unknown, "Okänt skäl", UNKNOWN_ADVICE)] if unknown else [])


def withdrawals_of(mail_out: MailOut) -> list[str]:
    """How many mails of the mail-out were withdrawn, for each reason, in Swedish."""
    withdrawn = mail_out.mails.filter(status=MailStatus.WITHDRAWN)
    rows = withdrawn.values_list("reply").annotate(number=Count("pk")).order_by("-number", "reply")
    one, many = ("inbjudan", "inbjudningar") if mail_out.kind == MailOutKind.INVITATION else ("mejl", "mejl")
    return [f"{number} {one if number == 1 else many} drogs in{_because(reply)}." for reply, number in rows]


def _because(reason: str) -> str:
    """The reason as the end of a sentence."""
    return f", {reason[0].lower()}{reason[1:].rstrip('.')}" if reason else ""


@dataclass(frozen=True, kw_only=True)
class Receiver:
    """A receiver of a mail-out, and the status of the mail."""

    mail: int
    organisation: str
    person: str
    address: str
    status: str
    status_label: str
    reply: str
    at: datetime | None
    failure: str  # what it means that the mail did not arrive
    failed_address: str

    @property
    def is_failed(self) -> bool:
        return self.status in UNDELIVERABLE_STATUSES


def receivers_of(mail_out: MailOut) -> list[Receiver]:
    """Each receiver of the mail-out, by organisation. Mails removed from the outbox are left out."""
    contact_persons, participants = _names(mail_out.meeting)
    fields = ("pk", "recipient", "status", "reply", "sent_at", "due_at", "bounce_class", "failed_address")
    receivers = []
    for mail in mail_out.mails.only(*fields).order_by("pk"):
        key = mail.recipient.lower()
        # A contact person who also takes part gets two mails of an update, from the same address.
        organisation, person = contact_persons.get(mail.pk) or participants.get(key) or ("", "")
        receivers.append(
            Receiver(
                mail=mail.pk,
                organisation=organisation,
                person=person,
                address=mail.recipient,
                status=mail.status,
                status_label=str(MailStatus(mail.status).label),
                reply=mail.reply,
                at=mail.sent_at or mail.due_at,
                failure=str(mail.failure.label) if mail.failure else "",
                failed_address=mail.failed_address if mail.failure else "",
            )
        )
    return sorted(receivers, key=lambda row: (row.organisation == "", row.organisation, row.person, row.address))


def _names(meeting: MeetingPage) -> tuple[dict[int, tuple[str, str]], dict[str, tuple[str, str]]]:
    """Organisation and name: of contact persons by mail, and of contact persons and participants by address."""
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
