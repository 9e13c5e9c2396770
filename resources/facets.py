"""The facets of the library: what material is sorted by, and how much there is of each.

Choices within a facet widen the list (OR), choices in different facets narrow it (AND). The number
beside a value says how many there are given the choices in all *other* facets.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.db.models import CharField, Count, F, Model, Q, QuerySet, Value
from django.db.models.functions import Cast
from django.utils.text import slugify

from contacts.models import Organisation

from .enums import CategoryKind, Level, ResourceKind
from .models import Category, FrameworkPartPage, ResourcePage, ResourceTheme, Theme
from .models.resource import ResourceQuerySet

Key = str  # what a value is in the database, as text


@dataclass(frozen=True)
class Option:
    key: Key
    slug: str
    label: str


class Source(Protocol):
    """Where the values of a facet are stored."""

    def condition(self, keys: Iterable[Key]) -> Q:
        """Holds for material that has one of the values."""

    def counted(self, pages: ResourceQuerySet) -> QuerySet[Any]:
        """Rows with `key` and `number`: how many of the pages have each value."""


@dataclass(frozen=True)
class Column:
    """A field of the resource itself."""

    field: str

    def condition(self, keys: Iterable[Key]) -> Q:
        return Q(**{f"{self.field}__in": list(keys)})

    def counted(self, pages: ResourceQuerySet) -> QuerySet[Any]:
        return pages.order_by().values(key=F(self.field)).annotate(number=Count("pk"))


@dataclass(frozen=True)
class Relation:
    """A table between the resource and what it is sorted by."""

    model: type[Model]
    page: str
    value: str

    def condition(self, keys: Iterable[Key]) -> Q:
        rows = self.model._default_manager.filter(**{f"{self.value}__in": list(keys)})
        return Q(pk__in=rows.values(self.page))

    def counted(self, pages: ResourceQuerySet) -> QuerySet[Any]:
        rows = self.model._default_manager.filter(**{f"{self.page}__in": pages.order_by().values("pk")})
        return rows.order_by().values(key=F(self.value)).annotate(number=Count("pk"))


@dataclass(frozen=True)
class Facet:
    param: str  # in the address
    label: str
    source: Source
    options: Sequence[Option]


def _categories(field: str) -> Relation:
    return Relation(getattr(ResourcePage, field).through, "resourcepage_id", "category_id")


def load_facets(pages: ResourceQuerySet) -> list[Facet]:
    """All facets with the values that the vocabulary has; producers are those of the pages. Four queries."""
    categories: dict[str, list[Option]] = defaultdict(list)
    for category in Category.objects.all():
        categories[category.kind].append(Option(str(category.pk), category.slug, category.name))
    themes = [Option(str(theme.pk), theme.slug, theme.name) for theme in Theme.objects.all()]
    parts = [
        Option(str(part.pk), part.slug, part.short_title)
        for part in FrameworkPartPage.objects.live().order_by("path").only("slug", "short_title")
    ]
    return [
        Facet("typ", "Typ", Column("kind"), _choices(ResourceKind)),
        Facet("tema", "Tema", Relation(ResourceTheme, "content_object_id", "tag_id"), themes),
        Facet(
            "del",
            "Del av ramverket",
            Relation(ResourcePage.framework_parts.through, "resourcepage_id", "frameworkpartpage_id"),
            parts,
        ),
        Facet("niva", "Nivå", Column("level"), _choices(Level)),
        Facet("malgrupp", "Målgrupp", _categories("audiences"), categories[CategoryKind.AUDIENCE]),
        Facet("sektor", "Sektor", _categories("sectors"), categories[CategoryKind.SECTOR]),
        Facet("omrade", "Verksamhetsområde", _categories("areas"), categories[CategoryKind.AREA]),
        Facet(
            "utbetalning", "Hur pengarna betalas ut", _categories("arrangements"), categories[CategoryKind.ARRANGEMENT]
        ),
        Facet("avsandare", "Avsändare", Column("producer"), _producers(pages)),
    ]


def slug_of(choice: ResourceKind | Level) -> str:
    """What a kind or level is called in an address."""
    return slugify(str(choice.label))


def _choices(choices: type[ResourceKind] | type[Level]) -> list[Option]:
    return [Option(choice.value, slug_of(choice), str(choice.label)) for choice in choices]


def _producers(pages: ResourceQuerySet) -> list[Option]:
    producers = Organisation.objects.filter(pk__in=pages.order_by().values("producer")).order_by("name")
    return [Option(str(pk), slugify(name), name) for pk, name in producers.values_list("pk", "name")]


def condition(facets: Iterable[Facet], chosen: Mapping[str, Sequence[str]], *, but: Facet | None = None) -> Q:
    """Holds for material that fits the choices (slugs by facet) in every facet, leaving one out if told."""
    holds = Q()
    for facet in facets:
        slugs = chosen.get(facet.param)
        if slugs and facet is not but:
            holds &= facet.source.condition([option.key for option in facet.options if option.slug in slugs])
    return holds


def count_values(
    pages: ResourceQuerySet, facets: Sequence[Facet], chosen: Mapping[str, Sequence[str]]
) -> dict[str, dict[Key, int]]:
    """How many of the pages have each value, by facet and key. One query."""
    rows = []
    for facet in facets:
        fitting = pages.filter(condition(facets, chosen, but=facet))
        counted = facet.source.counted(fitting).filter(key__isnull=False)
        rows.append(
            counted.annotate(
                facet=Value(facet.param, output_field=CharField()), text=Cast("key", output_field=CharField())
            ).values_list("facet", "text", "number")
        )
    numbers: dict[str, dict[Key, int]] = defaultdict(dict)
    for param, key, number in rows[0].union(*rows[1:], all=True):
        numbers[param][key] = number
    return numbers
