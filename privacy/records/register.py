"""The register: persons, their roles over time and their choices about mail."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from contacts.erasure import end_roles, erase_person
from contacts.models import ContactPerson, Group, Inquiry, Membership, Nomination, PendingImport, Person

from ..enums import RetentionKind
from ..purge.log_entries import empty_log
from ..purge.removal import Removal
from ..subjects import Subject
from .record import Record, Row, day, when, yes_or_no


def _persons(subject: Subject) -> Iterable[Person]:
    return Person.objects.filter(pk=subject.person_id).select_related("organisation")


def _show_person(person: Person) -> Row:
    return {
        "Namn": person.name,
        "E-post": person.email,
        "Titel": person.title,
        "Telefon": person.phone,
        "Organisation": str(person.organisation or ""),
        "Får logga in": yes_or_no(person.is_active),
        "Behörigheter": ", ".join(group.name for group in person.groups.all()),
        "Administratör": yes_or_no(person.is_superuser),
        "Tillagd": when(person.date_joined),
        "Senast hörts av": when(person.proved_at),
        "Hur": person.get_proved_by_display(),
        "Har eget lösenord": yes_or_no(person.has_usable_password()),
    }


def _erase_person(subject: Subject, removal: Removal) -> None:
    """Remove the person's row, or empty it; with its log-in settings, and its name in labels of the log."""
    if subject.person is None:
        return
    erase_person(subject.person)
    removal.counts[Person._meta.label] += 1
    empty_log(Person, [subject.person.pk], removal)


PERSON = Record(
    kind="person",
    label="Uppgifter i registret",
    models=(Person,),
    purpose="För att bjuda in till möten, nå rätt person och veta vem som får logga in.",
    rows=_persons,
    show=_show_person,
    rules=(RetentionKind.FORMER_ROLES, RetentionKind.WITHOUT_ROLE, RetentionKind.FORMER_EDITORS),
    erasure="Namn, adress, titel, telefon och inloggning tas bort. Ett nummer utan namn står kvar om något annat "
    "hänvisar till det.",
    erase=_erase_person,
)


def _contact_roles(subject: Subject) -> Iterable[ContactPerson]:
    return ContactPerson.objects.filter(person=subject.person_id).select_related("organisation").order_by("start", "pk")


def _show_contact_role(role: ContactPerson) -> Row:
    return {
        "Uppdrag": "Ersättare" if role.deputy else "Kontaktperson",
        "Organisation": role.organisation.name,
        "Från och med": day(role.start),
        "Till och med": day(role.last_day),
        "Återtaget": yes_or_no(role.is_taken_back),
        "Välkomstmejl": when(role.welcomed_at),
    }


def _end_roles(subject: Subject, removal: Removal) -> None:
    if subject.person is not None:
        removal.counts["ended_roles"] += end_roles(subject.person)


CONTACT_ROLES = Record(
    kind="contact_roles",
    label="Uppdrag som kontaktperson eller ersättare",
    models=(ContactPerson,),
    purpose="För att veta vem som företräder organisationen, och hur många organisationer som är med en viss dag.",
    rows=_contact_roles,
    show=_show_contact_role,
    rules=(RetentionKind.FORMER_ROLES,),
    erasure="Ett uppdrag som pågår avslutas. Organisation och tid står kvar utan namn, så att det går att räkna hur "
    "många organisationer som har varit med.",
    erase=_end_roles,
)


def _memberships(subject: Subject) -> Iterable[Membership]:
    seats = Membership.objects.filter(person=subject.person_id)
    return seats.select_related("group", "organisation").order_by("start", "pk")


def _show_membership(seat: Membership) -> Row:
    return {
        "Grupp": seat.group.name,
        "Organisation": seat.organisation.name,
        "Från och med": day(seat.start),
        "Till och med": day(seat.last_day),
    }


MEMBERSHIPS = Record(
    kind="memberships",
    label="Platser i grupper",
    models=(Membership, Group),
    purpose="För att kalla till gruppens möten och veta vem som har varit med.",
    rows=_memberships,
    show=_show_membership,
    rules=(RetentionKind.FORMER_ROLES,),
    erasure="En plats som pågår avslutas. Grupp, organisation och tid står kvar utan namn.",
)


