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
class Meaning:
    """The words of the index that match a sought word, as ids."""

    forms: frozenset[int]
    compounds: frozenset[int]
    # The two halves, when the sought word is a compound of words that pages use separately.
    halves: tuple[frozenset[int], frozenset[int]] | None

    def condition(self) -> Q:
        """The condition that a page has the word, a compound of it, or both its halves."""
        condition = _stands(self.forms | self.compounds)
        if self.halves:
            condition |= _stands(self.halves[0]) & _stands(self.halves[1])
        return condition

    @property
    def near(self) -> frozenset[int]:
        """The compounds and the halves: all matches but the forms of the word itself."""
        return self.compounds.union(*(self.halves or ()))


def find(pages: PageQuerySet, query: str) -> PageQuerySet:
    """Filters the pages on every word of the query, and annotates them with `relevance` (higher is better).

    Any string is a valid query: there are no operators, and a string without words finds nothing.
    """
    meanings = _meanings(sought_words(query))
    if not meanings:
        return pages.none().annotate(relevance=Value(0))
    for meaning in meanings:
        pages = pages.filter(meaning.condition())
    return pages.annotate(relevance=_relevance(meanings))


def _stands(words: Iterable[int]) -> Q:
    return Q(pk__in=SearchPosting.objects.filter(word__in=words).values("entry"))


def _relevance(meanings: list[Meaning]) -> Subquery:
    forms = frozenset().union(*(meaning.forms for meaning in meanings))
    near = frozenset().union(*(meaning.near for meaning in meanings)) - forms
    weight = Case(
        When(word__in=forms, then=F("weight") * EXACT_FACTOR), default=F("weight"), output_field=IntegerField()
    )
    postings: QuerySet[SearchPosting] = SearchPosting.objects.filter(entry=OuterRef("pk"), word__in=forms | near)
    return Subquery(postings.order_by().values("entry").annotate(sum=Sum(weight)).values("sum"))


def _meanings(sought: list[SoughtWord]) -> list[Meaning]:
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
    return [_meaning(word, candidates) for word in sought]


def _meaning(sought: SoughtWord, candidates: list[tuple[int, str, str]]) -> Meaning:
    forms = frozenset(pk for pk, _, stem in candidates if stem == sought.stem)
    compounds = [pk for pk, word, _ in candidates if pk not in forms and sought.is_in(word)]
    by_stem: dict[str, set[int]] = {}
    for pk, _, stem in candidates:
        by_stem.setdefault(stem, set()).add(pk)
    pairs = [(head, tail) for head, tail in sought.splits() if head in by_stem and tail in by_stem]
    # Of several splits, that whose shorter half is longest is the most likely one.
    best = max(pairs, key=lambda pair: min(map(len, pair)), default=None)
    return Meaning(
        forms=forms,
        compounds=frozenset(compounds[:MOST_WORDS]),
        halves=(frozenset(by_stem[best[0]]), frozenset(by_stem[best[1]])) if best else None,
    )
