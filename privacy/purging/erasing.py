"""Taking rows away with everything that is made of them. Not logged: `actions.purge` is the way in."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import DEFAULT_DB_ALIAS, models, transaction
from django.db.models.deletion import Collector, ProtectedError, RestrictedError
from django.forms.utils import pretty_name
from django.utils.text import get_text_list
from wagtail.actions.delete_page import DeletePageAction
from wagtail.models import Page, UploadedFile

from gate.models import FileScreening

from . import registry, words
from .errors import PurgeRefused
from .files import StoredFile, file_fields, files_of
from .lines import remove_lines_to
from .traces import content_types_of, remove_traces


@dataclass
class Removal:
    """What went: how many rows of each model, and the files that are to go after the commit."""

    counts: Counter[str] = field(default_factory=Counter)
    files: set[StoredFile] = field(default_factory=set)
    noticed: int = 0

    def as_json(self) -> dict[str, int]:
        counts = self.counts + Counter({"files": len(self.files)})
        return {name: count for name, count in sorted(counts.items()) if count}


def erase(instance: models.Model, *, with_children: bool = False, notify: bool = False) -> Removal:
    """Remove the row, what is derived from it and what tells of it, in the caller's transaction.

    Raises PurgeRefused where pages lie below it that were not asked for, or other rows hold on to it.
    """
    doomed = doomed_with(instance)
    if isinstance(instance, Page):
        _refuse_root(instance)
        below = instance.get_descendants().count()
        if below and not with_children:
            noun = "undersida" if below == 1 else "undersidor"
            raise PurgeRefused(f"Sidan har {below} {noun}. Välj att rensa bort dem också, eller flytta dem först.")
    removal = Removal()
    for row in doomed:
        _erase_derived(row, removal, notify)
    free_words = words.words_of(doomed)
    screenings = _screenings_of(doomed)
    _delete(doomed, removal)
    for row in doomed:
        removal.counts += remove_traces(type(row), [row.pk])
    removal.counts += words.remove_unused(free_words)
    removal.counts += _remove_screenings(screenings)
    return removal


def doomed_with(instance: models.Model) -> list[Any]:
    """The row itself; for a page also those below it, and the aliases that show the same text."""
    if not isinstance(instance, Page):
        return [instance]
    found: dict[int, Page] = {}
    waiting = [instance.pk]
    while waiting:
        pages = Page.objects.filter(pk__in=waiting)
        branch = Page.objects.none()
        for page in pages:
            branch |= Page.objects.descendant_of(page, inclusive=True)
        for page in branch.specific():
            found.setdefault(page.pk, page)
        aliases = Page.objects.filter(alias_of__in=list(found)).exclude(pk__in=list(found))
        waiting = list(aliases.values_list("pk", flat=True))
    return list(found.values())


def _refuse_root(page: Page) -> None:
    if page.is_root() or page.sites_rooted_here.exists():
        raise PurgeRefused("Startsidan går inte att rensa bort. Ta bort texten på den och rensa tidigare versioner.")


def _erase_derived(row: models.Model, removal: Removal, notify: bool) -> None:
    for eraser in registry.erasers_for(row):
        removal.counts += Counter(eraser(row))
    if notify:
        # After the erasers, which take the mails about the row.
        removal.noticed += sum(notice.send(row) for notice in registry.notices_for(row))
    removal.counts += remove_lines_to(row)
    if file_fields(type(row)):
        _erase_uploads(row, removal)


def _erase_uploads(row: Any, removal: Removal) -> None:
    """Uploads of the same file that somebody began and gave up."""
    name = row.file.name.rpartition("/")[2]
    stem, _, suffix = name.rpartition(".")
    for upload in UploadedFile.objects.filter(for_content_type__in=content_types_of(type(row))):
        is_same_name = upload.file.name.rpartition("/")[2].startswith(stem) and upload.file.name.endswith(suffix)
        if is_same_name or _same_content(upload.file, row.file):
            removal.files.update(files_of([upload]))
            upload.delete()
            removal.counts["wagtailcore.UploadedFile"] += 1


def _same_content(one: Any, other: Any) -> bool:
    try:
        if one.size != other.size:
            return False
        with one.storage.open(one.name) as a, other.storage.open(other.name) as b:
            return bool(a.read() == b.read())
    except OSError:
        return False


def _delete(doomed: list[Any], removal: Removal) -> None:
    pages = [row.page_ptr if hasattr(row, "page_ptr") else row for row in doomed]
    collector = Collector(using=DEFAULT_DB_ALIAS, origin=pages[0])
    try:
        collector.collect(pages)
    except (ProtectedError, RestrictedError) as error:
        held = error.protected_objects if isinstance(error, ProtectedError) else error.restricted_objects
        raise PurgeRefused(_who_holds(held)) from error
    for model, rows in collector.data.items():
        removal.counts[model._meta.label] += len(rows)
        removal.files.update(files_of(rows))
    for queryset in collector.fast_deletes:
        removal.counts[queryset.model._meta.label] += queryset.count()
        if file_fields(queryset.model):
            removal.files.update(files_of(queryset))
    for row in doomed:
        if not isinstance(row, Page):
            # A copy, since the caller's row would lose its number, also when all of this is taken back.
            type(row)._base_manager.get(pk=row.pk).delete()
        elif Page.objects.filter(pk=row.pk).exists():  # not gone with the page above it
            # Past the page's own delete(), with which a meeting keeps its page from going unannounced.
            DeletePageAction(Page.objects.get(pk=row.pk)).execute(skip_permission_checks=True)


def _who_holds(rows: Iterable[models.Model]) -> str:
    rows = list(rows)
    kinds = sorted({str(row._meta.verbose_name_plural) for row in rows})
    listed = get_text_list(kinds, "och")
    return f"{pretty_name(listed)} hör till det här ({len(rows)} st). Rensa bort eller flytta dem först."


def _screenings_of(rows: Iterable[Any]) -> set[int]:
    return {row.screening_id for row in rows if getattr(row, "screening_id", None)}


def _remove_screenings(ids: set[int]) -> Counter[str]:
    """Forget what was found in the content, unless another file has it too."""
    removed: Counter[str] = Counter()
    for screening in FileScreening.objects.filter(pk__in=ids):
        try:
            with transaction.atomic():
                screening.delete()
            removed[FileScreening._meta.label] += 1
        except ProtectedError:
            continue
    return removed
