"""Finds the words of the index that a sought word matches, and how well."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q, QuerySet, Value

from ..models.search import SearchEntry, SearchPart, SearchWord
from .compounds import is_swedish
from .forms import are_related, base, is_same_word, root
from .words import plain

FORM, TOTAL = 0, -1  # a row of a word itself, whose worth depends on dots and rings; and of the number of entries
# How much a match is worth, in percent.
SAME, WITHOUT_DOTS, RELATED, OTHER_DOTS, LAST_PART, FIRST_PART, BEGINNING = 100, 95, 75, 50, 65, 45, 60


@dataclass
class Matches:
    """The words of the index, by id, that each sought word matches, with the worth of the match."""

    found: dict[str, dict[int, int]]
    written: dict[int, str] = field(default_factory=dict)  # the words of the index as they are written
    counts: dict[int, int] = field(default_factory=dict)  # in how many entries each of them stands
    entries_total: int = 0

    def add(self, word: str, pk: int, written: str, worth: int) -> None:
        self.written[pk] = written
        self.found[word][pk] = max(self.found[word].get(pk, 0), worth)

    def add_all(self, other: "Matches") -> None:
        self.found |= other.found
        self.written |= other.written
        self.counts |= other.counts
        self.entries_total = max(self.entries_total, other.entries_total)


def matches_of(words: Sequence[str]) -> Matches:
    """The words of the index that match each of the words. One query."""
    matches = Matches({word: {} for word in words})
    stems, lemmas = _keys(words)
    parts: dict[str, set[str]] = defaultdict(set)
    for key, some in (*stems.items(), *lemmas.items()):
        if not key.isdigit():
            parts[key].update(some)
    forms = SearchWord.objects.filter(Q(stem__in=stems) | Q(lemma__in=lemmas))
    compounds = SearchPart.objects.filter(part__in=parts)
    of_part = ("word", "word__word", "part", "part", "word__entries")
    rows = forms.values_list("pk", "word", "stem", "lemma", "entries", Value(FORM)).union(
        compounds.filter(is_last=True).values_list(*of_part, Value(LAST_PART)),
        compounds.filter(is_last=False).values_list(*of_part, Value(FIRST_PART)),
        _total_of_entries(),
        all=True,
    )
    for pk, written, one, other, number, worth in rows:
        if worth == TOTAL:
            matches.entries_total = number
            continue
        matches.counts[pk] = number
        if worth == FORM:
            for word in {*stems.get(one, ()), *lemmas.get(other, ())}:
                if exact := _worth(word, written):
                    matches.add(word, pk, written, exact)
        else:
            for word in parts[one]:
                matches.add(word, pk, written, worth)
    return matches


def _total_of_entries() -> QuerySet[SearchEntry, tuple[Any, ...]]:
    """How many entries the index has, as a row beside those of the words."""
    none, all_of_them = Value(0), SearchEntry.objects.order_by().values(all=Value(1))
    return all_of_them.annotate(number=Count("pk")).values_list(none, *[Value("")] * 3, "number", Value(TOTAL))


def _keys(words: Iterable[str]) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    stems: dict[str, list[str]] = defaultdict(list)
    lemmas: dict[str, list[str]] = defaultdict(list)
    for word in words:
        stems[plain(root(word))].append(word)
        lemmas[plain(base(word))].append(word)
    return stems, lemmas


def _worth(sought: str, written: str) -> int:
    """How well a sought word matches one with the same letters but for endings, dots and rings."""
    if is_same_word(sought, written):
        return SAME
    if are_related(sought, written):
        return RELATED
    if plain(sought) == sought:  # typed without dots, or a word that has none
        return OTHER_DOTS if is_swedish(sought) else WITHOUT_DOTS
    return WITHOUT_DOTS if plain(written) == written else 0
