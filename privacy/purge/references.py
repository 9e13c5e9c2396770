"""Rows of a page that hold on to what is purged: a file in a list of files, a document of an agenda."""

from collections.abc import Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models.functions import Cast
from modelcluster.fields import ParentalKey
from wagtail.models import Revision

from .removal import Removal


def delete_references_to(instance: models.Model, removal: Removal) -> None:
    """Take the row out of the lists of pages that hold on to it, as published and in every version.

    A version that lists what is no more could not be opened again.
    """
    for field, owner in _protecting(type(instance)):
        removal.delete(field.model._base_manager.filter(**{field.name: instance}))
        removal.counts["wagtailcore.Revision.changed"] += _remove_from_versions(instance.pk, field, owner)


def _protecting(model: type[models.Model]) -> Iterator[tuple[Any, ParentalKey]]:
    """Foreign keys that keep a row from being deleted, in rows that belong to a page."""
    # Those without a related name are hidden.
    for relation in model._meta.get_fields(include_hidden=True):
        if getattr(relation, "on_delete", None) is models.PROTECT and relation.auto_created:
            field: Any = relation.field  # type: ignore[union-attr]
            owner = next((f for f in field.model._meta.fields if isinstance(f, ParentalKey)), None)
            if owner is not None:
                yield field, owner


def _remove_from_versions(pk: Any, field: Any, owner: ParentalKey) -> int:
    name, page_type = owner.remote_field.related_name, owner.remote_field.model
    types = ContentType.objects.get_for_models(page_type, *page_type.__subclasses__()).values()
    versions = Revision.objects.annotate(as_text=Cast("content", models.TextField()))
    versions = versions.filter(content_type__in=types, as_text__contains=f'"{field.name}": {pk}')
    changed = 0
    for version in versions.iterator(chunk_size=50):
        rows = version.content.get(name) or []
        kept = [row for row in rows if row.get(field.name) != pk]
        if len(kept) != len(rows):
            version.content[name] = kept
            Revision.objects.filter(pk=version.pk).update(content=version.content)
            changed += 1
    return changed
