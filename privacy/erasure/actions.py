"""Erases a person on request: what every room holds, with what must stay and why (GDPR, article 17)."""

from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models, transaction

from contacts.models import ContactPerson, Membership, Person
from meetings.models import Registration
from outbox.models import OutgoingMail

from ..models import Purge
from ..permissions import user_can_erase
from ..purge.actions import carry_out
from ..purge.errors import PurgeRefused
from ..purge.removal import Removal
from ..purge.text_search import MIN_LENGTH, Hit, find_text
from ..records.record import Record
from ..records.table import RECORDS
from ..subjects import Subject


class ErasureRefused(PurgeRefused):
    """The person can't be erased as things are; the message is a whole Swedish sentence that says why."""


@dataclass(frozen=True)
class Plan:
    """What an erasure would do: the records that are there, each with the number of rows, and the cautions."""

    records: list[tuple[Record, int]]
    removal: Removal
    # The organisations and groups that lose their representative.
    ends: list[str] = field(default_factory=list)


def plan_erasure(subject: Subject) -> Plan:
    """What would go and what would stay, found by doing it and rolling it back. Raises ErasureRefused."""
    _refuse(subject)
    there = [(record, sum(1 for _ in record.rows(subject))) for record in RECORDS]
    ends = _running_roles(subject)
    with transaction.atomic():
        removal = _erase(subject)
        transaction.set_rollback(True)
    return Plan([(record, number) for record, number in there if number], removal, ends)


def erase_subject(subject: Subject, *, reason: str, by: Any) -> Purge:
    """Erase the person in every room, and note in the log of purges that it was done, but not who it was.

    `by` None is the operator at the console. What the database and caches keep of removed rows goes right after the
    commit. Raises PermissionDenied, and ErasureRefused or PurgeRefused with a sentence that says why.
    """
    if by is not None and not user_can_erase(by):
        raise PermissionDenied
    anchor = _refuse(subject)
    for name in [subject.email, *subject.names]:
        if name.casefold() in reason.casefold():
            raise PurgeRefused("Skälet står kvar i loggen. Skriv det utan namn eller adress.")
    return carry_out(anchor, by, reason, partial(_erase, subject))


def remaining_hits(subject: Subject) -> list[Hit]:
    """Where the address or a name of the person still stands, in any table or file; names may be a namesake's."""
    texts = [subject.email, *(name for name in subject.names if len(name) > MIN_LENGTH)]
    return list(dict.fromkeys(hit for text in texts for hit in find_text(text)))


def _erase(subject: Subject) -> Removal:
    """Let each record remove its rows. The first of the table is the person, who goes last."""
    subject.read_all()
    removal = Removal()
    for record in reversed(RECORDS):
        if record.erase is not None:
            record.erase(subject, removal)
    return removal


def _refuse(subject: Subject) -> models.Model:
    """The row that stands for the person in the log of purges. Raises ErasureRefused."""
    person = subject.person
    if person is not None and Person.objects.with_admin_access().filter(pk=person.pk).exists():
        raise ErasureRefused(
            "Personen får logga in i redaktionens verktyg. Ta först bort behörigheten under Inställningar → Användare."
        )
    found: models.Model | None = (
        person
        or Registration.objects.of_address(subject.email).first()
        or OutgoingMail.objects.to_address(subject.email).first()
        or OutgoingMail.objects.filter(failed_address=subject.email).first()
    )
    if found is None:
        raise ErasureRefused("LUMEN har ingenting om den adressen.")
    return found


def _running_roles(subject: Subject) -> list[str]:
    """The duties that an erasure ends, in words."""
    if subject.person is None:
        return []
    roles = ContactPerson.objects.active().filter(person=subject.person).select_related("organisation")
    seats = Membership.objects.active().filter(person=subject.person).select_related("organisation", "group")
    return [
        *(f"{'ersättare' if role.deputy else 'kontaktperson'} för {role.organisation.name}" for role in roles),
        *(f"plats i {seat.group.name} för {seat.organisation.name}" for seat in seats),
    ]
