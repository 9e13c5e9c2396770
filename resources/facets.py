"""The facets of the library: what material is sorted by. A new facet is a line in `FACETS`.

Choices within a facet widen the list (OR), choices in different facets narrow it (AND). The number
beside a value says how many there are given the choices in all *other* facets.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Count, F, Field, Model, Q, QuerySet, Value
from django.db.models.functions import Cast
from django.http import QueryDict
from django.utils.text import slugify
from wagtail.models import Page

from contacts.models import Organisation

from .enums import CategoryKind

# The visitor's choices: slugs by the facet's name in addresses.
Chosen = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Option:
    """A value of a facet."""

    key: str  # its value in the database, as text
    slug: str
    label: str


@dataclass(frozen=True)
class Facet:
    """A field of `ResourcePage` that material is sorted by: one with choices, a foreign key or many-to-many."""

    param: str  # in addresses, as in /material/?tema=riskanalys
    label: str
    field: str
    # The label on a page of material, where it differs.
    page_label: str = ""
    is_on_page: bool = True

    def model_field(self, model: type[Model]) -> Any:
        return model._meta.get_field(self.field)

    def condition(self, model: type[Model], keys: Iterable[str]) -> Q:
        """The condition that material has one of the values."""
        field = self.model_field(model)
        if not field.many_to_many:
            return Q(**{f"{self.field}__in": list(keys)})
        rows = field.remote_field.through._default_manager.filter(**{f"{field.m2m_reverse_name()}__in": list(keys)})
        return Q(pk__in=rows.values(field.m2m_column_name()))

    def counted(self, pages: QuerySet[Any]) -> QuerySet[Any]:
        """Rows with `key` and `number`: how many of the pages have each value."""
        field, pages = self.model_field(pages.model), pages.order_by()
        if not field.many_to_many:
            return pages.values(key=F(self.field)).annotate(number=Count("pk"))
        table = field.remote_field.through._default_manager.order_by()
        rows = table.filter(**{f"{field.m2m_column_name()}__in": pages.values("pk")})
        return rows.values(key=F(field.m2m_reverse_name())).annotate(number=Count("pk"))

    def query(self, slug: str) -> str:
        """The query of an address that lists all material with the value."""
        parameters = QueryDict(mutable=True)
        parameters[self.param] = slug
        return parameters.urlencode()


THEME = Facet("tema", "Tema", "themes", page_label="Teman")
FRAMEWORK_PART = Facet("del", "Del av ramverket", "framework_parts")
FACETS = (
    Facet("typ", "Typ", "kind", is_on_page=False),
    THEME,
    FRAMEWORK_PART,
    Facet("niva", "Nivå", "level"),
    Facet("malgrupp", CategoryKind.AUDIENCE.label, "audiences"),
    Facet("sektor", CategoryKind.SECTOR.label, "sectors"),
    Facet("omrade", CategoryKind.AREA.label, "areas"),
    Facet("utbetalning", CategoryKind.ARRANGEMENT.label, "arrangements"),
    Facet("avsandare", "Avsändare", "producer", is_on_page=False),
)


def options_of_choices(field: Field[Any, Any]) -> list[Option]:
    """The choices of a field as values of its facet."""
    return [Option(key, slugify(str(label)), str(label)) for key, label in field.flatchoices]


def option_of(row: Any) -> Option:
    """A theme, category, part of the framework or organisation as the value of its facet."""
    label = row.short_title if isinstance(row, Page) else row.name
    # An organisation is known here by its whole name, whatever the address of its own page is.
    slug = "" if isinstance(row, Organisation) else getattr(row, "slug", "")
    return Option(str(row.pk), slug or slugify(label), label)


def load_options(pages: QuerySet[Any]) -> dict[Facet, list[Option]]:
    """The values of each facet: those of the vocabulary, and the producers that the pages have. Four queries."""
    rows: dict[type[Model], list[Any]] = {}
    options = {}
    for facet in FACETS:
        field = facet.model_field(pages.model)
        if field.choices:
            options[facet] = options_of_choices(field)
            continue
        model = field.related_model
        if model not in rows:
            rows[model] = list(_rows_to_choose(field, pages))
        limits = field.get_limit_choices_to().items()
        options[facet] = [option_of(r) for r in rows[model] if all(getattr(r, k) == v for k, v in limits)]
    return options


def _rows_to_choose(field: Any, pages: QuerySet[Any]) -> QuerySet[Any]:
    model = field.related_model
    if not field.many_to_many:
        return model.objects.filter(pk__in=pages.order_by().values(field.name)).order_by("name").only("name")
    if issubclass(model, Page):
        return model.objects.live().order_by("path").only("slug", "short_title")
    return model.objects.all()


def condition(
    pages: QuerySet[Any], options: Mapping[Facet, Sequence[Option]], chosen: Chosen, *, but: Facet | None = None
) -> Q:
    """The condition that material fits the choices in every facet, except `but`."""
    holds = Q()
    for facet, values in options.items():
        slugs = chosen.get(facet.param)
        if slugs and facet is not but:
            holds &= facet.condition(pages.model, [value.key for value in values if value.slug in slugs])
    return holds


def count_values(
    pages: QuerySet[Any], options: Mapping[Facet, Sequence[Option]], chosen: Chosen
) -> dict[str, dict[str, int]]:
    """How many of the pages have each value, by the facet's name in addresses and the value's key. One query."""
    rows = []
    for facet in options:
        fitting = pages.filter(condition(pages, options, chosen, but=facet))
        counted = facet.counted(fitting).filter(key__isnull=False)
        rows.append(
            counted.annotate(
                facet=Value(facet.param, output_field=CharField()), text=Cast("key", output_field=CharField())
            ).values_list("facet", "text", "number")
        )
    numbers: dict[str, dict[str, int]] = defaultdict(dict)
    for param, key, number in rows[0].union(*rows[1:], all=True):
        numbers[param][key] = number
    return numbers
