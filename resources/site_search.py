"""The search of the whole site: pages of every type, each with an excerpt."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.paginator import Page as ResultPage
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import QueryDict
from django.utils.safestring import SafeString
from django.utils.text import capfirst, slugify
from wagtail.models import Page

from .forms import SearchForm
from .models import SearchEntry
from .models.body_page import on_display
from .search.excerpts import excerpt
from .search.finding import find
from .search.words import has_only_common_words, sought_words

PAGE_SIZE = 20


@dataclass(frozen=True)
class Hit:
    page: Page
    label: str  # the kind of page
    excerpt: SafeString


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
    hits: Sequence[Hit]
    results: ResultPage
    narrowings: Sequence[KindFilter]
    querystring: str  # the parameters without the page number
    only_common_words: bool  # in the query, so that nothing can be found

    @property
    def total(self) -> int:
        return self.results.paginator.count


def answer(parameters: Mapping[str, Any]) -> Answer:
    """Search the public pages as the parameters of an address ask."""
    form = SearchForm(parameters)
    form.is_valid()
    query, kind = form.cleaned_data["q"], form.cleaned_data["typ"]
    found = find(on_display(Page.objects.all()), query)
    types = {
        type_id: (ContentType.objects.get_for_id(type_id), number)
        for type_id, number in found.order_by().values_list("content_type").annotate(number=Count("pk"))
    }
    labels = {type_id: _label(content_type) for type_id, (content_type, _) in types.items()}
    chosen = [type_id for type_id, label in labels.items() if slugify(label) == kind]
    kind = kind if chosen else ""
    fitting = found.filter(content_type__in=chosen) if chosen else found
    results = Paginator(fitting.order_by("-relevance", "title", "pk"), PAGE_SIZE).get_page(form.cleaned_data["sida"])
    texts = dict(SearchEntry.objects.filter(pk__in=[page.pk for page in results]).values_list("pk", "text"))
    sought = sought_words(query)
    return Answer(
        form=form,
        query=query,
        hits=[Hit(page, labels[page.content_type_id], excerpt(texts.get(page.pk, ""), sought)) for page in results],
        results=results,
        narrowings=[
            KindFilter(labels[type_id], number, f"?{_query(query, slugify(labels[type_id]))}", type_id in chosen)
            for type_id, (_, number) in sorted(types.items(), key=lambda row: -row[1][1])
        ],
        querystring=_query(query, kind),
        only_common_words=has_only_common_words(query),
    )


def _label(content_type: ContentType) -> str:
    model = content_type.model_class()
    return capfirst(str(model._meta.verbose_name)) if model else "Sida"


def _query(query: str, kind: str) -> str:
    parameters = QueryDict(mutable=True)
    parameters["q"] = query
    if kind:
        parameters["typ"] = kind
    return parameters.urlencode()
