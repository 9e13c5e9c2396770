"""Answers, when a mail to a contact person is about to leave, whether it still should."""

from collections.abc import Mapping
from typing import Any

from outbox.conditions import Verdict
from outbox.models import OutgoingMail

from .models import ContactPerson, Person

ROLE_ENDED = "Uppdraget som kontaktperson har upphört"
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
    address = Person.objects.values_list("email", flat=True).get(pk=facts["person"])
    return Verdict(address="" if address == mail.recipient else address)


CONDITIONS = {"contacts.role": of_role}
