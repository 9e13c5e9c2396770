"""The search of the whole site: pages of every type, their files and the public views, each with an excerpt."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page as ResultPage
from django.core.paginator import Paginator
from django.http import QueryDict
from wagtail.models import Page

from .facet_choices import Chip, FacetChoices, chips_of
from .forms import SearchForm
from .models.body_page import on_display
from .search.finding import MOST_HITS, Result, search
from .search.hits import Hit, hits_of
from .search.sorting import LABELS, facets_of, fits, known, values_of
from .search.words import has_only_common_words

PAGE_SIZE = 20
MOST_SUGGESTED = 6
SHORTEST_TYPED = 3  # letters


@dataclass(frozen=True)
class Answer:
    """The results of a query."""

    form: SearchForm
    query: str
    result: Result
    hits: Sequence[Hit]
    results: ResultPage
    facets: Sequence[FacetChoices]
    chips: Sequence[Chip]
    querystring: str  # the parameters without the page number
    only_common_words: bool  # in the query, so that nothing can be found

    @property
    def total(self) -> int:
        return self.results.paginator.count

    @property
    def is_missed(self) -> bool:
        """Whether something was sought that nothing answers."""
        return bool(self.result.question.terms) and (self.result.are_weak or not self.result.found)

    @property
    def is_cut(self) -> bool:
        """Whether there are more hits than are shown."""
        return self.total >= MOST_HITS


def answer(parameters: Mapping[str, Any]) -> Answer:
    """Search the public pages as the parameters of an address ask."""
    form = SearchForm(parameters, facets=LABELS)
    form.is_valid()
    query = form.cleaned_data["q"]
    result = search(query, on_display(Page.objects.all()))
    values = values_of(result.found)
    chosen = known({param: form.cleaned_data[param] for param in LABELS}, values)
    fitting = [one for one, its in zip(result.found, values, strict=True) if fits(its, chosen)]
    results = Paginator(fitting, PAGE_SIZE).get_page(form.cleaned_data["sida"])
    facets = facets_of(values, chosen)
    address = _address(query, chosen)
    labels = {(f.param, choice.slug): f"{f.label}: {choice.label}" for f in facets for choice in f.choices}
    return Answer(
        form=form,
        query=query,
        result=result,
        hits=hits_of(result, list(results)),
        results=results,
        # Some weak hits are no list to choose from.
        facets=[] if result.are_weak and not chosen else facets,
        chips=chips_of(labels, address),
        querystring=address.urlencode(),
        only_common_words=has_only_common_words(query),
    )


def suggested(parameters: Mapping[str, Any]) -> list[str]:
    """Titles of the pages that answer what somebody has typed so far, the best first."""
    form = SearchForm(parameters, facets=())
    form.is_valid()
    query = form.cleaned_data["q"]
    if len(query) < SHORTEST_TYPED:
        return []
    result = search(query, on_display(Page.objects.all()), is_unfinished=True)
    titles = [] if result.are_weak else [one.title for one in result.found if not one.document]
    return list(dict.fromkeys(titles))[:MOST_SUGGESTED]


def _address(query: str, chosen: Mapping[str, Sequence[str]]) -> QueryDict:
    parameters = QueryDict(mutable=True)
    parameters["q"] = query
    for param, slugs in chosen.items():
        parameters.setlist(param, list(slugs))
    return parameters
