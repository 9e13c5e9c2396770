"""Puts the entries of the index in order of how well they answer a question.

Like BM25: a rarer word counts more, and a word counts less the more often it is repeated. Everything is computed in
whole numbers, so that both databases give the same order.
"""

import math
from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import nsmallest

from django.db.models import Count, Subquery, Value

from ..models.search import SearchEntry, SearchPosting
from .indexing import TITLE_PLACES
from .matching import SAME, Matches
from .questions import ONE_PART, Question, Term, Way
from .weights import SCALE

SATURATION = 6 * SCALE  # the weight at which a word has given half of what it can
FULL = 1000  # what a term can give at most, before its rarity
MOST_COMMON = 4000  # postings of a question that are read; the most common words are left out first
MOST_LOOKED_AT = 1500  # entries
MOST_ORDERED = 60  # entries whose words are looked at place by place
PASSAGE = 10  # words of a text that are about one thing, for each sought word
LONGEST_PASSAGE = 40
NEAR = 8  # words between two sought ones
NEARNESS_SHARE = 35  # percent of the rarer of two words' rarity that their nearness may add
BY_SYNONYM = 70  # percent: how well a word is matched by another that means about the same
TITLE_SHARE = 60  # percent of the sought words' rarity that a title of nothing else adds

Weights = dict[int, int]  # by entry


@dataclass
class Scored:
    """An entry with its score: `values` are what each term of the question gave, in the question's order."""

    entry: int
    values: list[int]
    score: int = 0
    # Where the places have been looked at: the terms that stand near each other, and how well each is matched.
    together: set[int] | None = None
    matched: list[int] | None = None  # percent


@dataclass
class Index:
    """What the index says of the words of a question."""

    question: Question
    matches: Matches
    entries_total: int
    counts: dict[int, int]  # how many entries have a word of the index
    rarities: list[int] = field(default_factory=list)  # of each term, in thousandths
    # For each entry, the words that stand there and their first places, as they are stored.
    places: dict[int, list[tuple[int, str]]] = field(default_factory=lambda: defaultdict(list))

    def words_of(self, term: Term) -> set[int]:
        return {pk for way in term.ways for word in way.words for pk in self.matches.found[word]}


def read_index(question: Question, matches: Matches) -> Index:
    """Look up how common the words of the question are. One query."""
    ids = {pk for found in matches.found.values() for pk in found}
    every_entry = SearchEntry.objects.order_by().values(all=Value(1)).annotate(number=Count("pk")).values("number")
    rows = SearchPosting.objects.filter(word__in=ids).order_by().values("word").annotate(number=Count("*"))
    found = list(rows.values_list("word", "number", Subquery(every_entry)))
    counts = {word: number for word, number, _ in found}
    index = Index(question, matches, found[0][2] if found else 0, counts)
    index.rarities = [_rarity(index, term) for term in question.terms]
    return index


def _rarity(index: Index, term: Term) -> int:
    """How much a term tells: the fewer entries have it, the more.

    A word that stands nowhere tells more than the common words that mean about the same.
    """
    own, *others = (min(_number_with(index, word) for word in way.words) for way in term.ways if way.worth != ONE_PART)
    if own:
        return _rarity_of(own, index.entries_total)
    return (_rarity_of(0, index.entries_total) + _rarity_of(max(others, default=0), index.entries_total)) // 2


def _rarity_of(number: int, total: int) -> int:
    number = min(number, total)
    return max(1, round(1000 * math.log(1 + (total - number + 0.5) / (number + 0.5))))


