"""Finds pages in the search index."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Case, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum, Value, When
from wagtail.query import PageQuerySet

from ..models.search import SearchPosting, SearchWord
from .weights import EXACT_FACTOR
from .words import SoughtWord, sought_words

MOST_WORDS = 400  # Compounds of one sought word that are looked for, the shortest first, since they are closest to it.


@dataclass(frozen=True)
class WordMatches:
    """The words of the index that match a sought word, as ids."""

    forms: frozenset[int]
    compounds: frozenset[int]
    # The two halves, when the sought word is a compound of words that pages use separately.
    halves: tuple[frozenset[int], frozenset[int]] | None

    def condition(self) -> Q:
        """The condition that a page has the word, a compound of it, or both its halves."""
        condition = _has_any(self.forms | self.compounds)
        if self.halves:
            condition |= _has_any(self.halves[0]) & _has_any(self.halves[1])
        return condition

    @property
    def near(self) -> frozenset[int]:
        """The compounds and the halves: all matches but the forms of the word itself."""
        return self.compounds.union(*(self.halves or ()))


def find(pages: PageQuerySet, query: str) -> PageQuerySet:
    """Filters the pages on every word of the query, and annotates them with `relevance` (higher is better).

    Any string is a valid query: there are no operators, and a string without words finds nothing.
    """
    matches = _matches_in_index(sought_words(query))
    if not matches:
        return pages.none().annotate(relevance=Value(0))
    for word in matches:
        pages = pages.filter(word.condition())
    return pages.annotate(relevance=_relevance(matches))


def _has_any(words: Iterable[int]) -> Q:
    return Q(pk__in=SearchPosting.objects.filter(word__in=words).values("entry"))


def _relevance(matches: list[WordMatches]) -> Subquery:
    forms = frozenset().union(*(word.forms for word in matches))
    near = frozenset().union(*(word.near for word in matches)) - forms
    weight = Case(
        When(word__in=forms, then=F("weight") * EXACT_FACTOR), default=F("weight"), output_field=IntegerField()
    )
    postings: QuerySet[SearchPosting] = SearchPosting.objects.filter(entry=OuterRef("pk"), word__in=forms | near)
    return Subquery(postings.order_by().values("entry").annotate(sum=Sum(weight)).values("sum"))


def _matches_in_index(sought: list[SoughtWord]) -> list[WordMatches]:
    if not sought:
        return []
    condition = Q()
    for word in sought:
        condition |= Q(stem=word.stem) | Q(stem__in={half for pair in word.splits() for half in pair})
        if word.may_be_part:
            condition |= Q(word__contains=word.part)
        if word.may_be_prefix:
            condition |= Q(word__startswith=word.word)
    candidates = list(SearchWord.objects.filter(condition).values_list("pk", "word", "stem"))
    candidates.sort(key=lambda row: len(row[1]))
    return [_matches_of(word, candidates) for word in sought]


def _matches_of(sought: SoughtWord, candidates: list[tuple[int, str, str]]) -> WordMatches:
    forms = frozenset(pk for pk, _, stem in candidates if stem == sought.stem)
    compounds = [pk for pk, word, _ in candidates if pk not in forms and sought.is_in(word)]
    by_stem: dict[str, set[int]] = {}
    for pk, _, stem in candidates:
        by_stem.setdefault(stem, set()).add(pk)
    pairs = [(head, tail) for head, tail in sought.splits() if head in by_stem and tail in by_stem]
    # Of several splits, that whose shorter half is longest is the most likely one.
    best = max(pairs, key=lambda pair: min(map(len, pair)), default=None)
    return WordMatches(
        forms=forms,
        compounds=frozenset(compounds[:MOST_WORDS]),
        halves=(frozenset(by_stem[best[0]]), frozenset(by_stem[best[1]])) if best else None,
    )
