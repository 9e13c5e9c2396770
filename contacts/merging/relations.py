"""Lets all that refers to a row refer to another, whatever room or library it belongs to.

The relations are read from the models, so that a new one can't be forgotten. Where a row may exist once only, such as
the invitation of a contact person to a meeting, the two are joined in the same way.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from wagtail.models import ModelLogEntry

from ..log_entries import label
from ..models import Person

# What lets the row that goes log in. It ends with the row: the one that stays has its own.
LOG_IN_SETTINGS = frozenset(
    {
        "account.EmailAddress",
        "mfa.Authenticator",
        "socialaccount.SocialAccount",
        "wagtailcore.APIToken",
        "wagtailadmin.EditingSession",
        "wagtailadmin.FormState",
        "wagtailusers.UserProfile",
    }
)
# Rights in the admin. `merge` refuses a row with any, so there is nothing to move.
RIGHTS = frozenset({"contacts.Person_groups", "contacts.Person_user_permissions"})

# For each model, the rows that went and what took their place.
Replaced = dict[type[models.Model], dict[int, int]]


def references(model: type[models.Model]) -> Iterator[models.ForeignObjectRel]:
    """The foreign keys of all models to the model; a model that inherits another's row counts once."""
    for relation in model._meta.get_fields(include_hidden=True):
        if isinstance(relation, models.ForeignObjectRel) and relation.field.concrete and not relation.many_to_many:
            yield relation


def unique_sets(relation: models.ForeignObjectRel) -> list[tuple[tuple[str, ...], models.Q | None]]:
    """The sets of fields, with the foreign key among them, that may stand once; each with its condition."""
    meta, name = relation.related_model._meta, relation.field.name
    found: list[tuple[tuple[str, ...], models.Q | None]] = []
    if relation.field.unique:
        found.append(((name,), None))
    found += [(tuple(fields), None) for fields in meta.unique_together if name in fields]
    for constraint in meta.constraints:
        if isinstance(constraint, models.UniqueConstraint) and name in constraint.fields:
            found.append((tuple(constraint.fields), constraint.condition))
    return found


def unhandled(model: type[models.Model]) -> list[str]:
    """The references that can't be followed: unique by an expression, of which `unique_sets` knows nothing."""
    return [
        f"{relation.related_model._meta.label}.{relation.field.name}"
        for relation in references(model)
        for constraint in relation.related_model._meta.constraints
        if isinstance(constraint, models.UniqueConstraint)
        and any(_mentions(expression, relation.field.name) for expression in constraint.expressions)
    ]


def _mentions(expression: Any, name: str) -> bool:
    if isinstance(expression, models.F):
        return bool(vars(expression)["name"] == name)
    return any(_mentions(part, name) for part in expression.get_source_expressions())


def follow(*, stays: models.Model, goes: models.Model, replaced: Replaced | None = None) -> Replaced:
    """Let what refers to the row `goes` refer to `stays`; return which rows were joined on the way."""
    replaced = defaultdict(dict) if replaced is None else replaced
    replaced[type(stays)][goes.pk] = stays.pk
    for relation in references(type(stays)):
        model, name = relation.related_model, relation.field.name
        rows = model._base_manager.filter(**{name: goes.pk})
        if model._meta.label in LOG_IN_SETTINGS:
            rows.delete()
        elif not unique_sets(relation):
            rows.update(**{name: stays.pk})
        else:
            for row in rows:
                _move(row, relation, stays=stays, replaced=replaced)
    entries = ModelLogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(type(goes)), object_id=str(goes.pk)
    )
    if isinstance(goes, Person) or entries.exists():
        entries.update(object_id=str(stays.pk), label=label(stays))
    return replaced


def _move(row: models.Model, relation: models.ForeignObjectRel, *, stays: models.Model, replaced: Replaced) -> None:
    """Let one row refer to `stays`, or join it to the one that does already where there may be one only."""
    rows = type(row)._base_manager
    for fields, condition in unique_sets(relation):
        same = {name: getattr(row, _column(type(row), name)) for name in fields if name != relation.field.name}
        if None in same.values():
            continue
        standing = rows.filter(**same, **{relation.field.name: stays.pk})
        itself = rows.filter(pk=row.pk)
        if condition is not None:
            standing, itself = standing.filter(condition), itself.filter(condition)
        twin = standing.exclude(pk=row.pk).first()
        if twin is not None and itself.exists():
            follow(stays=twin, goes=row, replaced=replaced)
            rows.filter(pk=row.pk).delete()
            return
    rows.filter(pk=row.pk).update(**{relation.field.name: stays.pk})


def _column(model: type[models.Model], name: str) -> str:
    try:
        return str(getattr(model._meta.get_field(name), "attname", name))
    except FieldDoesNotExist:
        return name
