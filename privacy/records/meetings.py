"""What meetings hold about people: registrations, invitations and names in the agenda."""

from collections.abc import Iterable

from django.utils import timezone

from meetings.actions import anonymise_registrations
from meetings.models import Invitation, Registration, Speaker

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

RECORDS = (REGISTRATIONS, INVITATIONS, SPEAKERS)
