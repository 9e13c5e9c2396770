"""Lines on other pages that stand in the way: a file in a list, a document of an agenda."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.db import models
from django.db.models.functions import Cast
from modelcluster.fields import ParentalKey
from wagtail.models import Revision

from .traces import content_types_of


def remove_lines_to(instance: models.Model) -> Counter[str]:
    """Take the row out of lists on pages that hold on to it, in the published page and in every version.

    A version that lists what is no more could not be opened again.
    """
    removed: Counter[str] = Counter()
    for field, owner in _protecting(type(instance)):
        lines = field.model._base_manager.filter(**{field.name: instance})
        count = lines.count()
        lines.delete()
        removed[field.model._meta.label] += count
        removed["wagtailcore.Revision.changed"] += _remove_from_versions(instance.pk, field, owner)
    return +removed


def _protecting(model: type[models.Model]) -> Iterator[tuple[Any, ParentalKey]]:
    """Foreign keys that keep a row from being deleted, in rows that are only lines of a page."""
    # Many are known by no name from here, so they are hidden.
    for relation in model._meta.get_fields(include_hidden=True):
        if getattr(relation, "on_delete", None) is models.PROTECT and relation.auto_created:
            field: Any = relation.field  # type: ignore[union-attr]
            owner = next((f for f in field.model._meta.fields if isinstance(f, ParentalKey)), None)
            if owner is not None:
                yield field, owner


def _remove_from_versions(pk: Any, field: Any, owner: ParentalKey) -> int:
    name = owner.remote_field.related_name
    versions = Revision.objects.annotate(as_text=Cast("content", models.TextField())).filter(
        content_type__in=_types_below(owner.remote_field.model), as_text__contains=f'"{field.name}": {pk}'
    )
    changed = 0
    for version in versions.iterator(chunk_size=50):
        lines = version.content.get(name) or []
        kept = [line for line in lines if line.get(field.name) != pk]
        if len(kept) != len(lines):
            version.content[name] = kept
            Revision.objects.filter(pk=version.pk).update(content=version.content)
            changed += 1
    return changed


def _types_below(model: Any) -> set[int]:
    """The content types of the model and of those that inherit from it."""
    models_ = [model, *model.__subclasses__()]
    return {content_type.pk for each in models_ for content_type in content_types_of(each)[:1]}
