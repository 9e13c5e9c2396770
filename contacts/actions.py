"""Everything that changes the register. `by` is who does it; None is the system itself."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone

from gate.guard import refuse_what_blocks
from outbox.actions import queue
from outbox.addresses import belongs_to, domain_of, mailbox_of

from . import limits, mails, permissions
from .consequences import follow_appointment
from .enums import GroupKind
from .log_entries import note
from .models import ContactPerson, Group, Membership, Organisation, Person, today
from .official_organisations import OfficialOrganisation
from .session_actions import end_sessions_after_change, end_sessions_if_shut_out
from .slugs import give_slugs
from .validation import clean_email, clean_name, clean_phone, clean_title

# The month in which Socialstyrelsen was given the assignment.
FORUM_STARTED = date(2025, 4, 1)
COLLABORATION_GROUP = "Samverkansgruppen"
MAX_DEPUTIES = 5
# Ends each reason why an address may not be a deputy's.
ASK_THE_EDITORS = "Hör av dig till redaktionen, så hjälper vi till."


@transaction.atomic
def store_official_organisations(*, official: Sequence[OfficialOrganisation]) -> int:
    """Add the organisations that are missing and fill in what is blank; return how many were added.

    What an editor has written stays.
    """
    by_code = {(row.kind, row.code): row for row in Organisation.objects.exclude(code="")}
    by_name = {row.name: row for row in Organisation.objects.all()}
    added = []
    for entry in official:
        details = {
            "county_code": entry.county_code,
            "county": entry.county,
            "email_domains": entry.email_domains,
            "website": entry.website,
            "description": entry.description,
        }
        known = by_code.get((entry.kind, entry.code)) or by_name.get(entry.name)
        if known is None:
            names = {"kind": entry.kind, "code": entry.code, "name": entry.name, "short_name": entry.short_name}
            added.append(Organisation(**names, **details))
            continue
        blank = [field for field, value in details.items() if value and not getattr(known, field)]
        for field in blank:
            setattr(known, field, details[field])
        if blank:
            known.save(update_fields=blank)
    give_slugs(added, set(Organisation.objects.values_list("slug", flat=True)))
    refuse_what_blocks(added)
    Organisation.objects.bulk_create(added)
    return len(added)


@transaction.atomic
def seat_collaboration_group(*, official: Sequence[OfficialOrganisation]) -> int:
    """Give each actor of the collaboration group a seat; return how many were new.

    An organisation that has had a seat, also one that has ended, is left as it is.
    """
    group = Group.objects.filter(kind=GroupKind.COLLABORATION).first()
    if group is None:
        group = Group.objects.create(kind=GroupKind.COLLABORATION, name=COLLABORATION_GROUP)
    names = [entry.name for entry in official if entry.in_collaboration_group]
    unseated = Organisation.objects.filter(name__in=names).exclude(memberships__group=group)
    seats = [Membership(group=group, organisation=row, start=FORUM_STARTED) for row in unseated]
    Membership.objects.bulk_create(seats)
    return len(seats)


def appoint_contact_person(
    *,
    organisation: Organisation,
    email: str,
    name: str,
    title: str = "",
    phone: str = "",
    start: date | None = None,
    end: date | None = None,
    deputy: bool = False,
    by: Person | None,
) -> ContactPerson:
    """Give a person the role from `start` (today by default) until the day before `end`.

    A person with the address is created if there is none; one who exists keeps their details.
    Raises ValidationError when a value is wrong or the person already has the role in that period.
    """
    if by is not None and not permissions.user_can_change_register(by):
        raise PermissionDenied
    with transaction.atomic():
        role = _appoint(
            organisation=organisation,
            person_details={
                "email": clean_email(email),
                "name": clean_name(name),
                "title": clean_title(title),
                "phone": clean_phone(phone),
            },
            start=start or today(),
            end=end,
            deputy=deputy,
            by=by,
        )
        transaction.on_commit(lambda: follow_appointment(role))
    return role


@transaction.atomic
def welcome(role: ContactPerson) -> bool:
    """Mail the role's person that they have it, once; False when they know already, or the role does not hold yet."""
    to_welcome = ContactPerson.objects.active().reachable().filter(pk=role.pk, welcomed_at=None)
    locked = to_welcome.select_for_update(of=("self",)).select_related("person", "organisation").first()
    if locked is None:
        return False
    queue(mails.welcome(locked))
    note_welcomed([role])
    return True


def note_welcomed(roles: Iterable[ContactPerson]) -> None:
    """Note that the roles' persons have been told of them."""
    ContactPerson.objects.filter(pk__in=[role.pk for role in roles]).update(welcomed_at=timezone.now())


