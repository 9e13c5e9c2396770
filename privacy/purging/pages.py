"""What Wagtail keeps of a page beside the page: previews under way and former addresses."""

from collections import Counter
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from wagtail.admin.models import FormState
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, Revision

from . import registry
from .traces import content_types_of


def register() -> None:
    """Register the kinds that every Wagtail has. Called when all models are loaded."""
    registry.register_kind(registry.Kind("page", "sida", "sidan", Page, page_names, "wagtailadmin_explore_root"))
    registry.register_kind(
        registry.Kind("document", "dokument", "dokumentet", get_document_model(), file_names, "wagtaildocs:index")
    )
    registry.register_kind(
        registry.Kind("image", "bild", "bilden", get_image_model(), file_names, "wagtailimages:index")
    )
    registry.register(Page, erase_beside)


def page_names(page: Any) -> list[str]:
    return [page.title, page.draft_title]


def file_names(instance: Any) -> list[str]:
    return [instance.title, instance.filename]


def titles_of(page: Any) -> set[str]:
    """Every title that the page has had, as far as its versions tell."""
    contents = versions_of(page).values_list("content", flat=True)
    return {title for title in [page.title, page.draft_title, *(c.get("title") for c in contents)] if title}


def versions_of(page: Any) -> models.QuerySet[Revision]:
    return Revision.objects.filter(content_type__in=content_types_of(type(page)), object_id=str(page.pk))


def paths_of(page: Any) -> set[str]:
    """Every path that the page has had: the present, those of its versions, and those that lead to it."""
    slugs = {page.slug, *(content.get("slug") for content in versions_of(page).values_list("content", flat=True))}
    present = (page.get_url_parts() or ("", "", ""))[2] or ""
    above = present.rstrip("/").rpartition("/")[0]
    paths = {f"{above}/{slug}" for slug in slugs if slug} if present.strip("/") else set()
    paths.update(Redirect.objects.filter(redirect_page=page.pk).values_list("old_path", flat=True))
    return {path.rstrip("/") for path in paths if path.strip("/")}


def erase_beside(page: Any) -> Counter[str]:
    """Previews of pages of this kind (a new page's has no number yet), and addresses that held the page's own."""
    previews = FormState.objects.filter(content_type=ContentType.objects.get_for_model(type(page)))
    removed = Counter({FormState._meta.label: previews.count()})
    previews.delete()
    for path in paths_of(page):
        # Those below it too: a page that was moved away has an old address with this page's name in it.
        old = Redirect.objects.filter(models.Q(old_path=path) | models.Q(old_path__startswith=f"{path}/"))
        removed[Redirect._meta.label] += old.count()
        old.delete()
    return removed
