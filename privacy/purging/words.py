"""Free words (tags) that somebody typed for a row: they go with the last row that has them."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models.functions import Cast
from modelcluster.fields import ParentalKey
from taggit.models import ItemBase
from wagtail.models import Revision

from .traces import content_types_of, remove_traces

Words = dict[type[models.Model], set[Any]]


def words_of(rows: Iterable[models.Model]) -> Words:
    """The numbers of the free words of the rows and of their versions, by the model that keeps the words."""
    found: Words = defaultdict(set)
    rows = list(rows)
    for through in _free_tagging():
        owner = _owner(through)
        if owner is None:
            # No version tells which words the row once had, so those that nobody has any more go too.
            unused = through.tag_model()._base_manager.exclude(pk__in=through._base_manager.values("tag"))
            found[through.tag_model()].update(unused.values_list("pk", flat=True))
        for row in rows:
            if owner is None or isinstance(row, owner.remote_field.model):
                tagged = through._base_manager.filter(**through.lookup_kwargs(row))
                found[through.tag_model()].update(tagged.values_list("tag_id", flat=True))
                found[through.tag_model()].update(_in_versions(row, owner))
    return found


def remove_unused(words: Words) -> Counter[str]:
    """Remove those words that no row, and no version of one, has any more."""
    removed: Counter[str] = Counter()
    for model, ids in words.items():
        unused = [pk for pk in ids if not _is_used(model, pk)]
        if unused:
            model._base_manager.filter(pk__in=unused).delete()
            remove_traces(model, unused)
            removed[model._meta.label] += len(unused)
    return removed


def _free_tagging() -> list[Any]:
    """The models between rows and words that anybody may invent."""
    throughs: list[Any] = [model for model in apps.get_models() if issubclass(model, ItemBase)]
    return [through for through in throughs if getattr(through.tag_model(), "free_tagging", True)]


def _owner(through: Any) -> Any:
    """The foreign key to what is tagged; None where anything may be."""
    try:
        field = through._meta.get_field("content_object")
    except FieldDoesNotExist:
        return None
    return field if field.concrete and field.remote_field else None


def _in_versions(row: models.Model, owner: Any) -> set[Any]:
    if not isinstance(owner, ParentalKey):
        return set()
    versions = Revision.objects.filter(content_type__in=content_types_of(type(row)), object_id=str(row.pk))
    return {pk for content in versions.values_list("content", flat=True) for pk in _tags_in(content, owner)}


def _tags_in(content: dict[str, Any], owner: ParentalKey) -> set[Any]:
    return {item["tag"] for item in content.get(owner.remote_field.related_name) or []}


def _is_used(model: type[models.Model], pk: Any) -> bool:
    for through in _free_tagging():
        if through.tag_model() is model:
            if through._base_manager.filter(tag=pk).exists():
                return True
            owner = _owner(through)
            if isinstance(owner, ParentalKey) and _is_in_a_version(owner, pk):
                return True
    return False


def _is_in_a_version(owner: ParentalKey, pk: Any) -> bool:
    versions = Revision.objects.annotate(as_text=Cast("content", models.TextField()))
    candidates = versions.filter(as_text__contains=f'"tag": {pk}').values_list("content", flat=True)
    return any(pk in _tags_in(content, owner) for content in candidates)
