"""Finds what belongs to a page beside its own row: pages below, former titles and addresses, previews, files."""

from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.urls import reverse
from wagtail.admin.models import FormState
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, ReferenceIndex

from gate.texts import files_of
from screening.descriptions import masked_title

from .generic_relations import revisions_of
from .kinds import kind_of
from .removal import Removal


@dataclass(frozen=True)
class RemainingFile:
    """A document or image that stays when the page that uses it goes."""

    title: str  # masked
    place: str  # the list that it stands in: "Dokument"
    url: str  # of its purge; "" while others use it
    users: list[str]  # the other pages and rows that use it, by title


def branch_of(page: Page) -> list[Page]:
    """The page, those below it, and the aliases of any of them, which show the same text."""
    found: dict[int, Page] = {}
    waiting = [page.pk]
    while waiting:
        branch = Page.objects.none()
        for each in Page.objects.filter(pk__in=waiting):
            branch |= Page.objects.descendant_of(each, inclusive=True)
        for each in branch.specific():
            found.setdefault(each.pk, each)
        aliases = Page.objects.filter(alias_of__in=list(found)).exclude(pk__in=list(found))
        waiting = list(aliases.values_list("pk", flat=True))
    return list(found.values())


def titles_of(page: Page) -> set[str]:
    """Every title that the page has had, as far as its versions tell."""
    contents = revisions_of(page).values_list("content", flat=True)
    return {title for title in [page.title, page.draft_title, *(c.get("title") for c in contents)] if title}


def paths_of(page: Page) -> set[str]:
    """Every path that the page has had: the present one, those of its versions, and those redirected to it."""
    slugs = {page.slug, *(content.get("slug") for content in revisions_of(page).values_list("content", flat=True))}
    present = (page.get_url_parts() or ("", "", ""))[2] or ""
    above = present.rstrip("/").rpartition("/")[0]
    paths = {f"{above}/{slug}" for slug in slugs if slug} if present.strip("/") else set()
    paths.update(Redirect.objects.filter(redirect_page=page.pk).values_list("old_path", flat=True))
    return {path.rstrip("/") for path in paths if path.strip("/")}


def delete_previews_and_redirects(page: Page, removal: Removal) -> None:
    """Delete redirects from former addresses, and previews of all pages of the type (a new page's has no id yet)."""
    removal.delete(FormState.objects.filter(content_type=ContentType.objects.get_for_model(type(page))))
    for path in paths_of(page):
        # Those below it too: a page that was moved away has an old address with this page's slug in it.
        removal.delete(Redirect.objects.filter(Q(old_path=path) | Q(old_path__startswith=f"{path}/")))


def files_left_by(page: Page) -> list[RemainingFile]:
    """The documents and images of the page and of the pages purged with it, as published and as drafted."""
    branch = branch_of(page)
    files: dict[tuple[type, Any], Any] = {}
    for each in branch:
        for state in (each, each.get_latest_revision_as_object()):
            files.update({(type(file), file.pk): file for file in files_of(state)})
    gone = {each.pk for each in branch}
    return sorted((_remaining(file, gone) for file in files.values()), key=lambda file: file.title)


def _remaining(file: Any, gone: set[int]) -> RemainingFile:
    kind = kind_of(file)
    users = [
        masked_title(str(row))
        for row, _ in ReferenceIndex.get_grouped_references_to(file)
        if row is not None and not (isinstance(row, Page) and row.pk in gone)
    ]
    url = reverse("purging:purge", args=[kind.path, file.pk]) if kind and not users else ""
    place = str(file._meta.verbose_name_plural).capitalize()
    return RemainingFile(masked_title(str(file)), place, url, sorted(users))
