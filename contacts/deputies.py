"""Reads who is deputy for whom today."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from .models import ContactPerson, Organisation, Person


def deputies_beside(person: Person, organisations: Iterable[Organisation]) -> QuerySet[ContactPerson]:
    """The roles of the organisations' deputies, but not the person's own."""
    deputies = ContactPerson.objects.active().filter(organisation__in=organisations, deputy=True)
    return deputies.exclude(person=person).select_related("person", "organisation")


def organisations_to_appoint_in(person: Person) -> QuerySet[Organisation]:
    """The organisations where the person is contact person today (not deputy), and may appoint deputies."""
    own = ContactPerson.objects.active().without_deputies().filter(person=person)
    return Organisation.objects.filter(pk__in=own.values("organisation"))


@dataclass(frozen=True)
class DeputyFor:
    """An organisation where somebody is deputy, and the contact persons they stand in for."""

    role: ContactPerson
    names: list[str]

    @property
    def organisation(self) -> Organisation:
        return self.role.organisation


def deputy_for(person: Person) -> list[DeputyFor]:
    """The organisations where the person is deputy today, and for whom."""
    active = ContactPerson.objects.active().select_related("person", "organisation")
    own = list(active.filter(person=person, deputy=True))
    contact_persons = active.filter(organisation__in=[role.organisation_id for role in own], deputy=False)
    names: dict[int, list[str]] = {}
    for role in contact_persons:
        names.setdefault(role.organisation_id, []).append(str(role.person))
    return [DeputyFor(role, names.get(role.organisation_id, [])) for role in own]
