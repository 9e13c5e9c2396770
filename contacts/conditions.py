"""Answers, when a mail to a contact person is about to leave, whether it still should."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from outbox.conditions import Verdict
from outbox.models import OutgoingMail

from .models import ContactPerson, Inquiry, Nomination, Person

ROLE_HOLDS = "Uppdraget gäller igen"
ROLE_ENDED = "Uppdraget som kontaktperson har upphört"
SHUT_OUT = "Personen finns inte längre i registret"
NOMINATION_ENDED = "Anmälan gäller inte längre"
NO_QUESTION = "Frågan behövs inte längre"
MAIL_STOPPED = "Mottagaren vill inte ha mejl"


def role_condition(role: ContactPerson) -> dict[str, Any]:
    """The condition of a mail that is for whoever holds the role."""
    return {"kind": "contacts.role", "person": role.person_id, "organisation": role.organisation_id}


def of_role(mail: OutgoingMail, facts: Mapping[str, Any]) -> Verdict:
    """Whether the person still holds a role in the organisation and takes mail, and at which address."""
    roles = ContactPerson.objects.active().of(facts["person"], facts["organisation"]).filter(person__is_active=True)
    if not roles.exists():
        return Verdict(withdrawn=ROLE_ENDED)
    if not roles.reachable().exists():
        return Verdict(withdrawn=MAIL_STOPPED)
    return _to_address_of(facts["person"], mail)


def ended_condition(role: ContactPerson, *, on: date) -> dict[str, Any]:
    """The condition of a mail which tells that the role no longer holds from the day `on`."""
    return {**role_condition(role), "kind": "contacts.role_ended", "on": on.isoformat()}


def of_ended_role(mail: OutgoingMail, facts: Mapping[str, Any]) -> Verdict:
    """Whether the person still is to hold no role in the organisation from that day, and at which address."""
    on = date.fromisoformat(facts["on"])
    if ContactPerson.objects.active(on).of(facts["person"], facts["organisation"]).exists():
        return Verdict(withdrawn=ROLE_HOLDS)
    if not Person.objects.filter(pk=facts["person"], is_active=True).exists():
        return Verdict(withdrawn=SHUT_OUT)
    return _to_address_of(facts["person"], mail)


def nomination_condition(nomination: Nomination) -> dict[str, Any]:
    """The condition of a mail that asks for a confirmation."""
    return {"kind": "contacts.nomination", "nomination": nomination.pk}


def of_nomination(mail: OutgoingMail, facts: Mapping[str, Any]) -> Verdict:
    """Whether the nomination still waits for its confirmation."""
    asked = Nomination.objects.open().filter(pk=facts["nomination"], confirmed_at=None)
    return Verdict() if asked.exists() else Verdict(withdrawn=NOMINATION_ENDED)


def inquiry_condition(inquiry: Inquiry) -> dict[str, Any]:
    """The condition of a mail that asks whether a contact person is still there."""
    return {"kind": "contacts.inquiry", "inquiry": inquiry.pk}


def of_inquiry(mail: OutgoingMail, facts: Mapping[str, Any]) -> Verdict:
    """Whether the question still waits for its answer, and where it goes now. Nobody who has just acted is asked."""
    rows = Inquiry.objects.open().select_related("receiver", "organisation", "about__person")
    inquiry = rows.filter(pk=facts["inquiry"]).first()
    if inquiry is None or not inquiry.address or inquiry.person_has_acted:
        return Verdict(withdrawn=NO_QUESTION)
    if inquiry.receiver_id is not None and not _may_be_mailed(inquiry):
        return Verdict(withdrawn=MAIL_STOPPED)
    return Verdict(address="" if inquiry.address == mail.recipient else inquiry.address)


def _may_be_mailed(inquiry: Inquiry) -> bool:
    roles = ContactPerson.objects.active().reachable().filter(organisation=inquiry.organisation_id)
    return bool(roles.filter(person=inquiry.receiver_id).exists())


def _to_address_of(person: int, mail: OutgoingMail) -> Verdict:
    """The mail leaves, to the address that the person has now."""
    address = Person.objects.values_list("email", flat=True).get(pk=person)
    return Verdict(address="" if address == mail.recipient else address)


CONDITIONS = {
    "contacts.role": of_role,
    "contacts.role_ended": of_ended_role,
    "contacts.nomination": of_nomination,
    "contacts.inquiry": of_inquiry,
}
