"""Finds the synonyms of what somebody has typed."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from ..models.synonyms import Synonym
from .forms import base, root
from .questions import Replacement
from .words import plain, sought_words

Key = frozenset[str]


def synonym_rows() -> list[tuple[str, str, bool]]:
    """What the editors have written, read once in a search. One query."""
    return list(Synonym.objects.order_by("phrase").values_list("phrase", "means", "both_ways"))


def replacements_for(words: Sequence[str], rows: Iterable[tuple[str, str, bool]]) -> list[Replacement]:
    """The other ways to say the words of a query, or phrases of them."""
    keys = [_keys(word) for word in words]
    any_key = frozenset().union(*keys)
    return [
        found for phrase, means, both_ways in rows for found in _of_row(keys, any_key, phrase, _split(means), both_ways)
    ]


@lru_cache(maxsize=2_000)
def _split(means: str) -> tuple[str, ...]:
    return tuple(text for part in means.split(";") if (text := part.strip()))


def _of_row(
    keys: Sequence[Key], any_key: Key, phrase: str, others: Sequence[str], both_ways: bool
) -> Iterator[Replacement]:
    said = [phrase, *others] if both_ways else [phrase]
    for text in said:
        if not any(word & any_key for word in _phrase(text)[:1]):
            continue  # Most rows are about something else.
        for start, end in _places(keys, text):
            for other in (phrase, *others):
                words = tuple(_telling_words(other))
                if other != text and words:
                    yield Replacement(start, end, words, f"”{text}” söks också som ”{other}”")


def _places(keys: Sequence[Key], text: str) -> Iterator[tuple[int, int]]:
    """Where a phrase stands in the query, in whatever forms of its words."""
    sought = _phrase(text)
    if not sought:
        return
    for start in range(len(keys) - len(sought) + 1):
        if all(one & other for one, other in zip(sought, keys[start:], strict=False)):
            yield start, start + len(sought)


@lru_cache(maxsize=5_000)
def _phrase(text: str) -> tuple[Key, ...]:
    return tuple(map(_keys, _telling_words(text)))


def _telling_words(text: str) -> list[str]:
    """The words of a phrase; none when but one of several says something, as in *säga upp avtal*."""
    words = sought_words(text)
    return [] if len(words) == 1 and len(text.split()) > 1 else words


def _keys(word: str) -> Key:
    return frozenset(_both(word))


def _both(word: str) -> Iterable[str]:
    return (plain(root(word)), plain(base(word)))