@transaction.atomic
def appoint_deputy(*, by: Person, organisation: Organisation, email: str, name: str) -> ContactPerson:
    """Let a contact person appoint a deputy in their organisation, from today, and tell the deputy by mail.

    A person in the register keeps their name. Raises PermissionDenied for anybody else, ValidationError when
    a value is wrong, the address isn't the organisation's, the person has a role already, or the
    organisation has `MAX_DEPUTIES` deputies.
    """
    if not permissions.person_can_appoint_deputy(by, organisation):
        raise PermissionDenied
    if ContactPerson.objects.active().filter(organisation=organisation, deputy=True).count() >= MAX_DEPUTIES:
        raise ValidationError(f"Ni har redan {MAX_DEPUTIES} ersättare. Avsluta någons uppdrag först.")
    details = {"email": clean_email(email), "name": clean_name(name), "title": "", "phone": ""}
    if not permissions.address_can_be_deputy(details["email"], organisation):
        raise ValidationError({"email": _why_not_deputy(details["email"], organisation)})
    if not limits.DEPUTY_MAILS.allows(mailbox_of(details["email"])):
        raise ValidationError(
            {"email": "Den adressen har nyss fått flera mejl om uppdrag. Vänta en timme och försök igen."}
        )
    role = _appoint(organisation=organisation, person_details=details, start=today(), end=None, deputy=True, by=by)
    queue(mails.named_deputy(role=role, by=by))
    note_welcomed([role])
    transaction.on_commit(lambda: follow_appointment(role))
    return role


def _why_not_deputy(address: str, organisation: Organisation) -> str:
    """Why a contact person may not appoint the owner of the address, in Swedish.

    It says what the domains say, the same whether the address is known or not, so that nobody can find out who is
    in the register.
    """
    domain = domain_of(address)
    if not organisation.domains:
        return f"Adresser på {domain} hör till en annan organisation, eller kan inte läggas till här. {ASK_THE_EDITORS}"
    if not belongs_to(address, organisation.domains):
        ours = " eller ".join(organisation.domains)
        return f"Ersättarens adress behöver sluta på {ours}. Den här slutar på {domain}. {ASK_THE_EDITORS}"
    return f"Den här adressen går inte att lägga till härifrån, fast den slutar på {domain}. {ASK_THE_EDITORS}"


@transaction.atomic
def _appoint(
    *,
    organisation: Organisation,
    person_details: dict[str, str],
    start: date,
    end: date | None,
    deputy: bool,
    by: Person | None,
) -> ContactPerson:
    # The lock makes two simultaneous appointments in one organisation wait for each other.
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    person = Person.objects.filter(email__iexact=person_details["email"]).first()
    if person is None:
        email, name = person_details.pop("email"), person_details.pop("name")
        person = Person.objects.create_user(email, name, organisation=organisation, **person_details)
    elif ContactPerson.objects.filter(person=person, organisation=organisation).overlapping(start, end).exists():
        raise ValidationError("Personen är redan kontaktperson eller ersättare för organisationen under den tiden.")
    role = ContactPerson(person=person, organisation=organisation, start=start, end=end, deputy=deputy)
    _check_period(role)
    role.save()
    note(role, "contacts.appoint", by=by, organisation=organisation.pk)
    return role


@transaction.atomic
def end_contact_role(*, role: ContactPerson, on: date, by: Person | None) -> ContactPerson:
    """End the role: `on` is the first day it no longer holds. The row stays as history.

    A role that began today or later and ends no later than it began is taken back, as if it never held. A deputy
    whose role somebody else ends is told by mail, if the deputy was ever told of it.

    The person may do it for their own role, a contact person for the organisation's deputies, and
    those who change the register for anybody; others get PermissionDenied.
    """
    if by is not None and not (
        permissions.user_can_change_register(by)
        or by == role.person
        or (role.deputy and permissions.person_can_appoint_deputy(by, role.organisation))
    ):
        raise PermissionDenied
    role = ContactPerson.objects.select_for_update().get(pk=role.pk)
    _tell_deputy(role, on=on, by=by)
    if on <= role.start and role.can_be_taken_back:
        return _take_back(role, by)
    role.end = on
    _check_period(role)
    _check_overlap(role)
    role.save(update_fields=["end"])
    note(role, "contacts.end_role", by=by, on=on.isoformat())
    if role.has_ended:
        end_sessions_if_shut_out(person=role.person)
    return role


