"""The progress of a mail-out, and the status of the mail to each receiver. Only reads."""

from dataclasses import dataclass
from datetime import datetime
from typing import Self

from django.db.models import Count

from outbox.enums import PENDING_STATUSES, UNDELIVERABLE_STATUSES, MailStatus

from .models import Invitation, MailOut, MeetingPage, Registration


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
class Receiver:
    """A receiver of a mail-out, and the status of the mail."""

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
    """Each receiver of the mail-out, by organisation. Mails removed from the outbox are left out."""
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
