"""Finds what answers a query: pages and views that may be shown, in order."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from wagtail.query import PageQuerySet

from ..models.search import SearchEntry
from .matching import BEGINNING, Matches, matches_of
from .questions import ONE_PART, Question, Term, question_of
from .ranking import FULL, MOST_ORDERED, Index, Scored, add_places, read_index, read_places, score_entries, total
from .spelling import meant_by
from .synonyms import replacements_for, synonym_rows
from .words import WORD, normal, sought_words, words_of

MOST_HITS = 300
OF_A_FILE = 80  # percent: what a page of a file is worth beside the page that has it
# From which percent of what the question's words could give a hit answers, by their number: the longer a question, the
# more of it a page that answers says in other words. The last holds for all that are longer.
ANSWERS = (50, 83, 78, 54, 44)
LIES_NEAR = 14  # percent from which a hit is shown as the closest
CUT = 30  # percent of what the best hit covers: hits below are left out
MOST_WEAK = 10
ENOUGH = FULL * 2 // 9  # of what a word can give: a single mention in a text is enough to say that it stands there
BESIDE_COVER = 50  # the less, the more it counts how much of the question stands together


@dataclass(frozen=True)
class Found:
    """A page or view that was found, and where on it."""

    page: int | None
    path: str
    entry: int  # whose text shows the words
    document: int | None
    number: int  # of the page in the file
    score: int
    cover: int  # percent of the question's words, by rarity, that stand there
    title: str
    label: str  # what kind of page it is
    meta: str  # who made it, and when


@dataclass
class Result:
    """What was found, in order."""

    question: Question
    index: Index | None = None  # what the index says of its words
    found: list[Found] = field(default_factory=list)
    are_weak: bool = False  # none answers the question
    corrected: str = ""  # the query that was searched for instead


@dataclass(frozen=True)
class _Entry:
    pk: int
    page: int | None
    path: str
    document: int | None
    number: int
    title: str
    label: str
    meta: str
    lot: int

    @property
    def place(self) -> tuple[str, str, int, int]:
        """Its place among entries that answer as well."""
        return (self.title, self.path, self.number, self.lot)


def search(query: str, pages: PageQuerySet, *, with_views: bool = True, is_unfinished: bool = False) -> Result:
    """Search the pages, and the views beside them. At most nine queries, whatever the query and the index.

    Any string is a valid query: there are no operators, and a string without words finds nothing. With
    `is_unfinished` the last word may be the beginning of a longer one.
    """
    words = sought_words(query)
    synonyms = synonym_rows() if words else []
    result = Result(question_of(query, words, replacements_for(words, synonyms)))
    if result.question.terms:
        matches = _look_up(result, synonyms, is_unfinished)
        result.index = read_index(result.question, matches)
        shown = _find(result, result.index, pages, with_views)
        if not all(_stands_in(term, result.index, shown) for term in result.question.terms if term.was_corrected):
            result.corrected = ""  # What only a page that is not public has is told to nobody.
    return result


def _look_up(result: Result, synonyms: Sequence[tuple[str, str, bool]], is_unfinished: bool) -> Matches:
    """The words of the index that the question matches. What the index does not have is completed or corrected."""
    matches = matches_of(result.question.words)
    missing = [term.word for term in result.question.terms if not _is_known(term, matches)]
    if is_unfinished:
        missing = [result.question.terms[-1].word]
    meant = meant_by(missing)
    for word, longer in meant.beginnings.items():
        for pk, written in longer:
            matches.add(word, pk, written, BEGINNING)
            matches.counts[pk] = meant.counts[pk]
    if meant.corrections and not is_unfinished:
        _correct(result, meant.corrections, synonyms)
        matches.add_all(matches_of([word for word in result.question.words if word not in matches.found]))
    for term in result.question.terms:
        if not matches.found[term.word]:
            term.allow_one_part()
    return matches


def _is_known(term: Term, matches: Matches) -> bool:
    return any(all(matches.found[word] for word in way.words) for way in term.ways)


def _correct(result: Result, corrections: Mapping[str, str], synonyms: Sequence[tuple[str, str, bool]]) -> None:
    """Ask for the words that were meant instead."""
    words = [corrections.get(term.word, term.word) for term in result.question.terms]
    result.corrected = " ".join(
        corrections.get(normal(word), word)
        for word in WORD.findall(unicodedata.normalize("NFC", result.question.query))
    )
    result.question = question_of(result.question.query, words, replacements_for(words, synonyms))
    for term in result.question.terms:
        term.was_corrected = term.word in corrections.values()


def _stands_in(term: Term, index: Index, entries: Iterable[int]) -> bool:
    """Whether any of the entries has the term, and not only one of its parts."""
    ways = [[index.matches.found[word].keys() for word in way.words] for way in term.ways if way.worth != ONE_PART]
    there = [{pk for pk, _ in index.places[entry]} for entry in entries]
    return any(all(words & found for words in way) for way in ways for found in there)


def _find(result: Result, index: Index, pages: PageQuerySet, with_views: bool) -> Iterable[int]:
    """Fill the result; returns the entries that may be shown to anybody."""
    scored = {one.entry: one for one in score_entries(index)}
    entries = _entries(scored, pages, with_views)
    own = {entry.page: scored[pk] for pk, entry in entries.items() if entry.page and not entry.document}
    for pk, entry in entries.items():
        if entry.document:
            _add_own(scored[pk], own.get(entry.page or 0), index)
    # In one order on both databases, and sorting keeps it among equals.
    first = sorted(entries.values(), key=lambda one: -scored[one.pk].score)[:MOST_ORDERED]
    best_scored = [scored[one.pk] for one in first]
    read_places(index, best_scored)
    add_places(index, best_scored, {one.pk: len(words_of(one.title)) for one in first if not one.document})
    best = _best_of_each(entries, scored, index)
    _keep(result, best, entries)
    return entries


def _entries(scored: dict[int, Scored], pages: PageQuerySet, with_views: bool) -> dict[int, _Entry]:
    rows = SearchEntry.objects.filter(pk__in=scored).on_display(pages)
    if not with_views:
        rows = rows.filter(path="")
    names = ("pk", "page", "path", "document", "number", "title", "label", "meta", "lot")
    found = sorted((_Entry(*row) for row in rows.order_by("pk").values_list(*names)), key=lambda entry: entry.place)
    return {entry.pk: entry for entry in found}


def _add_own(one: Scored, own: Scored | None, index: Index) -> None:
    """Let a page of a file have what its page on the web gives, where that is more."""
    one.share = OF_A_FILE
    values = [value * OF_A_FILE // 100 for value in one.values]
    if own is not None:
        values = [max(pair) for pair in zip(values, own.values, strict=True)]
    one.values = values
    one.score = total(values, index.rarities)


def _best_of_each(entries: dict[int, _Entry], scored: dict[int, Scored], index: Index) -> list[Found]:
    """The best entry of each page, in order."""
    best: dict[object, Found] = {}
    for pk, entry in entries.items():
        one = scored[pk]
        cover = _cover(one, index)
        key = entry.page or entry.path
        found = Found(
            page=entry.page,
            path=entry.path,
            entry=pk,
            document=entry.document,
            number=entry.number,
            score=one.score * (BESIDE_COVER + cover) // 100,
            cover=cover,
            title=entry.title,
            label=entry.label,
            meta=entry.meta,
        )
        former = best.get(key)
        # The page itself rather than one of its files, when both answer as well.
        if former is None or (found.score, found.document is None) > (former.score, former.document is None):
            best[key] = found
    # Sorting keeps the order of the entries among equals.
    return sorted(best.values(), key=lambda one: (-one.score, one.title, one.path, one.number))


def _cover(one: Scored, index: Index) -> int:
    """How much of the question stands there together, in percent, by how rare its words are and how well matched."""
    told, lacks_number = 0, False
    terms = zip(index.question.terms, one.values, index.rarities, strict=True)
    for number, (term, value, rarity) in enumerate(terms):
        if one.together is None or number in one.together:
            told += rarity * min(100, value * 100 // ENOUGH, one.matched[number] if one.matched else 100)
        elif term.word.isdigit():
            lacks_number = True
    told //= sum(index.rarities)
    # A page with another year, paragraph or sum is about something else.
    return told // 2 if lacks_number else told


def _keep(result: Result, best: Sequence[Found], entries: dict[int, _Entry]) -> None:
    near = [one for one in best if one.cover >= LIES_NEAR]
    if not near:
        return
    limit = ANSWERS[min(len(result.question.terms), len(ANSWERS)) - 1]
    result.are_weak = max(one.cover for one in near[:5]) < limit
    least = max(one.cover for one in near) * CUT // 100
    result.found = [one for one in near if one.cover >= least][: MOST_WEAK if result.are_weak else MOST_HITS]
