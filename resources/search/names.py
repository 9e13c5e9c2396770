"""Finds rows by their titles or names as forgivingly as the public search finds pages.

For the lists and choosers of the admin, which show drafts too, so the public index cannot answer them. The names of a
few thousand rows are compared one by one: that is quicker than an index to keep.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from .compounds import parts_of
from .forms import base, root
from .spelling import are_near
from .words import MAX_QUERY_LENGTH, MAX_QUERY_WORDS, STOP_WORDS, WORD, normal, plain

# How well a query is matched that stands there as it is: as the name, its beginning, or inside, as in an address.
WHOLE, BEGINS, CONTAINED = 102, 101, 90
# How well a word is matched; 0 is not at all.
SAME, BEGINNING, FORM, PART, NEAR = 100, 80, 70, 40, 20
ALIKE = 2  # first letters that the forms of a word have in common
SHORTEST_PART = 3

Row = tuple[Any, ...]  # the key, and the texts


def keys_by_name(query: str, rows: Iterable[Row]) -> list[Any]:
    """The keys of the rows that match every word of the query, the best first; typing errors when none does."""
    query = query[:MAX_QUERY_LENGTH]
    sought = WORD.findall(normal(query))[:MAX_QUERY_WORDS]
    telling = [word for word in sought if word not in STOP_WORDS] or sought
    if not telling:
        return []
    kept = [(row[0], _words(" ".join(filter(None, map(_text, row[1:]))))) for row in rows]
    whole = plain(normal(query)).strip()
    found = [(_worth(telling, whole, name), key) for key, name in kept]
    if not any(worth for worth, _ in found):
        found = [(_worth(telling, whole, name, with_errors=True), key) for key, name in kept]
    # Python's sorting keeps the order of the rows that match as well.
    return [key for worth, key in sorted(found, key=lambda pair: -pair[0]) if worth]


def _text(value: object) -> str:
    return "" if value is None else str(value)


@lru_cache(maxsize=20_000)
def _words(text: str) -> tuple[str, tuple[str, ...]]:
    """A text without dots and rings, and its words as they are written."""
    small = normal(text)
    return plain(small), tuple(dict.fromkeys(WORD.findall(small)))


def _worth(sought: Sequence[str], whole: str, name: tuple[str, tuple[str, ...]], *, with_errors: bool = False) -> int:
    """The worth of the word that is matched worst; 0 when one is not matched."""
    text, words = name
    if whole in text:
        return WHOLE if text == whole else BEGINS if text.startswith(whole) else CONTAINED
    return min(max((_match(one, word, with_errors) for word in words), default=0) for one in sought)


def _match(sought: str, word: str, with_errors: bool) -> int:
    typed, written = plain(sought), plain(word)
    if written == typed:
        return SAME
    if written.startswith(typed):
        return BEGINNING
    # What begins otherwise is not looked into: names are many.
    if written[:ALIKE] == typed[:ALIKE] and _keys(sought) & _keys(word):
        return FORM
    if len(typed) >= SHORTEST_PART and typed[:SHORTEST_PART] in written[1:] and _keys(sought) & _part_keys(word):
        return PART
    return NEAR if with_errors and are_near(typed, written) else 0


@lru_cache(maxsize=50_000)
def _keys(word: str) -> frozenset[str]:
    return frozenset((plain(root(word)), plain(base(word))))


@lru_cache(maxsize=20_000)
def _part_keys(word: str) -> frozenset[str]:
    return frozenset(key for part, _ in parts_of(word) for key in _keys(part))
