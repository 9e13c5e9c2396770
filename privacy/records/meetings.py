"""What meetings hold about people: registrations, invitations and names in the agenda."""

from collections.abc import Iterable

from django.utils import timezone

from meetings.actions import anonymise_registrations
from meetings.models import Colleague, Invitation, Letter, Registration, Speaker

from ..enums import RetentionKind
from ..purge.removal import Removal
from ..subjects import Subject
from .record import Record, Row, when, yes_or_no


def _registrations(subject: Subject) -> Iterable[Registration]:
    rows = Registration.objects.of_address(subject.email).order_by("created_at", "pk")
    return rows.select_related("meeting", "organisation", "invitation__contact_person__organisation")


def _show_registration(row: Registration) -> Row:
    via = row.invitation.contact_person.organisation.name if row.invitation else ""
    return {
        "Möte": row.meeting.title,
        "Namn": row.name,
        "E-post": row.email,
        "Roll": row.role,
        "Enhet": row.department,
        "Organisation": str(row.organisation or ""),
        "Via inbjudan till": via,
        "Uppgifterna kom": row.get_claim_display(),
        "Status": row.get_status_display(),
        "Anmäld": when(row.created_at),
        "Avanmäld": when(row.cancelled_at),
        "Deltog": yes_or_no(row.attended),
    }


def _erase_registrations(subject: Subject, removal: Removal) -> None:
    rows = Registration.objects.of_address(subject.email)
    held = rows.to_meetings_ended(timezone.now())
    removal.counts[Registration._meta.label] += anonymise_registrations(held)
    removal.delete(rows)  # Those to coming meetings: nobody comes.


REGISTRATIONS = Record(
    kind="registrations",
    label="Anmälningar till möten",
    models=(Registration,),
    purpose="För att släppa in deltagaren, skicka besked om mötet och räkna hur många som kom.",
    rows=_registrations,
    show=_show_registration,
    rules=(RetentionKind.REGISTRATIONS,),
    erasure="Namn, adress, roll och enhet tas bort. Organisation och närvaro vid möten som har varit står kvar, så att "
    "antalen stämmer. Anmälningar till kommande möten tas bort helt.",
    erase=_erase_registrations,
)


def _invitations(subject: Subject) -> Iterable[Invitation]:
    rows = Invitation.objects.filter(contact_person__in=subject.role_ids).order_by("created_at", "pk")
    return rows.select_related("invited__meeting", "invited__organisation")


INVITATIONS = Record(
    kind="invitations",
    label="Inbjudningar som kontaktperson",
    models=(Invitation,),
    purpose="För att veta vilka organisationer som har bjudits in till ett möte.",
    rows=_invitations,
    show=lambda row: {
        "Möte": row.invited.meeting.title,
        "Organisation": row.invited.organisation.name,
        "När": when(row.created_at),
    },
    kept="Så länge mötet finns kvar.",
    erasure="Står kvar utan namn: vilken organisation som bjöds in, och när.",
)


def _speakers(subject: Subject) -> Iterable[Speaker]:
    return Speaker.objects.filter(subject.has_name).select_related("item__meeting", "organisation")


SPEAKERS = Record(
    kind="speakers",
    label="Medverkande i program med samma namn",
    models=(Speaker,),
    purpose="För att besökare ska se vem som talar på ett möte. Vi hittar dem på namnet, så det kan vara en namne.",
    rows=_speakers,
    show=lambda row: {
        "Möte": row.item.meeting.title,
        "Punkt": row.item.title,
        "Namn": row.name,
        "Titel": row.title,
        "Organisation": str(row.organisation or ""),
    },
    kept="Så länge mötets sida finns kvar.",
    erasure="Står kvar, eftersom programmet är publicerat. En redaktör kan ta bort namnet på mötets sida och rensa "
    "bort tidigare versioner.",
)


def _colleagues(subject: Subject) -> Iterable[Colleague]:
    rows = Colleague.objects.of_address(subject.email).select_related("organisation")
    return rows.order_by("added_at", "pk")


def _show_colleague(row: Colleague) -> Row:
    return {
        "Organisation": row.organisation.name,
        "E-post": row.email,
        "Namn": row.name,
        "Enhet": row.unit,
        "Tillagd": when(row.added_at),
        "Senast använd": when(row.used_at),
        "Ville inte ha fler": when(row.left_at),
    }


def _delete_colleagues(subject: Subject, removal: Removal) -> None:
    removal.delete(Colleague.objects.of_address(subject.email))


COLLEAGUES = Record(
    kind="colleagues",
    label="På en organisations lista över kollegor",
    models=(Colleague,),
    purpose="För att en kontaktperson ska kunna vidarebefordra inbjudningar till samma kollegor som förra gången, och "
    "för att ingen ska mejla den som inte vill ha fler.",
    rows=_colleagues,
    show=_show_colleague,
    rules=(RetentionKind.COLLEAGUES,),
    erasure="Personen tas bort från listorna.",
    erase=_delete_colleagues,
)


def _forget_who_added(subject: Subject, removal: Removal) -> None:
    Colleague.objects.filter(added_by=subject.person_id).update(added_by=None)


# Without the colleagues' names and addresses, which are about somebody else.
COLLEAGUES_ADDED = Record(
    kind="colleagues_added",
    label="Kollegor som personen har satt på sin organisations lista",
    models=(),
    purpose="För att den som står på listan ska kunna få veta vem som lade till uppgiften.",
    rows=lambda subject: Colleague.objects.filter(added_by=subject.person_id).select_related("organisation"),
    show=lambda row: {"Organisation": row.organisation.name, "När": when(row.added_at)},
    rules=(RetentionKind.COLLEAGUES,),
    erasure="Kollegan står kvar på listan, utan vem som lade till.",
    erase=_forget_who_added,
)

LETTERS = Record(
    kind="letters",
    label="Brev som personen har skrivit till kontaktpersoner",
    models=(Letter,),
    purpose="För att det ska gå att se vad redaktionen har skrivit, och vem som skrev.",
    rows=lambda subject: Letter.objects.by(subject.person_id),
    show=lambda letter: {"Ämne": letter.subject, "Skapat": when(letter.created_at), "Skickat": when(letter.sent_at)},
    kept="Så länge brevet behövs som en redovisning. Mejlen till mottagarna gallras som andra mejl.",
    erasure="Brevet står kvar, med ett nummer i stället för namnet på den som skrev.",
)

RECORDS = (REGISTRATIONS, INVITATIONS, COLLEAGUES, COLLEAGUES_ADDED, SPEAKERS, LETTERS)
