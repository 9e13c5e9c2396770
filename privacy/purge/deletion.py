"""Deletes a row with everything derived from it. Does not log it: call `actions.purge`."""

from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from django.db import DEFAULT_DB_ALIAS, models, transaction
from django.db.models.deletion import Collector, ProtectedError, RestrictedError
from django.forms.utils import pretty_name
from django.utils.text import get_text_list
from wagtail.actions.delete_page import DeletePageAction
from wagtail.models import Page, UploadedFile

from contacts.models import Group, Organisation
from gate.models import FileScreening
from meetings.models import MeetingPage, Registration
from resources.models import Category, Document, Image, Keyword, Theme

from ..models import AccessLogEntry
from . import mails, meetings, pages, search_index, tags
from .errors import PurgeRefused
from .files import file_fields, files_of
from .generic_relations import content_types_of, delete_rows_about
from .log_entries import empty_log
from .references import delete_references_to
from .removal import Removal


def delete(instance: models.Model, *, with_children: bool = False, notify: bool = False) -> Removal:
    """Delete the row, what is derived from it and what mentions it, in the caller's transaction.

    Raises PurgeRefused when there are pages below it and not `with_children`, or when other rows protect it.
    """
    doomed: list[Any] = [instance]
    if isinstance(instance, Page):
        _refuse_page(instance, with_children)
        doomed = pages.branch_of(instance)
    removal = Removal()
    _delete_whole(doomed, removal, notify)
    return removal


def _delete_whole(doomed: list[Any], removal: Removal, notify: bool) -> None:
    for row in doomed:
        _delete_derived(row, removal, notify)
    free_tags = tags.tags_of(doomed)
    screenings = {row.screening_id for row in doomed if getattr(row, "screening_id", None)}
    _delete_rows(doomed, removal)
    for row in doomed:
        delete_rows_about(type(row), [row.pk], removal)
        empty_log(type(row), [row.pk], removal)
    tags.delete_unused(free_tags, removal)
    _delete_screenings(screenings, removal)


def _refuse_page(page: Page, with_children: bool) -> None:
    if page.is_root() or page.sites_rooted_here.exists():
        raise PurgeRefused("Startsidan går inte att rensa bort. Ta bort texten på den och rensa tidigare versioner.")
    below = page.get_descendants().count()
    if below and not with_children:
        noun = "undersida" if below == 1 else "undersidor"
        raise PurgeRefused(f"Sidan har {below} {noun}. Välj att rensa bort dem också, eller flytta dem först.")


def _delete_derived(row: Any, removal: Removal, notify: bool) -> None:
    """Delete what the rooms keep about the row elsewhere; all that a purge deletes beside the row is listed here."""
    if isinstance(row, Page):
        pages.delete_previews_and_redirects(row, removal)
        search_index.delete_entry(row, removal)
    if isinstance(row, Page | Document | Image | Theme | Keyword | Category):
        search_index.index_again(row)
    if isinstance(row, Group | Organisation):
        _remove_from_access_log([row.name], removal)
    if isinstance(row, MeetingPage):
        meetings.delete_mails_about_meeting(row, removal)
        _remove_from_access_log(pages.titles_of(row), removal)
    if isinstance(row, Registration):
        meetings.delete_mails_about_registration(row, removal)
    if isinstance(row, Page):
        mails.delete_mails_about_page(row, removal)
    if isinstance(row, Document):
        mails.delete_mails_about_document(row, removal)
        for version in row.versions.all():
            _delete_whole([version], removal, notify)
    if isinstance(row, MeetingPage) and notify:
        meetings.tell_people_waiting(row)  # after the deletion of mails, which would include these
    delete_references_to(row, removal)
    if file_fields(type(row)):
        _delete_uploads(row, removal)


def _remove_from_access_log(names: Iterable[str], removal: Removal) -> None:
    for name in names:
        removal.counts[AccessLogEntry._meta.label] += AccessLogEntry.objects.remove_name(name)


def _delete_uploads(row: Any, removal: Removal) -> None:
    """Delete unfinished uploads of the same file."""
    name = row.file.name.rpartition("/")[2]
    stem, _, suffix = name.rpartition(".")
    for upload in UploadedFile.objects.filter(for_content_type__in=content_types_of(type(row))):
        is_same_name = upload.file.name.rpartition("/")[2].startswith(stem) and upload.file.name.endswith(suffix)
        if is_same_name or _same_content(upload.file, row.file):
            removal.files.update(files_of([upload]))
            removal.delete(UploadedFile.objects.filter(pk=upload.pk))


def _same_content(one: Any, other: Any) -> bool:
    try:
        if one.size != other.size:
            return False
        with one.storage.open(one.name) as a, other.storage.open(other.name) as b:
            return bool(a.read() == b.read())
    except OSError:
        return False


def _delete_rows(doomed: list[Any], removal: Removal) -> None:
    rows = [getattr(row, "page_ptr", row) for row in doomed]
    collector = Collector(using=DEFAULT_DB_ALIAS, origin=rows[0])
    try:
        collector.collect(rows)
    except (ProtectedError, RestrictedError) as error:
        held = error.protected_objects if isinstance(error, ProtectedError) else error.restricted_objects
        raise PurgeRefused(_who_holds(held)) from error
    for model, found in collector.data.items():
        removal.counts[model._meta.label] += len(found)
        removal.files.update(files_of(found))
    for queryset in collector.fast_deletes:
        removal.counts[queryset.model._meta.label] += queryset.count()
        if file_fields(queryset.model):
            removal.files.update(files_of(queryset))
    for row in doomed:
        if not isinstance(row, Page):
            # A fresh instance: the caller's would lose its id, even if all of this is rolled back.
            type(row)._base_manager.get(pk=row.pk).delete()
        elif Page.objects.filter(pk=row.pk).exists():  # not gone with the page above it
            # Bypasses the page's own delete(), by which a meeting refuses to be deleted unannounced.
            DeletePageAction(Page.objects.get(pk=row.pk)).execute(skip_permission_checks=True)


def _who_holds(rows: Iterable[models.Model]) -> str:
    rows = list(rows)
    kinds = sorted({str(row._meta.verbose_name_plural) for row in rows})
    listed = get_text_list(kinds, "och")
    return f"{pretty_name(listed)} hör till det här ({len(rows)} st). Rensa bort eller flytta dem först."


def _delete_screenings(ids: set[int], removal: Removal) -> None:
    """Delete the screenings of the contents, except those that another file still has."""
    for pk in ids:
        with suppress(ProtectedError), transaction.atomic():
            removal.counts[FileScreening._meta.label] += FileScreening.objects.filter(pk=pk).delete()[0]
