"""The search of the whole site: pages of every type, their files and the public views, each with an excerpt."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page as ResultPage
from django.core.paginator import Paginator
from django.http import QueryDict
from django.utils.text import slugify
from wagtail.models import Page

from .forms import SearchForm
from .models.body_page import on_display
from .search.finding import MOST_HITS, Result, search
from .search.hits import Hit, hits_of
from .search.words import has_only_common_words

PAGE_SIZE = 20
MOST_SUGGESTED = 6
SHORTEST_TYPED = 3  # letters


@dataclass(frozen=True)
class KindFilter:
    """A kind of page among the results, and the address that shows only that kind."""

    label: str
    number: int
    url: str
    chosen: bool


@dataclass(frozen=True)
class Answer:
    """The results of a query."""

    form: SearchForm
    query: str
    result: Result
    hits: Sequence[Hit]
    results: ResultPage
    narrowings: Sequence[KindFilter]
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
    form = SearchForm(parameters)
    form.is_valid()
    query, kind = form.cleaned_data["q"], form.cleaned_data["typ"]
    result = search(query, on_display(Page.objects.all()))
    labels = Counter(one.label for one in result.found)
    chosen = {label for label in labels if slugify(label) == kind}
    fitting = [one for one in result.found if one.label in chosen] if chosen else result.found
    results = Paginator(fitting, PAGE_SIZE).get_page(form.cleaned_data["sida"])
    return Answer(
        form=form,
        query=query,
        result=result,
        hits=hits_of(result, list(results)),
        results=results,
        narrowings=[
            KindFilter(label, number, f"?{_query(query, slugify(label))}", label in chosen)
            for label, number in sorted(labels.items(), key=lambda row: (-row[1], row[0]))
        ],
        querystring=_query(query, kind if chosen else ""),
        only_common_words=has_only_common_words(query),
    )


def suggested(parameters: Mapping[str, Any]) -> list[str]:
    """Titles of the pages that answer what somebody has typed so far, the best first."""
    form = SearchForm(parameters)
    form.is_valid()
    query = form.cleaned_data["q"]
    if len(query) < SHORTEST_TYPED:
        return []
    result = search(query, on_display(Page.objects.all()), is_unfinished=True)
    titles = [] if result.are_weak else [one.title for one in result.found if not one.document]
    return list(dict.fromkeys(titles))[:MOST_SUGGESTED]


def _query(query: str, kind: str) -> str:
    parameters = QueryDict(mutable=True)
    parameters["q"] = query
    if kind:
        parameters["typ"] = kind
    return parameters.urlencode()
