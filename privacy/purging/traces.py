"""What other tables keep of a row by its type and number: versions, search entries, log texts."""

from collections import Counter
from collections.abc import Collection, Iterable
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models.functions import Cast
from wagtail.log_actions import registry as log_registry
from wagtail.models import Page, PageLogEntry
from wagtail.models.audit_log import BaseLogEntry

from ..models import Purge

REMOVED = "(bortrensat)"


def content_types_of(model: type[models.Model]) -> list[ContentType]:
    """The types under which rows elsewhere may know a row of the model: its own and those it inherits from."""
    return list(ContentType.objects.get_for_models(model, *model._meta.all_parents, for_concrete_models=False).values())


def remove_traces(model: type[models.Model], ids: Iterable[Any]) -> Counter[str]:
    """Remove every row that points to rows of the model by type and number, and empty the log about them.

    Returns how many went of each model.
    """
    ids = [str(pk) for pk in ids]
    types = content_types_of(model)
    removed: Counter[str] = Counter()
    for tracer in _tracers():
        if tracer is not Purge and not issubclass(tracer, BaseLogEntry):
            count, _ = _rows_about(tracer, types, ids).delete()
            removed[tracer._meta.label] += count
    return removed + empty_log(model, ids)


def empty_log(model: type[models.Model], ids: Iterable[Any], *, keep: Collection[int] = ()) -> Counter[str]:
    """Empty the log's texts about rows of the model; who did what, and when, stays.

    Page log entries in `keep` (their numbers) lose the title that the page had, but nothing else.
    """
    ids = [str(pk) for pk in ids]
    types = content_types_of(model)
    emptied: Counter[str] = Counter()
    for log_model in log_registry.get_log_entry_models():
        if issubclass(log_model, PageLogEntry):
            entries = log_model.objects.filter(page_id__in=ids) if issubclass(model, Page) else log_model.objects.none()
            log_model.objects.filter(pk__in=keep).update(label=REMOVED)
            entries = entries.exclude(pk__in=keep)
        else:
            entries = _rows_about(log_model, types, ids)
        emptied["log"] += entries.update(label=REMOVED, data={})
    if issubclass(model, Page):
        for pk in ids:
            _forget_title_in_log(int(pk))
    return emptied


def has_traces(model: type[models.Model], pk: Any) -> bool:
    """Whether the log still has words about a row, which may be gone."""
    if issubclass(model, Page):
        return PageLogEntry.objects.filter(page_id=pk).exclude(label=REMOVED).exists()
    types = content_types_of(model)
    return any(
        _rows_about(log_model, types, [str(pk)]).exclude(label=REMOVED).exists()
        for log_model in log_registry.get_log_entry_models()
        if not issubclass(log_model, PageLogEntry)
    )


def _tracers() -> list[type[models.Model]]:
    """Models that know rows of any kind by `object_id` and a content type."""
    found = []
    for model in apps.get_models():
        names = {f.name for f in model._meta.concrete_fields}
        if "object_id" in names and {"content_type", "base_content_type"} & names:
            found.append(model)
    return found


def _rows_about(tracer: type[models.Model], types: list[ContentType], ids: list[str]) -> models.QuerySet[Any]:
    names = {f.name for f in tracer._meta.concrete_fields}
    typed = models.Q()
    for name in ("content_type", "base_content_type"):
        if name in names:
            typed |= models.Q(**{f"{name}__in": types})
    numbers = tracer._meta.get_field("object_id")
    wanted = [pk for pk in ids if pk.isdigit()] if isinstance(numbers, models.IntegerField) else ids
    return tracer._base_manager.filter(typed, object_id__in=wanted)


def _forget_title_in_log(page_id: int) -> None:
    """Take the title out of what is logged about other pages: moved below this one, copied from it."""
    entries = PageLogEntry.objects.annotate(as_text=Cast("data", models.TextField()))
    for entry in entries.filter(as_text__contains=f'"id": {page_id}'):
        if _blank_titles(entry.data, page_id):
            PageLogEntry.objects.filter(pk=entry.pk).update(data=entry.data)


def _blank_titles(value: Any, page_id: int) -> int:
    """Blank each title that stands beside the page's number; returns how many."""
    if isinstance(value, list):
        return sum(_blank_titles(item, page_id) for item in value)
    if not isinstance(value, dict):
        return 0
    blanked = sum(_blank_titles(item, page_id) for item in value.values())
    if value.get("id") == page_id and "title" in value:
        value["title"] = REMOVED
        blanked += 1
    return blanked
