"""Tells what each of two rows has, before they are merged."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models
from django.utils.text import capfirst

from ..models import ContactPerson, Membership, Person
from .relations import LOG_IN_SETTINGS, RIGHTS, references


@dataclass(frozen=True)
class Row:
    """One of the two rows, with what belongs to it."""

    person: Person
    roles: list[ContactPerson]
    seats: list[Membership]
    # How many rows of other kinds follow, by what they are called.
    others: list[tuple[str, int]]


def preview(person: Person) -> Row:
    return Row(
        person=person,
        roles=list(ContactPerson.objects.filter(person=person).select_related("organisation").order_by("start", "pk")),
        seats=list(Membership.objects.filter(person=person).select_related("group", "organisation").order_by("start")),
        others=[(name, number) for name, number in _counted(person) if number],
    )


def _counted(person: Person) -> Iterable[tuple[str, int]]:
    """What follows beside roles and seats: what refers to the person, and what refers to their roles."""
    for relation in references(Person):
        if relation.related_model not in (ContactPerson, Membership) and _is_told(relation.related_model):
            yield _name(relation), relation.related_model._base_manager.filter(**{relation.field.name: person}).count()
    roles = ContactPerson.objects.filter(person=person)
    for relation in references(ContactPerson):
        rows = relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": roles})
        yield _name(relation), rows.count()


def _is_told(model: type[models.Model]) -> bool:
    return model._meta.label not in LOG_IN_SETTINGS | RIGHTS


def _name(relation: models.ForeignObjectRel) -> str:
    return capfirst(f"{relation.related_model._meta.verbose_name_plural}")
