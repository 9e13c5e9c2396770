"""Finds the word that was meant when somebody has made a typing error, among the words of the index.

A word that is Swedish is taken as it stands, also when no page has it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Q
from django.db.models.functions import Length

from ..models.search import SearchWord
from .compounds import is_swedish, is_swedish_without_dots, parts_of
from .forms import base
from .words import plain, stem

SHORTEST = 4  # of a word that is corrected, or that may be the beginning of another
SHORTEST_WITH_TWO = 7  # of a word in which two errors are forgiven
SHORTEST_PART = 5  # of a compound that is taken as it stands
SAME_END = 4  # letters that a word has in common with one that begins with another letter
MOST_BEGINNINGS = 50


@dataclass
class Meant:
    """What may have been meant by words that the index does not have."""

    beginnings: dict[str, list[tuple[int, str]]] = field(default_factory=dict)  # longer words, that it begins
    counts: dict[int, int] = field(default_factory=dict)  # in how many entries each of those stands
    corrections: dict[str, str] = field(default_factory=dict)


def meant_by(words: Iterable[str]) -> Meant:
    """What may have been meant by words that the index does not have. One query."""
    sought = [word for word in words if len(word) >= SHORTEST and word.isalpha()]
    meant = Meant()
    if not sought:
        return meant
    rows = list(_candidates(sought))
    candidates = {written for _, written, _ in rows}
    for word in sought:
        longer = sorted((written, pk, entries) for pk, written, entries in rows if written.startswith(word))
        if longer:
            meant.beginnings[word] = [(pk, written) for written, pk, _ in longer[:MOST_BEGINNINGS]]
            meant.counts |= {pk: entries for _, pk, entries in longer[:MOST_BEGINNINGS]}
        elif not _is_right(word) and (closest := _closest(word, candidates) or _closest_compound(word, candidates)):
            meant.corrections[word] = closest
    return meant


def _is_right(word: str) -> bool:
    if is_swedish(word) or is_swedish_without_dots(word):
        return True
    # Short words of the list make many a typing error look like a compound.
    parts = parts_of(word)
    return bool(parts) and all(len(part) >= SHORTEST_PART for part, _ in parts)


def _candidates(words: Sequence[str]) -> Iterable[tuple[int, str, int]]:
    """Words of the index that may be near: as long with the same first letter, with the same end; or longer."""
    condition = Q()
    for word in words:
        more = _forgiven(word)
        near = Q(letters__range=(len(word) - more, len(word) + more))
        condition |= near & Q(word__startswith=word[0])
        # The word itself, or the last part of it.
        condition |= Q(letters__lte=len(word) + more, word__endswith=word[-SAME_END:])
        condition |= Q(word__startswith=word)
    rows = SearchWord.objects.annotate(letters=Length("word")).filter(condition)
    return rows.order_by("word").values_list("pk", "word", "entries")


def _forgiven(word: str) -> int:
    return 2 if len(word) >= SHORTEST_WITH_TWO else 1


def _closest(word: str, candidates: Iterable[str]) -> str:
    """The candidate with the fewest errors between it and the word, or "" if all have too many."""
    most = _forgiven(word)
    best: tuple[int, bool, bool, str] | None = None
    for candidate in candidates:
        number = _errors(word, candidate, most)
        if number <= most:
            rank = (number, candidate[0] != word[0], not is_swedish(candidate), candidate)
            best = min(best or rank, rank)
    return best[-1] if best else ""


def _errors(word: str, candidate: str, most: int) -> int:
    """The errors between the words, or between what they have without their endings: *vacinationer*, *vaccination*."""
    number = errors_between(plain(word), plain(candidate), most)
    for reduced in (stem, base):
        one, other = plain(reduced(word)), plain(reduced(candidate))
        if len(one) >= SHORTEST_WITH_TWO:
            number = min(number, errors_between(one, other, most))
    return number


def are_near(one: str, other: str) -> bool:
    """Whether one word may be the other with a typing error, when both are without dots and rings."""
    if len(one) < SHORTEST or (one[0] != other[0] and one[-SAME_END:] != other[-SAME_END:]):
        return False
    most = _forgiven(one)
    # The end may not be typed yet.
    return min(errors_between(one, other, most), errors_between(one, other[: len(one)], most)) <= most


def _closest_compound(word: str, candidates: Iterable[str]) -> str:
    """A compound of a Swedish word and one of the candidates that is near the word, or "" if there is none."""
    for place in range(SHORTEST, len(word) - SHORTEST + 1):
        head, tail = word[:place], word[place:]
        if is_swedish(head) or is_swedish(head.removesuffix("s")):
            closest = _closest(tail, candidates)
            if closest and parts_of(head + closest):
                return head + closest
    return ""


def errors_between(one: str, other: str, most: int) -> int:
    """How many letters are wrong, missing, too many or have changed places; `most + 1` if they are more than that."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        before, former, row = row, before, [i]
        for j, its in enumerate(other, start=1):
            least = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != its))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == its:
                least = min(least, former[j - 2] + 1)
            row.append(least)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)
