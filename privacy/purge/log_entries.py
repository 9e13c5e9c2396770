"""Removes the texts about purged rows from Wagtail's log, which keeps who did what, and when."""

from collections.abc import Collection, Iterable
from typing import Any

from django.db import models
from django.db.models.functions import Cast
from wagtail.log_actions import registry
from wagtail.models import Page, PageLogEntry

from ..models.purges import REMOVED
from .generic_relations import rows_about
from .removal import Removal


def empty_log(model: type[models.Model], ids: Iterable[Any], removal: Removal, *, keep: Collection[int] = ()) -> None:
    """Remove the log's texts about rows of the model; who did what, and when, stays.

    Page log entries with ids in `keep` lose only the title of the page.
    """
    ids = list(ids)
    for entries in _entries_about(model, ids):
        entries.model.objects.filter(pk__in=keep).update(label=REMOVED)
        removal.counts["log"] += entries.exclude(pk__in=keep).update(label=REMOVED, data={})
    if issubclass(model, Page):
        for pk in ids:
            _remove_title_elsewhere(int(pk))


def has_log_texts(model: type[models.Model], pk: Any) -> bool:
    """Whether the log still has texts about a row, which may be gone."""
    return any(entries.exclude(label=REMOVED).exists() for entries in _entries_about(model, [pk]))


def _entries_about(model: type[models.Model], ids: list[Any]) -> list[models.QuerySet[Any]]:
    if issubclass(model, Page):
        return [PageLogEntry.objects.filter(page_id__in=ids)]
    logs = [log for log in registry.get_log_entry_models() if not issubclass(log, PageLogEntry)]
    return [rows_about(log, model, ids) for log in logs]


def _remove_title_elsewhere(page_id: int) -> None:
    """Remove the page's title from entries about other pages, such as those moved below it or copied from it."""
    entries = PageLogEntry.objects.annotate(as_text=Cast("data", models.TextField()))
    for entry in entries.filter(as_text__contains=f'"id": {page_id}'):
        if _blank_titles(entry.data, page_id):
            PageLogEntry.objects.filter(pk=entry.pk).update(data=entry.data)


def _blank_titles(value: Any, page_id: int) -> int:
    """Replace each title that is logged beside the page's id; returns how many."""
    if isinstance(value, list):
        return sum(_blank_titles(item, page_id) for item in value)
    if not isinstance(value, dict):
        return 0
    blanked = sum(_blank_titles(item, page_id) for item in value.values())
    if value.get("id") == page_id and "title" in value:
        value["title"] = REMOVED
        blanked += 1
    return blanked
