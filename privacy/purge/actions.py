"""Removes for good a row with everything derived from it, a page's older versions, or single texts."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

import structlog
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, models, transaction
from django.utils import timezone
from wagtail.models import Page, get_page_models

from screening.text import screen_text

from ..models import FileToRemove, Purge
from ..models.purges import REMOVED
from ..permissions import user_can_purge
from . import cleanup
from .deletion import delete
from .errors import PurgeRefused
from .files import StoredFile, orphans_like
from .generic_relations import delete_rows_about
from .kinds import names_of
from .log_entries import empty_log
from .removal import Removal
from .revisions import delete_older_versions

log = structlog.get_logger("privacy")

MAX_REASON = 500
SHORT_NAME = 4  # characters; a shorter title may be a common word, which a reason may need


def purge(instance: models.Model, *, by: Any, reason: str, with_children: bool = False, notify: bool = False) -> Purge:
    """Remove a row and everything derived from it; the log keeps that it happened, but not what it was.

    `by` None is the operator at the console. `with_children` includes the pages below, `notify` mails those who
    wait for a meeting. Files and what the database keeps of deleted rows are removed right after the commit.
    Raises PermissionDenied, and PurgeRefused with a sentence that says why.
    """
    return carry_out(instance, by, reason, partial(delete, instance, with_children=with_children, notify=notify))


def purge_versions(page: Any, *, by: Any, reason: str) -> Purge:
    """Keep the page as it is shown now; remove every other version, draft, comment and log text of it."""
    return carry_out(page, by, reason, partial(delete_older_versions, page))


def purge_texts(instance: models.Model, fields: Iterable[str], *, by: Any, reason: str) -> Purge:
    """Empty single text fields of a row that has to stay, such as the description of an organisation."""
    return carry_out(instance, by, reason, partial(_empty_fields, instance, list(fields)))


def purge_deleted(model: type[models.Model], pk: Any, *, by: Any, reason: str) -> Purge:
    """Remove what is left of a row that was deleted in the ordinary way, above all the texts in the log."""

    def delete_rest() -> Removal:
        # The type of a deleted page is not known, so every page type is tried.
        removal = Removal()
        for each in [model, *get_page_models()] if issubclass(model, Page) else [model]:
            delete_rows_about(each, [pk], removal)
        empty_log(model, [pk], removal)
        return removal

    return carry_out(model(pk=pk), by, reason, delete_rest)


def carry_out(instance: models.Model, by: Any, reason: str, remove: Callable[[], Removal]) -> Purge:
    """Remove by the function, note it in the log under the row's type and number, and clean up after the commit.

    Raises PermissionDenied, PurgeRefused when the reason can't be kept, and whatever `remove` raises.
    """
    if by is not None and not user_can_purge(by):
        raise PermissionDenied
    if fault := reason_fault(instance, reason):
        raise PurgeRefused(fault)
    kind, pk = instance._meta.label, str(instance.pk)
    with transaction.atomic():
        removal = remove()
        row = Purge.objects.create(kind=kind, object_id=pk, by=by, reason=reason.strip(), removed=removal.as_json())
        FileToRemove.objects.bulk_create(
            FileToRemove(purge=row, storage=file.storage, name=file.name)
            for file in sorted(removal.files, key=lambda file: (file.storage, file.name))
        )
        transaction.on_commit(partial(finish, row.pk), robust=True)
    log.warning("purged", kind=kind, id=pk, by=by.pk if by else "console", **removal.as_json())
    return row


def preview(instance: models.Model, *, with_children: bool = True) -> Removal:
    """What a purge would remove, found by doing it and rolling it back. Raises PurgeRefused."""
    with transaction.atomic():
        removal = delete(instance, with_children=with_children)
        transaction.set_rollback(True)
    return removal


def reason_fault(instance: models.Model, reason: str) -> str:
    """Why the reason can't be kept in the log, which outlives what is removed; "" when it can."""
    reason = reason.strip()
    if not reason:
        return "Skriv varför det ska bort."
    if len(reason) > MAX_REASON:
        return f"Skriv högst {MAX_REASON} tecken."
    if screen_text(reason).findings:
        return "Skälet står kvar i loggen. Skriv det utan nummer som pekar ut någon."
    for name in names_of(instance) if not instance._state.adding else []:
        if len(name) >= SHORT_NAME and name.casefold() in reason.casefold():
            return "Skälet står kvar i loggen. Skriv det utan titel, namn eller adress."
    return ""


def finish(purge_id: int) -> bool:
    """Finish a purge after its commit: files, caches, database. False when something is left for the next try."""
    row = Purge.objects.unfinished().filter(pk=purge_id).first()
    if row is None:
        return True
    if connection.in_atomic_block:
        return False  # The database can't be cleaned here; the worker does it.
    try:
        _remove_files(row)
        cleanup.delete_messages()
        cleanup.clear_caches()
        # Set first: the cleaning must come after the last write, and also removes the deleted rows of the files.
        Purge.objects.filter(pk=row.pk).update(finished_at=timezone.now())
        cleanup.clean_database()
    except Exception as error:  # Each storage, cache and database has errors of its own.
        Purge.objects.filter(pk=row.pk).update(finished_at=None)
        log.warning("purge not finished; tried again in a minute", purge=row.pk, error=type(error).__name__)
        return False
    return True


def finish_all() -> int:
    """Finish what earlier purges left behind; returns how many purges are still not finished."""
    for pk in list(Purge.objects.unfinished().order_by("pk").values_list("pk", flat=True)):
        finish(pk)
    return Purge.objects.unfinished().count()


def _remove_files(row: Purge) -> None:
    """Remove the files of a purge and their orphaned copies. Raises OSError when a storage refuses."""
    failed: Exception | None = None
    for doomed in FileToRemove.objects.filter(purge=row):
        file = StoredFile(doomed.storage, doomed.name)
        try:
            file.remove()
            for orphan in orphans_like(file):
                orphan.remove()
            doomed.delete()
        except Exception as error:  # Each storage has errors of its own.
            failed = error
    if failed is not None:
        raise OSError("a file could not be removed") from failed


def _empty_fields(instance: models.Model, fields: list[str]) -> Removal:
    if isinstance(instance, Page):
        raise PurgeRefused("Ändra sidan och rensa sedan bort dess tidigare versioner.")
    values: dict[str, str] = {}
    for name in fields:
        field = next((f for f in instance._meta.concrete_fields if f.name == name), None)
        if not isinstance(field, models.CharField | models.TextField) or isinstance(field, models.EmailField):
            raise PurgeRefused(f"{name} är inget textfält i {instance._meta.label}.")
        values[name] = "" if field.blank else REMOVED
    try:
        with transaction.atomic():
            _write(instance, values)
    except DatabaseError:
        # A constraint of the table may demand a text.
        _write(instance, dict.fromkeys(values, REMOVED))
    removal = Removal()
    removal.counts["fields"] = len(values)
    empty_log(type(instance), [instance.pk], removal)
    return removal


def _write(instance: models.Model, values: dict[str, str]) -> None:
    type(instance)._base_manager.filter(pk=instance.pk).update(**values)
    instance.refresh_from_db()
    instance.save(update_fields=list(values))  # so that the indexes follow
