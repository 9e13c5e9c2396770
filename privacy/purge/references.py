"""Child rows of pages that protect what is purged from deletion, such as a file in a list of files."""

from collections.abc import Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models.functions import Cast
from modelcluster.fields import ParentalKey
from wagtail.models import Revision

from .removal import Removal


def delete_references_to(instance: models.Model, removal: Removal) -> None:
    """Remove the row from the lists of the pages that refer to it, as published and in every version.

    A version that lists a deleted row could not be opened again.
    """
    for field, owner in _protecting(type(instance)):
        removal.delete(field.model._base_manager.filter(**{field.name: instance}))
        removal.counts["wagtailcore.Revision.changed"] += _remove_from_versions(instance.pk, field, owner)


def _protecting(model: type[models.Model]) -> Iterator[tuple[Any, ParentalKey]]:
    """The protecting foreign keys to the model in child rows of pages, each with the child's key to its page."""
    # Relations without a reverse name are hidden.
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
