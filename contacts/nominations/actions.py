"""What an organisation does itself about its contact persons: apply, hand over, confirm; and what editors answer."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from outbox.actions import queue
from outbox.addresses import comparable, domain_of, mailbox_of

from .. import actions, limits, permissions
from ..enums import NominationKind, NominationOutcome, ProofKind
from ..log_entries import note
from ..models import ContactPerson, Nomination, Organisation, Person, today
from ..reachability.proofs import prove_address
from ..validation import clean_email, clean_name, clean_phone, clean_title
from . import mails
from .reasons import reasons_to_wait

ANSWERED = "Någon har redan svarat på den här anmälan."
GONE = "Länken gäller inte längre."


@dataclass(frozen=True)
class Details:
    """What is told of somebody who is to be contact person."""

    email: str
    name: str
    title: str = ""
    phone: str = ""

    @classmethod
    def of(cls, row: Nomination | Person) -> "Details":
        return cls(row.email, row.name, row.title, row.phone)

    def cleaned(self) -> "Details":
        """The same, tidied. Raises ValidationError."""
        return Details(clean_email(self.email), clean_name(self.name), clean_title(self.title), clean_phone(self.phone))


@transaction.atomic
def apply(*, organisation: Organisation, details: Details, decided_by: str) -> Nomination:
    """Take an application from the public form, and ask the address to confirm it.

    The same is done whether or not the address is known, so that nobody can find out who is in the register.
    """
    details = details.cleaned()
    nomination = Nomination.objects.create(
        kind=NominationKind.APPLICATION, organisation=organisation, decided_by=decided_by, **vars(details)
    )
    if limits.NOMINATION_MAILS.allows(mailbox_of(details.email)):
        queue(mails.confirmation(nomination))
    return nomination


@transaction.atomic
def hand_over(*, role: ContactPerson, email: str, name: str, by: Person) -> Nomination:
    """Let a contact person name who is to take over, and ask the successor to confirm it.

    The role holds until then. An earlier hand-over of it that nobody has confirmed is withdrawn. Raises
    PermissionDenied and ValidationError.
    """
    _lock_organisation(role.organisation_id)
    role = ContactPerson.objects.select_for_update().get(pk=role.pk)
    if role.person_id != by.pk or role.deputy or not role.is_active():
        raise PermissionDenied
    details = Details(email, name).cleaned()
    if comparable(details.email) == comparable(by.email):
        raise ValidationError({"email": "Det är din egen adress. Skriv adressen till den som ska ta över."})
    owner = Organisation.objects.for_email(details.email)
    if owner is not None and owner != role.organisation:
        raise ValidationError(
            {"email": f"Adresser på {domain_of(details.email)} hör till {owner}. {actions.ASK_THE_EDITORS}"}
        )
    others = ContactPerson.objects.active().without_deputies().filter(organisation=role.organisation)
    if others.filter(person__email__iexact=details.email).exists():
        raise ValidationError(
            {"email": "Den personen är redan kontaktperson hos er. Vill du sluta kan du avsluta ditt uppdrag."}
        )
    if not limits.NOMINATION_MAILS.allows(mailbox_of(details.email)):
        raise ValidationError({"email": "Den adressen har nyss fått flera mejl. Vänta en timme och försök igen."})
    earlier_ones = Nomination.objects.open().handovers_of(role).filter(confirmed_at=None)
    for earlier in earlier_ones.select_for_update(of=("self",)):
        _end(earlier, NominationOutcome.WITHDRAWN, by=by)
    nomination = Nomination.objects.create(
        kind=NominationKind.HANDOVER, organisation=role.organisation, predecessor=role, **vars(details)
    )
    queue(mails.confirmation(nomination))
    note(role, "contacts.hand_over", by=by)
    return nomination


@transaction.atomic
def refer(*, organisation: Organisation, about: ContactPerson | None, details: Details) -> Nomination:
    """Take a colleague's or the registrator's word for who is contact person instead, and ask that person.

    Raises ValidationError.
    """
    details = details.cleaned()
    if not limits.NOMINATION_MAILS.allows(mailbox_of(details.email)):
        raise ValidationError({"email": "Den adressen har nyss fått flera mejl. Vänta en timme och försök igen."})
    nomination = Nomination.objects.create(
        kind=NominationKind.REFERRAL, organisation=organisation, predecessor=about, **vars(details)
    )
    queue(mails.confirmation(nomination))
    return nomination


@transaction.atomic
def take_over(*, role: ContactPerson, by: Person) -> None:
    """Let a colleague in the same organisation take over from a contact person who does not answer."""
    own = ContactPerson.objects.active().filter(person=by, organisation=role.organisation)
    if not own.exists():
        raise PermissionDenied
    if own.without_deputies().exists():
        actions.end_contact_role(role=role, on=today(), by=None)
        return
    _succeed(role, role.organisation, Details.of(by), on=today(), by=None)


@transaction.atomic
def withdraw(*, nomination: Nomination, by: Person) -> None:
    """Take back a hand-over that the successor has not confirmed."""
    nomination = _locked(nomination)
    if nomination.predecessor is None or nomination.predecessor.person_id != by.pk:
        raise PermissionDenied
    _refuse_ended(nomination)
    if nomination.confirmed_at is not None:
        raise ValidationError("Hen har redan sagt ja. Hör av dig till redaktionen om det blev fel.")
    _end(nomination, NominationOutcome.WITHDRAWN, by=by)


@transaction.atomic
def confirm(*, nomination: Nomination, name: str, title: str, phone: str) -> Nomination:
    """Take the person's own yes, with the details as they write them.

    A hand-over that needs no look is done at once; all else waits for an editor. Raises ValidationError when the link
    no longer works.
    """
    nomination = _locked(nomination)
    if nomination.confirmed_at is not None:
        return nomination
    _refuse_ended(nomination)
    details = Details(nomination.email, name, title, phone).cleaned()
    nomination.name, nomination.title, nomination.phone = details.name, details.title, details.phone
    nomination.confirmed_at = timezone.now()
    nomination.save()
    same = Nomination.objects.of_address(nomination.email).filter(organisation=nomination.organisation, outcome="")
    for other in same.exclude(pk=nomination.pk).select_for_update(of=("self",)):
        _end(other, NominationOutcome.WITHDRAWN, by=None)
    if _is_contact_person(nomination):
        prove_address(nomination.email, ProofKind.CONFIRMED)
        _end(nomination, NominationOutcome.ALREADY, by=None)
    elif nomination.kind != NominationKind.APPLICATION and not reasons_to_wait(nomination):
        _appoint(nomination, by=None)
    return nomination


@transaction.atomic
def refuse(*, nomination: Nomination) -> None:
    """Take the person's own no: they are not to be contact person, and their details go."""
    nomination = _locked(nomination)
    _refuse_ended(nomination)
    if nomination.confirmed_at is not None:
        raise ValidationError(ANSWERED)
    nomination.delete()


