"""Free tags, which anybody may create: they are deleted with the last row or version that has them."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models.functions import Cast
from modelcluster.fields import ParentalKey
from taggit.models import ItemBase
from wagtail.models import Revision

from .generic_relations import delete_rows_about, revisions_of
from .log_entries import empty_log
from .removal import Removal

Tags = dict[type[models.Model], set[Any]]


def tags_of(rows: Iterable[models.Model]) -> Tags:
    """The ids of the free tags of the rows and of their versions, by the model of the tag."""
    found: Tags = defaultdict(set)
    rows = list(rows)
    for through in _free_tagging():
        owner, tag_model = _owner(through), through.tag_model()
        if owner is None:
            # Versions do not contain these tags, so all unused ones are deleted too.
            unused = tag_model._base_manager.exclude(pk__in=through._base_manager.values("tag"))
            found[tag_model].update(unused.values_list("pk", flat=True))
        for row in rows:
            if owner is None or isinstance(row, owner.remote_field.model):
                tagged = through._base_manager.filter(**through.lookup_kwargs(row))
                found[tag_model].update(tagged.values_list("tag_id", flat=True))
            if isinstance(owner, ParentalKey) and isinstance(row, owner.remote_field.model):
                for content in revisions_of(row).values_list("content", flat=True):
                    found[tag_model].update(_tags_in(content, owner))
    return found


def delete_unused(tags: Tags, removal: Removal) -> None:
    """Delete the tags that no row or version has any more."""
    for model, ids in tags.items():
        unused = [pk for pk in ids if not _is_used(model, pk)]
        if unused:
            removal.delete(model._base_manager.filter(pk__in=unused))
            for forget in (delete_rows_about, empty_log):
                forget(model, unused, Removal())  # what was known of a tag alone is not counted


def _free_tagging() -> list[Any]:
    """The through models of free tags."""
    throughs: list[Any] = [model for model in apps.get_models() if issubclass(model, ItemBase)]
    return [through for through in throughs if getattr(through.tag_model(), "free_tagging", True)]


def _owner(through: Any) -> Any:
    """The foreign key to the tagged row; None where rows of any model may be tagged."""
    try:
        field = through._meta.get_field("content_object")
    except FieldDoesNotExist:
        return None
    return field if field.concrete and field.remote_field else None


def _tags_in(content: dict[str, Any], owner: ParentalKey) -> set[Any]:
    return {item["tag"] for item in content.get(owner.remote_field.related_name) or []}


def _is_used(model: type[models.Model], pk: Any) -> bool:
    throughs = [through for through in _free_tagging() if through.tag_model() is model]
    return any(
        through._base_manager.filter(tag=pk).exists() or _is_in_a_version(_owner(through), pk) for through in throughs
    )


def _is_in_a_version(owner: Any, pk: Any) -> bool:
    if not isinstance(owner, ParentalKey):
        return False
    versions = Revision.objects.annotate(as_text=Cast("content", models.TextField()))
    candidates = versions.filter(as_text__contains=f'"tag": {pk}').values_list("content", flat=True)
    return any(pk in _tags_in(content, owner) for content in candidates)