def _number_with(index: Index, word: str) -> int:
    return sum(index.counts.get(pk, 0) for pk, worth in index.matches.found[word].items() if worth >= SAME // 2)


def score_entries(index: Index) -> list[Scored]:
    """Every entry that has something of the question, the best first."""
    read = _words_to_read(index)
    weights = _weights_of_words(index, read)
    by_entry: dict[int, list[int]] = {}
    empty = [0] * len(index.question.terms)
    for place, term in enumerate(index.question.terms):
        for entry, value in _values_of(term, weights).items():
            by_entry.setdefault(entry, empty.copy())[place] = value
    scored = [Scored(entry, values, total(values, index.rarities)) for entry, values in by_entry.items()]
    return nsmallest(MOST_LOOKED_AT, scored, key=lambda one: (-one.score, one.entry))


def total(values: Sequence[int], rarities: Sequence[int]) -> int:
    return sum(value * rarity for value, rarity in zip(values, rarities, strict=True)) // FULL


def _words_to_read(index: Index) -> set[int]:
    """The words whose postings are read: those of the rarest terms first, until they are too many."""
    terms = sorted(zip(index.rarities, index.question.terms, strict=True), key=lambda pair: -pair[0])
    read: set[int] = set()
    number = 0
    for _, term in terms:
        words = index.words_of(term) - read
        more = sum(index.counts.get(pk, 0) for pk in words)
        if number and number + more > MOST_COMMON:
            continue
        read |= words
        number += more
    return read


def _weights_of_words(index: Index, read: set[int]) -> dict[str, Weights]:
    """For each word of the question, its weight in each entry."""
    sought: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for word, found in index.matches.found.items():
        for pk, worth in found.items():
            sought[pk].append((word, worth))
    weights: dict[str, Weights] = {word: defaultdict(int) for word in index.matches.found}
    rows = SearchPosting.objects.filter(word__in=read).order_by().values_list("word", "entry", "weight", "places")
    for pk, entry, weight, places in rows:
        index.places[entry].append((pk, places))
        for word, worth in sought[pk]:
            weights[word][entry] += weight * worth // SAME
    return weights


def _values_of(term: Term, weights: Mapping[str, Weights]) -> Weights:
    """What a term gives each entry, at most FULL: by the best of the ways to find it."""
    values: Weights = {}
    for way in term.ways:
        for entry, value in _values_of_way(way, weights).items():
            if value > values.get(entry, 0):
                values[entry] = value
    return values


def _values_of_way(way: Way, weights: Mapping[str, Weights]) -> Weights:
    first, *others = (weights[word] for word in way.words)
    values: Weights = {}
    for entry, weight in first.items():
        least = min([weight, *(other.get(entry, 0) for other in others)])
        if least:
            values[entry] = FULL * least * way.worth // ((least + SATURATION) * 100)
    return values


def add_places(index: Index, scored: Iterable[Scored], title_lengths: Mapping[int, int]) -> None:
    """Raise the score of entries in which the sought words stand near each other or make up the title."""
    terms: dict[int, list[int]] = defaultdict(list)
    for number, term in enumerate(index.question.terms):
        for pk in index.words_of(term):
            terms[pk].append(number)
    for one in scored:
        where: dict[int, list[int]] = defaultdict(list)
        for pk, places in index.places[one.entry]:
            found = [int(place) for place in places.split(",") if place]
            for number in terms[pk]:
                where[number] += found
        one.score += _nearness(index, where) + _title(index, where, title_lengths.get(one.entry, 0))
        one.together = _together(index, where)
        one.matched = _matched(index, {pk for pk, _ in index.places[one.entry]})


def _matched(index: Index, there: Container[int]) -> list[int]:
    """How well each term is matched by the words that stand there: as well as the best of its ways."""
    found = {
        word: max((worth for pk, worth in pks.items() if pk in there), default=0)
        for word, pks in index.matches.found.items()
    }
    return [max(_matched_by(way, found) for way in term.ways) for term in index.question.terms]


def _matched_by(way: Way, found: Mapping[str, int]) -> int:
    least = min(found[word] for word in way.words)
    if way.worth == ONE_PART:
        return min(least, ONE_PART)
    return min(least, BY_SYNONYM) if way.synonym else least


def _nearness(index: Index, where: Mapping[int, Sequence[int]]) -> int:
    found = sorted(where)
    more = 0
    for one, other in zip(found, found[1:], strict=False):
        gap = min(abs(a - b) for a in where[one] for b in where[other])
        if gap <= NEAR:
            rarity = min(index.rarities[one], index.rarities[other])
            more += rarity * NEARNESS_SHARE * (NEAR + 1 - max(gap, 1)) // (100 * NEAR)
    return more


def _title(index: Index, where: Mapping[int, Sequence[int]], length: int) -> int:
    """More for a title that has the sought words, the fewer others it has."""
    inside = [number for number, places in where.items() if any(place < TITLE_PLACES for place in places)]
    if not inside or not length:
        return 0
    share = min(len(inside), length) * 100 // length
    told = sum(index.rarities[number] for number in inside)
    return told * TITLE_SHARE * share // 10_000 * told // sum(index.rarities)


def _together(index: Index, where: Mapping[int, Sequence[int]]) -> set[int]:
    """The terms that stand in one part of the text, or in its title: the part in which they tell most."""
    in_title = {number for number, places in where.items() if any(place < TITLE_PLACES for place in places)}
    placed = sorted((place, number) for number, places in where.items() for place in places)
    best, most = in_title, 0
    length = min(LONGEST_PASSAGE, PASSAGE * len(index.rarities))
    for start, (first, _) in enumerate(placed):
        inside = in_title | {number for place, number in placed[start:] if place <= first + length}
        if (told := sum(index.rarities[number] for number in inside)) > most:
            best, most = inside, told
    return best