def _mail_choices(subject: Subject) -> Iterable[ContactPerson]:
    return ContactPerson.objects.filter(person=subject.person_id).mail_stopped().select_related("organisation")


CHOICES = Record(
    kind="mail_choices",
    label="Val om mejl",
    models=(),
    purpose="För att den som har tackat nej till utskick inte ska få fler.",
    rows=_mail_choices,
    show=lambda role: {"Vill inte ha mejl om": role.organisation.name, "Sedan": when(role.mail_stopped_at)},
    kept="Så länge uppdraget finns kvar i registret.",
    erasure="Står kvar vid uppdraget, utan namn.",
)


def _pending_imports(subject: Subject) -> Iterable[Any]:
    if subject.person is None:
        return ()
    return PendingImport.objects.filter(owner=subject.person).defer("content")


def _delete_pending_imports(subject: Subject, removal: Removal) -> None:
    """Delete all files that wait: any of them may name the person, and an editor can upload it again."""
    removal.delete(PendingImport.objects.all())


PENDING_IMPORTS = Record(
    kind="pending_imports",
    label="Filer som väntar på att läsas in",
    models=(PendingImport,),
    purpose="För att den som läser in kontaktpersoner ska kunna granska filen innan den sparas.",
    rows=_pending_imports,
    show=lambda file: {"Fil": file.name, "Uppladdad": when(file.created_at)},
    rules=(RetentionKind.PENDING_IMPORTS,),
    erasure="Alla filer som väntar tas bort.",
    erase=_delete_pending_imports,
)


def _nominations(subject: Subject) -> Iterable[Nomination]:
    return Nomination.objects.of_address(subject.email).select_related("organisation").order_by("created_at", "pk")


def _show_nomination(nomination: Nomination) -> Row:
    return {
        "Organisation": nomination.organisation.name,
        "Hur": nomination.get_kind_display(),
        "Namn": nomination.name,
        "E-post": nomination.email,
        "Titel": nomination.title,
        "Telefon": nomination.phone,
        "Beslutat av": nomination.decided_by,
        "Anmäld": when(nomination.created_at),
        "Bekräftad": when(nomination.confirmed_at),
        "Vad det blev": nomination.get_outcome_display(),
    }


def _delete_nominations(subject: Subject, removal: Removal) -> None:
    removal.delete(Nomination.objects.of_address(subject.email))


NOMINATIONS = Record(
    kind="nominations",
    label="Anmälningar som kontaktperson",
    models=(Nomination,),
    purpose="För att organisationen själv ska kunna anmäla eller byta kontaktperson, och för att personen ska kunna "
    "svara ja eller nej.",
    rows=_nominations,
    show=_show_nomination,
    rules=(RetentionKind.NOMINATIONS,),
    erasure="Anmälan tas bort.",
    erase=_delete_nominations,
)


def _inquiries(subject: Subject) -> Iterable[Inquiry]:
    about = Q(receiver=subject.person_id) | Q(about__person=subject.person_id)
    return Inquiry.objects.filter(about).select_related("organisation").order_by("asked_at", "pk").distinct()


def _delete_inquiries(subject: Subject, removal: Removal) -> None:
    removal.delete(Inquiry.objects.filter(Q(receiver=subject.person_id) | Q(about__person=subject.person_id)))


INQUIRIES = Record(
    kind="inquiries",
    label="Frågor om uppdraget som kontaktperson",
    models=(Inquiry,),
    purpose="För att veta att organisationen går att nå, och byta kontaktperson när någon har slutat.",
    rows=_inquiries,
    show=lambda row: {
        "Organisation": row.organisation.name,
        "Till": row.get_kind_display(),
        "Frågad": when(row.asked_at),
        "Påmind": when(row.reminded_at),
        "Svar": row.get_answer_display(),
        "Avslutad": when(row.closed_at),
    },
    rules=(RetentionKind.INQUIRIES,),
    erasure="Frågan tas bort.",
    erase=_delete_inquiries,
)

# In the order of erasure: roles are ended before the person goes, which comes last of all (see `table`).
RECORDS = (CONTACT_ROLES, MEMBERSHIPS, CHOICES, NOMINATIONS, INQUIRIES, PENDING_IMPORTS)
