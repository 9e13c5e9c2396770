"""Rows that refer to another row by content type and id: versions, search entries, workflows, approvals."""

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import models
from wagtail.models import Revision
from wagtail.models.audit_log import BaseLogEntry

from ..models import Purge
from .removal import Removal

# The fields that may hold the content type; the id is in `object_id`.
TYPE_FIELDS = {"content_type", "base_content_type"}


def content_types_of(model: type[models.Model]) -> list[ContentType]:
    """The content types by which other rows may refer to a row of the model: its own and those it inherits from."""
    return list(ContentType.objects.get_for_models(model, *model._meta.all_parents, for_concrete_models=False).values())


def rows_about(related: type[models.Model], model: type[models.Model], ids: Iterable[Any]) -> models.QuerySet[Any]:
    """The rows of `related` that refer to rows of the model with one of the ids."""
    ids = [str(pk) for pk in ids]
    if isinstance(related._meta.get_field("object_id"), models.IntegerField):
        ids = [pk for pk in ids if pk.isdigit()]
    types, of_type = content_types_of(model), models.Q()
    for name in TYPE_FIELDS & _field_names(related):
        of_type |= models.Q(**{f"{name}__in": types})
    return related._base_manager.filter(of_type, object_id__in=ids)


def revisions_of(page: models.Model) -> models.QuerySet[Revision]:
    """The saved versions of a page, drafts included."""
    return rows_about(Revision, type(page), [page.pk])


def delete_rows_about(model: type[models.Model], ids: Iterable[Any], removal: Removal) -> None:
    """Delete all rows that refer to rows of the model with one of the ids, except log entries."""
    ids = list(ids)
    for related in apps.get_models():
        names = _field_names(related)
        is_related = "object_id" in names and TYPE_FIELDS & names
        if is_related and related is not Purge and not issubclass(related, BaseLogEntry):
            # The count includes what is deleted along with them.
            removal.counts[related._meta.label] += rows_about(related, model, ids).delete()[0]


def _field_names(model: type[models.Model]) -> set[str]:
    return {field.name for field in model._meta.concrete_fields}