def _tell_deputy(role: ContactPerson, *, on: date, by: Person | None) -> None:
    """Mail a deputy that somebody else ends the role, within the limit that also holds for naming deputies.

    `by` is None for the system: an erasure, after which nobody is to be mailed.
    """
    knows = role.deputy and role.welcomed_at is not None
    if knows and by not in (None, role.person) and limits.DEPUTY_MAILS.allows(mailbox_of(role.person.email)):
        queue(mails.ended_deputy(role, on=on))


def _take_back(role: ContactPerson, by: Person | None) -> ContactPerson:
    """Undo a role: delete it or, if invitations refer to it, keep it with an empty period and mail stopped."""
    note(role, "contacts.take_back_role", by=by)
    role.end = role.start
    role.mail_stopped_at = role.mail_stopped_at or timezone.now()
    try:
        role.delete()
    except ProtectedError:
        role.save(update_fields=["end", "mail_stopped_at"])
    end_sessions_if_shut_out(person=role.person)
    return role


@transaction.atomic
def change_contact_role(*, role: ContactPerson, start: date, deputy: bool, by: Person | None) -> ContactPerson:
    """Correct a role's first day and whether it is a deputy's. Raises ValidationError if it then overlaps another."""
    if by is not None and not permissions.user_can_change_register(by):
        raise PermissionDenied
    role = ContactPerson.objects.select_for_update().get(pk=role.pk)
    role.start, role.deputy = start, deputy
    _check_period(role)
    _check_overlap(role)
    role.save(update_fields=["start", "deputy"])
    note(role, "contacts.change_role", by=by)
    return role


@transaction.atomic
def stop_mail(*, role: ContactPerson) -> ContactPerson:
    """Stop mail-outs to the role's person about its organisation. A second time changes nothing.

    Whoever has the link of one of the mails may do it, as RFC 8058 requires; the log can't tell who it was.
    It works for an ended role too, since those invited before it ended are still told of changes.
    """
    role = ContactPerson.objects.select_for_update().get(pk=role.pk)
    if role.mail_stopped_at is None:
        role.mail_stopped_at = timezone.now()
        role.save(update_fields=["mail_stopped_at"])
        note(role, "contacts.stop_mail", by=None)
    return role


@transaction.atomic
def resume_mail(*, role: ContactPerson, by: Person | None) -> ContactPerson:
    """Resume mail-outs to the role's person. A second time changes nothing.

    The person may do it for their own role, and those who change the register for anybody; others get
    PermissionDenied.
    """
    if by is not None and by != role.person and not permissions.user_can_change_register(by):
        raise PermissionDenied
    role = ContactPerson.objects.select_for_update().get(pk=role.pk)
    if role.mail_stopped_at is not None:
        role.mail_stopped_at = None
        role.save(update_fields=["mail_stopped_at"])
        note(role, "contacts.resume_mail", by=by)
    return role


def _check_period(role: ContactPerson) -> None:
    if role.end is not None and role.end <= role.start:
        raise ValidationError("Uppdraget kan inte sluta innan det börjar.")


def _check_overlap(role: ContactPerson) -> None:
    others = ContactPerson.objects.of(role.person_id, role.organisation_id).exclude(pk=role.pk)
    if others.overlapping(role.start, role.end).exists():
        raise ValidationError("Tiden överlappar ett annat uppdrag som personen har i organisationen.")


@transaction.atomic
def change_person(*, person: Person, details: dict[str, Any], by: Person | None) -> Person:
    """Change name, e-mail, title, phone, organisation or whether the person may log in.

    `details` holds the fields to change. Raises ValidationError when a value is wrong or the e-mail
    is somebody else's. Another address, or no longer being let in, ends the person's sessions.
    """
    if by is not None and not permissions.user_can_change_person(by, person):
        raise PermissionDenied
    former_email = Person.objects.values_list("email", flat=True).get(pk=person.pk)
    cleaners = {"email": clean_email, "name": clean_name, "title": clean_title, "phone": clean_phone}
    for field, value in details.items():
        setattr(person, field, cleaners[field](value) if field in cleaners else value)
    if Person.objects.filter(email__iexact=person.email).exclude(pk=person.pk).exists():
        raise ValidationError("Någon annan har redan den e-postadressen.")
    person.save(update_fields=list(details))
    note(person, "contacts.change_details", by=by)
    end_sessions_after_change(person=person, former_email=former_email)
    return person


@transaction.atomic
def change_own_details(*, person: Person, name: str, title: str, phone: str) -> Person:
    """Let a person correct their details, but not the e-mail, which is used to log in: an editor changes that."""
    person.name, person.title, person.phone = clean_name(name), clean_title(title), clean_phone(phone)
    person.save(update_fields=["name", "title", "phone"])
    note(person, "contacts.change_details", by=person)
    return person
