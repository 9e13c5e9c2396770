"""Puts the entries of the index in order of how well they answer a question.

Like BM25: a rarer word counts more, and a word counts less the more often it is repeated. Everything is computed in
whole numbers, so that both databases give the same order.
"""

import math
from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ..models.search import SearchEntry, SearchPosting
from .indexing import TITLE_PLACES
from .matching import SAME, Matches
from .questions import ONE_PART, Question, Term, Way
from .weights import SCALE

SATURATION = 3 * SCALE  # the weight at which a word has given half of what it can
FULL = 1000  # what a term can give at most, before its rarity
MOST_COMMON = 4000  # postings of a question that are read; the most common words are left out first
MOST_LOOKED_AT = 800  # entries
MOST_EQUAL = 1200  # more of them, when they are worth as much as the last
MOST_COMPARED = 20_000  # of equals, the most of which some are chosen
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
    share: int = 100  # percent of what its words give; less for a page of a file
    # Where the places have been looked at: the terms that stand near each other, and how well each is matched.
    together: set[int] | None = None
    matched: list[int] | None = None  # percent


@dataclass
class Index:
    """What the index says of the words of a question."""

    question: Question
    matches: Matches
    rarities: list[int] = field(default_factory=list)  # of each term, in thousandths
    read: set[int] = field(default_factory=set)  # the words whose postings have been read
    # For the best entries, the words that stand there and their first places, as they are stored.
    places: dict[int, list[tuple[int, str]]] = field(default_factory=lambda: defaultdict(list))

    def words_of(self, term: Term) -> set[int]:
        return {pk for way in term.ways for word in way.words for pk in self.matches.found[word]}

    @property
    def words(self) -> set[int]:
        return {pk for found in self.matches.found.values() for pk in found}


def read_index(question: Question, matches: Matches) -> Index:
    """Tell how common the words of the question are."""
    index = Index(question, matches)
    index.rarities = [_rarity(index, term) for term in question.terms]
    return index


def _rarity(index: Index, term: Term) -> int:
    """How much a term tells: the fewer entries have it, the more.

    A word that stands nowhere tells more than the common words that mean about the same.
    """
    own, *others = (min(_number_with(index, word) for word in way.words) for way in term.ways if way.worth != ONE_PART)
    total_number = index.matches.entries_total
    if own:
        return _rarity_of(own, total_number)
    return (_rarity_of(0, total_number) + _rarity_of(max(others, default=0), total_number)) // 2


def _rarity_of(number: int, total: int) -> int:
    number = min(number, total)
    return max(1, round(1000 * math.log(1 + (total - number + 0.5) / (number + 0.5))))


def _number_with(index: Index, word: str) -> int:
    return sum(index.matches.counts.get(pk, 0) for pk, worth in index.matches.found[word].items() if worth >= SAME // 2)


def score_entries(index: Index) -> list[Scored]:
    """The entries that have most of the question. One query, two when very many have equally much."""
    index.read = _words_to_read(index)
    # All that is asked for stands in the index of the table, so the table itself is not read.
    rows = SearchPosting.objects.filter(word__in=index.read).order_by().values_list("word", "entry", "weight")
    weights = _weights_of_words(index, rows)
    by_term = [_values_of(term, weights) for term in index.question.terms]
    scores: dict[int, int] = defaultdict(int)
    for values, rarity in zip(by_term, index.rarities, strict=True):
        for entry, value in values.items():
            scores[entry] += value * rarity
    return [
        Scored(entry, [values.get(entry, 0) for values in by_term], scores[entry] // FULL) for entry in _best(scores)
    ]


def _best(scores: Mapping[int, int]) -> list[int]:
    """The entries with the highest scores. Which of equals are among them does not depend on when they were indexed."""
    if len(scores) <= MOST_LOOKED_AT:
        return list(scores)
    limit = sorted(scores.values(), reverse=True)[MOST_LOOKED_AT - 1]
    better = [entry for entry, score in scores.items() if score > limit]
    equal = [entry for entry, score in scores.items() if score == limit]
    left = MOST_LOOKED_AT - len(better)
    if len(equal) > left + MOST_EQUAL:
        entries = SearchEntry.objects.filter(pk__in=equal[:MOST_COMPARED]).order_by("lot", "pk")
        equal = list(entries.values_list("pk", flat=True)[:left])
    return better + equal


def total(values: Sequence[int], rarities: Sequence[int]) -> int:
    return sum(value * rarity for value, rarity in zip(values, rarities, strict=True)) // FULL


def _words_to_read(index: Index) -> set[int]:
    """The words whose postings are read: those of the rarest terms first, until they are too many."""
    terms = sorted(zip(index.rarities, index.question.terms, strict=True), key=lambda pair: -pair[0])
    read: set[int] = set()
    number = 0
    for _, term in terms:
        words = index.words_of(term) - read
        more = sum(index.matches.counts.get(pk, 0) for pk in words)
        if number and number + more > MOST_COMMON:
            continue
        read |= words
        number += more
    return read


def _weights_of_words(index: Index, rows: Iterable[tuple[int, int, int]]) -> dict[str, Weights]:
    """For each word of the question, its weight in each entry, by the rows: word of the index, entry, weight."""
    sought: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for word, found in index.matches.found.items():
        for pk, worth in found.items():
            sought[pk].append((word, worth))
    weights: dict[str, Weights] = {word: defaultdict(int) for word in index.matches.found}
    for pk, entry, weight in rows:
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


def read_places(index: Index, scored: Sequence[Scored]) -> None:
    """Read where all words of the question stand in these entries. One query.

    The words that are too common for their postings to be read count here: otherwise the best hits would seem to lack
    them.
    """
    entries = {one.entry: one for one in scored}
    rows = SearchPosting.objects.filter(entry__in=entries, word__in=index.words).order_by()
    found = list(rows.values_list("word", "entry", "weight", "places"))
    for word, entry, _, places in found:
        index.places[entry].append((word, places))
    weights = _weights_of_words(index, (row[:3] for row in found))
    for number, term in enumerate(index.question.terms):
        if index.words_of(term) <= index.read:
            continue
        for entry, value in _values_of(term, weights).items():
            one = entries[entry]
            one.values[number] = max(one.values[number], value * one.share // 100)
    for one in scored:
        one.score = total(one.values, index.rarities)


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
