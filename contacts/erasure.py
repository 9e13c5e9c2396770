"""Removes the details of a person. Roles stay as periods, so that coverage on any day stays right."""

from collections.abc import Iterator

from django.contrib.auth.hashers import make_password
from django.db import models, transaction
from wagtail.models import Comment, CommentReply

from .actions import end_contact_role
from .models import ContactPerson, Membership, Person, today
from .models.persons import erased_address

# Rows that a deleted person would take along, although they are part of a page's history.
KEPT_MODELS = (Comment, CommentReply)


@transaction.atomic
def end_roles(person: Person) -> int:
    """End the person's roles and seats as of today; return how many. One that has not begun is taken back."""
    day = today()
    roles = ContactPerson.objects.filter(person=person).exclude(end__lte=day)
    for role in roles:
        end_contact_role(role=role, on=day, by=None)
    seats = Membership.objects.filter(person=person).exclude(end__lte=day)
    number = len(roles) + seats.count()
    # A seat's period can't be empty, so one that begins today or later goes.
    seats.filter(start__gte=day).delete()
    seats.update(end=day)
    return number


@transaction.atomic
def erase_person(person: Person) -> bool:
    """Remove the person's details, log-in settings and permissions; return whether the row went too.

    The row stays, without name and address, as long as something refers to it: a role, a seat, or what the person
    has done as an editor.
    """
    is_bound = False
    for relation in _references():
        rows = relation.related_model._base_manager.filter(**{relation.field.name: person.pk})
        if relation.on_delete is models.CASCADE and not issubclass(relation.related_model, KEPT_MODELS):
            rows.delete()
        else:
            is_bound = is_bound or rows.exists()
    if not is_bound:
        Person.objects.filter(pk=person.pk).delete()
        return True
    Person.objects.filter(pk=person.pk).update(
        name=f"Raderad person {person.pk}",
        email=erased_address(person.pk),
        title="",
        phone="",
        organisation=None,
        password=make_password(None),
        is_active=False,
        is_superuser=False,
        last_login=None,
    )
    return False


def _references() -> Iterator[models.ForeignObjectRel]:
    """The foreign keys of all models to a person, whatever room or library they belong to."""
    for field in Person._meta.get_fields(include_hidden=True):
        if isinstance(field, models.ForeignObjectRel) and field.field.concrete and not field.many_to_many:
            yield field
