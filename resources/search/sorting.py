"""What the hits of the site's search are sorted by: kind of page, theme, sector, producer and year, with numbers.

The values of all hits are read in one query and counted here, so that pages of every type count alike.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import Cast, ExtractYear
from django.utils.text import slugify

from ..facet_choices import Choice, FacetChoices
from ..facets import FACETS, Chosen
from ..models.resource import ResourcePage
from ..models.vocabulary import ResourceTheme
from .finding import Found

# The facets by their names in addresses.
KIND, PRODUCER, YEAR = "typ", "avsandare", "ar"
OF_MATERIAL = {facet.param: facet.label for facet in FACETS if facet.param in ("tema", "sektor", PRODUCER)}
LABELS = {KIND: "Typ", **OF_MATERIAL, YEAR: "Utgivningsår"}

Values = dict[str, dict[str, str]]  # of a hit: labels by facet and slug


def values_of(found: Sequence[Found]) -> list[Values]:
    """The values of each hit, in one query. Names of producers keep their dots: Habo is not Håbo."""
    of_pages: dict[int, Values] = defaultdict(lambda: defaultdict(dict))
    ids = [one.page for one in found if one.page]
    for page, param, label in _rows(ids) if ids else ():
        of_pages[page][param][slugify(label, allow_unicode=param == PRODUCER)] = label
    return [
        {**(of_pages[one.page] if one.page else {}), KIND: {slugify(one.label): one.label}} if one.label else {}
        for one in found
    ]


def _rows(ids: Sequence[int]) -> QuerySet[Any, tuple[int, str, str]]:
    """A page, the facet and the value, a row for each of the pages' values."""
    pages = ResourcePage.objects.filter(pk__in=ids).order_by()
    sectors = ResourcePage.sectors.through._default_manager.filter(resourcepage__in=ids).order_by()
    themes = ResourceTheme.objects.filter(content_object__in=ids).order_by()
    kinds = (
        (themes, "tema", "content_object", F("tag__name")),
        (sectors, "sektor", "resourcepage", F("category__name")),
        (pages.exclude(producer=None), PRODUCER, "pk", F("producer__name")),
        (pages.exclude(published_on=None), YEAR, "pk", ExtractYear("published_on")),
    )
    first, *others = (
        rows.annotate(
            facet=Value(param, output_field=CharField()), value=Cast(value, output_field=CharField())
        ).values_list(page, "facet", "value")
        for rows, param, page, value in kinds
    )
    return first.union(*others, all=True)


def fits(values: Values, chosen: Chosen, *, but: str = "") -> bool:
    """Whether a hit has one of the chosen values in every facet, except `but`."""
    return all(any(slug in values.get(param, ()) for slug in slugs) for param, slugs in chosen.items() if param != but)


def known(chosen: Chosen, values: Iterable[Values]) -> dict[str, list[str]]:
    """The choices that any of the hits has; others, as in an old address, are left out."""
    there: dict[str, set[str]] = defaultdict(set)
    for one in values:
        for param, labels in one.items():
            there[param].update(labels)
    left = {param: [slug for slug in slugs if slug in there[param]] for param, slugs in chosen.items()}
    return {param: slugs for param, slugs in left.items() if slugs}


def facets_of(values: Sequence[Values], chosen: Chosen) -> list[FacetChoices]:
    """The facets that divide the hits, each value with how many it leaves given the choices in all other facets."""
    facets = [FacetChoices(param, label, _choices(values, chosen, param)) for param, label in LABELS.items()]
    return [facet for facet in facets if len(facet.choices) > 1 or facet.is_used]


def _choices(values: Sequence[Values], chosen: Chosen, param: str) -> list[Choice]:
    labels = {slug: label for one in values for slug, label in one.get(param, {}).items()}
    numbers = Counter(slug for one in values if fits(one, chosen, but=param) for slug in one.get(param, ()))
    taken = chosen.get(param, ())
    shown = [Choice(slug, label, slug in taken, numbers[slug]) for slug, label in labels.items()]
    shown = [choice for choice in shown if choice.number or choice.chosen]
    if param == YEAR:
        return sorted(shown, key=lambda choice: choice.slug, reverse=True)
    return sorted(shown, key=lambda choice: (-choice.number, choice.label))
