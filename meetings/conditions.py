"""Answers, when a mail about a meeting is about to leave, whether facts have overtaken it.

An action that changes a meeting withdraws what still waits. This stops the rest: what was just being sent then and
failed, and what the roles, the addresses or the clock have overtaken.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils import timezone

from contacts.conditions import of_role
from outbox.conditions import Verdict
from outbox.models import OutgoingMail

from .enums import RegistrationStatus
from .mails.facts import CANCELLATION, LEFT, OWN_LINK, WAITING, WAY_BACK, WITH_NEWS
from .models import CalendarEntry, Colleague, InvitedOrganisation, Registration

MEETING_CANCELLED = "Mötet ställdes in"
MEETING_CHANGED = "Mötet ändrades"
MEETING_OVER = "Mötet har redan varit"
MEETING_GONE = "Mötet finns inte kvar"
HAS_REGISTERED = "Mottagaren har redan anmält sig"
WANTS_NONE = "Mottagaren vill inte ha fler inbjudningar från organisationen"
HAS_LEFT = "Deltagaren har avanmält sig"
IS_BACK = "Deltagaren är anmäld igen"
IS_PLACED = "Anmälan har fått sin organisation"
NEWER_FOLLOWS = "Ett nyare besked är på väg"
HAS_ANSWERED = "Organisationen har svarat: någon är anmäld, eller de deltar inte"
REGISTRATION_GONE = "Anmälan finns inte kvar"


def of_contact(mail: OutgoingMail, facts: Mapping[str, Any]) -> Verdict:
    """Whether the meeting is as the mail says, and its receiver still speaks for the organisation."""
    if overtaken := _overtaken(mail, facts):
        return Verdict(withdrawn=overtaken)
    return of_role(mail, facts)


def of_silent(mail: OutgoingMail, facts: Mapping[str, Any]) -> Verdict:
    """Whether the organisation still has nobody registered and has not declined, beside what holds for a contact."""
    invited = InvitedOrganisation.objects.filter(meeting__calendar=facts["entry"], organisation=facts["organisation"])
    if not invited.silent().exists():
        return Verdict(withdrawn=HAS_ANSWERED)
    return of_contact(mail, facts)


def of_colleague(mail: OutgoingMail, facts: Mapping[str, Any]) -> Verdict:
    """Whether the meeting is as the mail says, and its receiver has not registered."""
    # Mails that waited when the list of colleagues came do not say through whom.
    if _is_unwilling(mail, facts.get("through")):
        return Verdict(withdrawn=WANTS_NONE)
    registered = Registration.objects.filter(meeting__calendar=facts["entry"]).of_address(mail.recipient)
    if registered.exists():
        return Verdict(withdrawn=HAS_REGISTERED)
    return Verdict(withdrawn=_overtaken(mail, facts))


def _is_unwilling(mail: OutgoingMail, organisation: int | None) -> bool:
    """Whether the receiver has asked not to be mailed for the organisation."""
    return Colleague.objects.left().of_address(mail.recipient).filter(organisation=organisation).exists()


def of_participant(mail: OutgoingMail, facts: Mapping[str, Any]) -> Verdict:
    """Whether the registration and the meeting are as the mail says."""
    registration = Registration.objects.filter(pk=facts["registration"]).first()
    if registration is None or registration.is_anonymous:
        return Verdict(withdrawn=REGISTRATION_GONE)
    if reason := _wrong_status(facts["mail"], registration.status):
        return Verdict(withdrawn=reason)
    return Verdict(withdrawn=_overtaken(mail, facts))


def _wrong_status(mail: str, status: str) -> str:
    """Why the mail does not fit a registration that has this status now; "" when it does."""
    left = status == RegistrationStatus.CANCELLED
    if mail in (LEFT, WAY_BACK):
        return "" if left else IS_BACK
    if mail == OWN_LINK:
        return ""
    if left:
        return HAS_LEFT
    return IS_PLACED if mail == WAITING and status != RegistrationStatus.WAITING else ""


def _overtaken(mail: OutgoingMail, facts: Mapping[str, Any]) -> str:
    """Why what the mail says of the meeting no longer holds; "" when it does."""
    entry = CalendarEntry.objects.filter(pk=facts["entry"]).first()
    if entry is None:
        return MEETING_GONE
    if facts["mail"] in (CANCELLATION, LEFT):
        return ""
    if entry.cancelled_at:
        return MEETING_CANCELLED
    if entry.ends_at <= timezone.now():
        return MEETING_OVER
    return NEWER_FOLLOWS if _newer_follows(mail, facts) else ""


def _newer_follows(mail: OutgoingMail, facts: Mapping[str, Any]) -> bool:
    """Whether a mail with later news of the meeting waits behind this one for the same receiver."""
    behind = OutgoingMail.objects.pending().filter(stream=mail.stream, pk__gt=mail.pk)
    later = [condition for condition in behind.values_list("condition", flat=True) if condition]
    organisation = facts.get("organisation")
    return any(
        each.get("mail") in WITH_NEWS
        and each["sequence"] > facts["sequence"]
        and each.get("organisation") in (None, organisation)
        for each in later
    )


CONDITIONS: Mapping[str, Callable[[OutgoingMail, Mapping[str, Any]], Verdict]] = {
    "meetings.contact": of_contact,
    "meetings.silent": of_silent,
    "meetings.colleague": of_colleague,
    "meetings.participant": of_participant,
}
