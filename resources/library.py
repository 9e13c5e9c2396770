"""The library as a visitor sees it: the material that fits the choices, in order, and the choices of each facet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.utils.html import escape

from .facet_choices import Chip, Choice, FacetChoices, chips_of, without
from .facets import Chosen, Facet, Option, condition, count_values, load_options
from .forms import SORTINGS, LibraryForm, Sorting
from .models.resource import ResourcePage, ResourceQuerySet
from .search.finding import Found, Result, search
from .search.hits import Hit, hits_of
from .search.words import has_only_common_words

PAGE_SIZE = 20


@dataclass(frozen=True)
class Listing:
    """A page of the library."""

    form: LibraryForm
    facets: Sequence[FacetChoices]
    chips: Sequence[Chip]
    results: Page
    rows: Sequence[Hit]
    sortings: Sequence[Choice]
    querystring: str  # all parameters but the page number
    query: str
    only_common_words: bool  # in the query, so that nothing can be found
    are_weak: bool  # none of the hits answers the query
    corrected: str  # what was searched for instead of a query with a typing error

    @property
    def total(self) -> int:
        return self.results.paginator.count


def browse(parameters: Mapping[str, Any]) -> Listing:
    """The list that the parameters of an address ask for; invalid ones are ignored."""
    pages = ResourcePage.objects.on_display()
    options = load_options(pages)
    form = LibraryForm(parameters, options=options)
    form.is_valid()
    asked = form.cleaned_data
    chosen = {facet.param: asked[facet.param] for facet in options if asked[facet.param]}
    query = asked["q"]
    result = search(query, pages, with_views=False) if query else None
    # What was found is on display: to ask it again for each facet would take longer than the search.
    found = ResourcePage.objects.filter(pk__in=[one.page for one in result.found]) if result else pages
    numbers = count_values(found, options, chosen)
    sorting = _sorting(asked["sortering"], searching=bool(query))
    fitting = found.filter(condition(pages, options, chosen))
    paginator = Paginator(_in_order(fitting, sorting, result, narrowed=bool(chosen)), PAGE_SIZE)
    results = paginator.get_page(asked["sida"])
    parameters = _parameters(query, chosen, asked["sortering"])
    return Listing(
        form=form,
        facets=[
            _choices(facet, values, numbers.get(facet.param, {}), chosen.get(facet.param, []))
            for facet, values in options.items()
        ],
        chips=_chips(options, parameters),
        results=results,
        rows=hits_of(result, list(results)) if result else [_row(page) for page in results],
        are_weak=bool(result and result.are_weak),
        corrected=result.corrected if result else "",
        sortings=[
            Choice(value, label, chosen=value == sorting)
            for value, label in SORTINGS
            if query or value != Sorting.RELEVANCE
        ],
        querystring=parameters.urlencode(),
        query=query,
        only_common_words=has_only_common_words(query),
    )


def _sorting(asked: str, *, searching: bool) -> str:
    """The order asked for, if it is possible: by relevance only when there is a query."""
    possible = [value for value, _ in SORTINGS if searching or value != Sorting.RELEVANCE]
    return asked if asked in possible else possible[0]


def _in_order(
    pages: ResourceQuerySet, sorting: str, result: Result | None, *, narrowed: bool
) -> ResourceQuerySet | list[Found]:
    """The pages in order, or what was found of them. `narrowed` says that they are fewer than all that was found."""
    ordered = pages.order_by("title", "pk") if sorting == Sorting.TITLE else pages.newest_first()
    if result is None:
        return ordered.for_lists()
    if sorting == Sorting.RELEVANCE and not narrowed:
        return result.found
    ids = list(ordered.values_list("pk", flat=True))
    if sorting == Sorting.RELEVANCE:
        fitting = set(ids)
        return [one for one in result.found if one.page in fitting]
    found = {one.page: one for one in result.found}
    return [found[pk] for pk in ids]


def _row(page: ResourcePage) -> Hit:
    """Material in the list as nobody has searched for it."""
    return Hit(page.title, page.url, page.get_kind_display(), page.list_meta, escape(page.lead), "", None)


def _choices(facet: Facet, values: Sequence[Option], numbers: Mapping[str, int], slugs: Sequence[str]) -> FacetChoices:
    """The values of a facet; one that would give nothing is shown only if it is chosen already."""
    choices = [Choice(value.slug, value.label, value.slug in slugs, numbers.get(value.key, 0)) for value in values]
    return FacetChoices(facet.param, facet.label, [choice for choice in choices if choice.number or choice.chosen])


def _parameters(query: str, chosen: Chosen, sorting: str) -> QueryDict:
    parameters = QueryDict(mutable=True)
    if query:
        parameters["q"] = query
    for param, slugs in chosen.items():
        parameters.setlist(param, list(slugs))
    if sorting:
        parameters["sortering"] = sorting
    return parameters


def _chips(options: Mapping[Facet, Sequence[Option]], parameters: QueryDict) -> list[Chip]:
    values = ((facet, value) for facet, of_facet in options.items() for value in of_facet)
    labels = {(facet.param, value.slug): f"{facet.label}: {value.label}" for facet, value in values}
    query = str(parameters.get("q", ""))
    sought = [Chip(f"Sökord: {query}", without(parameters, "q", query))] if query else []
    return [*sought, *chips_of(labels, parameters)]