@transaction.atomic
def approve(*, nomination: Nomination, by: Person) -> None:
    """Appoint the person, as an editor. Raises PermissionDenied, and ValidationError when it has been answered."""
    nomination = _locked_for(nomination, by)
    if _is_contact_person(nomination):
        _end(nomination, NominationOutcome.ALREADY, by=by)
    else:
        _appoint(nomination, by=by)


@transaction.atomic
def decline(*, nomination: Nomination, by: Person) -> None:
    """Say no as an editor, and tell the person by mail."""
    nomination = _locked_for(nomination, by)
    _end(nomination, NominationOutcome.DECLINED, by=by)
    queue(mails.declined(nomination))


@transaction.atomic
def replace_contact_person(*, role: ContactPerson, details: Details, on: date, by: Person) -> ContactPerson:
    """Let somebody else take over a role from the day `on`, in one step, as an editor.

    The former role stays in history, and its person is told. Raises PermissionDenied and ValidationError.
    """
    if not permissions.user_can_change_register(by):
        raise PermissionDenied
    _lock_organisation(role.organisation_id)
    details = details.cleaned()
    if comparable(details.email) == comparable(role.person.email):
        raise ValidationError({"email": "Det är samma person. Skriv adressen till den som ska ta över."})
    return _succeed(role, role.organisation, details, on=on, by=by)


def _appoint(nomination: Nomination, *, by: Person | None) -> None:
    _succeed(nomination.predecessor, nomination.organisation, Details.of(nomination), on=today(), by=by)
    nomination.refresh_from_db()  # A role of today that was handed over has gone.
    prove_address(nomination.email, ProofKind.CONFIRMED)  # by their own yes
    _end(nomination, NominationOutcome.APPOINTED, by=by)


def _succeed(
    former: ContactPerson | None, organisation: Organisation, details: Details, *, on: date, by: Person | None
) -> ContactPerson:
    """End the former role, if it holds, and give it to the successor, who is welcomed and invited."""
    successor = Person.objects.filter(email__iexact=details.email).first()
    as_deputy = ContactPerson.objects.active(on).filter(organisation=organisation, person=successor, deputy=True)
    for role in as_deputy if successor else ():
        actions.end_contact_role(role=role, on=on, by=None)
    deputy = False
    if former is not None and (former.end is None or former.end > on):
        deputy = former.deputy
        former = actions.end_contact_role(role=former, on=on, by=None)
        if on <= today() and former.person.is_active:
            queue(mails.succeeded(former, successor=details.name))
    return actions.appoint_contact_person(organisation=organisation, start=on, deputy=deputy, by=by, **vars(details))


def _is_contact_person(nomination: Nomination) -> bool:
    active = ContactPerson.objects.active().without_deputies().filter(organisation=nomination.organisation)
    return active.filter(person__email__iexact=nomination.email).exists()


def _lock_organisation(pk: int) -> None:
    Organisation.objects.select_for_update().get(pk=pk)


def _locked(nomination: Nomination) -> Nomination:
    """The row as it is now, locked; the organisation's lock comes first, as in `actions`."""
    _lock_organisation(nomination.organisation_id)
    rows = Nomination.objects.select_for_update(of=("self",)).select_related("organisation", "predecessor__person")
    found = rows.filter(pk=nomination.pk).first()
    if found is None:
        raise ValidationError(GONE)
    return found


def _locked_for(nomination: Nomination, by: Person) -> Nomination:
    if not permissions.user_can_change_register(by):
        raise PermissionDenied
    found = _locked(nomination)
    if found.outcome or found.confirmed_at is None:
        raise ValidationError(ANSWERED)
    return found


def _refuse_ended(nomination: Nomination) -> None:
    if nomination.outcome or nomination.has_expired:
        raise ValidationError(GONE)


def _end(nomination: Nomination, outcome: NominationOutcome, *, by: Person | None) -> None:
    nomination.outcome, nomination.answered_at, nomination.answered_by = outcome, timezone.now(), by
    nomination.save(update_fields=["outcome", "answered_at", "answered_by"])
