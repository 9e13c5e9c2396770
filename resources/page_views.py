"""What the templates of our page types get beside the page."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, QueryDict

from .enums import CategoryKind, Level
from .facets import slug_of
from .library import browse
from .models import (
    Category,
    FrameworkPage,
    FrameworkPartPage,
    HomePage,
    ResourceIndexPage,
    ResourcePage,
    ResourceTheme,
    Theme,
    ThemeIndexPage,
    ThemePage,
)
from .page_contexts import context_for
from .related import related_to
from .wording import file_note, main_action

NEWEST_SHOWN = 6
FEW = 6


@context_for(HomePage)
def home(page: HomePage, request: HttpRequest) -> dict[str, Any]:
    return {
        "parts": framework_parts(),
        "ways_in": [block.value for block in page.ways_in],
        "newest": ResourcePage.objects.on_display().newest_first().for_lists()[:NEWEST_SHOWN],
    }


def framework_parts() -> list[FrameworkPartPage]:
    """The parts of the framework in order."""
    return list(FrameworkPartPage.objects.on_display().order_by("path").defer_streamfields())


@context_for(FrameworkPage)
def framework(page: FrameworkPage, request: HttpRequest) -> dict[str, Any]:
    return {"parts": framework_parts()}


@context_for(FrameworkPartPage)
def framework_part(page: FrameworkPartPage, request: HttpRequest) -> dict[str, Any]:
    resources = ResourcePage.objects.on_display().in_part(page)
    return {
        "parts": framework_parts(),
        "resources": resources.newest_first().for_lists()[:FEW],
        "resources_total": resources.count(),
        "library_query": _query("del", page.slug),
    }


@context_for(ThemeIndexPage)
def theme_index(page: ThemeIndexPage, request: HttpRequest) -> dict[str, Any]:
    shown = ResourcePage.objects.on_display().values("pk")
    tagged = ResourceTheme.objects.filter(tag=OuterRef("theme"), content_object__in=shown).order_by().values("tag")
    number = Subquery(tagged.annotate(number=Count("pk")).values("number"), output_field=IntegerField())
    themes = ThemePage.objects.on_display().annotate(resources_total=Coalesce(number, 0)).order_by("title")
    return {"themes": themes.defer_streamfields()}


@context_for(ThemePage)
def theme(page: ThemePage, request: HttpRequest) -> dict[str, Any]:
    resources = ResourcePage.objects.on_display().with_theme(page.theme)
    return {
        "theme": page.theme,
        "resources": resources.newest_first().for_lists()[:FEW],
        "resources_total": resources.count(),
        "library_query": _query("tema", page.theme.slug),
    }


@context_for(ResourceIndexPage)
def library(page: ResourceIndexPage, request: HttpRequest) -> dict[str, Any]:
    return {"listing": browse(request.GET)}


@dataclass(frozen=True)
class FactLink:
    """A value of the material, and the query that lists all material with it."""

    text: str
    query: str


@dataclass(frozen=True)
class Fact:
    term: str
    links: list[FactLink]


@context_for(ResourcePage)
def resource(page: ResourcePage, request: HttpRequest) -> dict[str, Any]:
    files = [(file, file_note(file.document)) for file in page.files.select_related("document__screening")]
    action = main_action(page, files[0][0].document if files else None)
    return {
        "main_action": action,
        # A single file is the main button already, once it may be downloaded.
        "files": [] if action and len(files) == 1 and not page.external_url else files,
        "links": page.links.all(),
        "facts": [fact for fact in _facts(page, _categories(page, request)) if fact.links],
        "related": related_to(page),
        "library_url": page.get_parent().get_url(request),
    }


def _categories(page: ResourcePage, request: HttpRequest) -> list[Category]:
    """All categories of the page. A preview has them in memory; otherwise one query reads them all."""
    if getattr(request, "is_preview", False):
        managers = (page.sectors, page.areas, page.arrangements, page.audiences)
        return [category for manager in managers for category in manager.all()]
    return list(Category.objects.of_resource(page))


def _facts(page: ResourcePage, categories: list[Category]) -> list[Fact]:
    """What the material is sorted by, each value a way to more of the same."""

    def of(param: str, categories: Iterable[Category | Theme]) -> list[FactLink]:
        return [FactLink(named.name, _query(param, named.slug)) for named in categories]

    def of_kind(kind: CategoryKind) -> list[Category]:
        return [category for category in categories if category.kind == kind]

    level = [FactLink(str(page.get_level_display()), _query("niva", slug_of(Level(page.level))))] if page.level else []
    return [
        Fact("Teman", of("tema", page.themes.all())),
        Fact(
            "Del av ramverket",
            [FactLink(part.short_title, _query("del", part.slug)) for part in page.framework_parts.all()],
        ),
        Fact("Nivå", level),
        Fact("Målgrupp", of("malgrupp", of_kind(CategoryKind.AUDIENCE))),
        Fact("Sektor", of("sektor", of_kind(CategoryKind.SECTOR))),
        Fact("Verksamhetsområde", of("omrade", of_kind(CategoryKind.AREA))),
        Fact("Hur pengarna betalas ut", of("utbetalning", of_kind(CategoryKind.ARRANGEMENT))),
    ]


def _query(param: str, slug: str) -> str:
    parameters = QueryDict(mutable=True)
    parameters[param] = slug
    return parameters.urlencode()
