"""A query as terms: each word that was sought, with the other ways to say the same."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from .compounds import is_swedish, parts_of
from .forms import base
from .words import WORD, normal

# How much of the word's own worth another way to say it has, in percent.
OWN, AS_SYNONYM, AS_PARTS, JOINED, ONE_PART = 100, 65, 60, 90, 35

# Small words that stand after a verb and before its noun: *följa upp*, *uppföljning*.
_PARTICLES = {
    **{word: word for word in ("av", "bort", "fram", "in", "ned", "om", "på", "till", "upp", "ut", "över")},
    "ner": "ned",
    "tillbaka": "åter",
    "igenom": "genom",
    "emot": "mot",
}
_FARTHEST = 3  # words from the verb to its particle


@dataclass(frozen=True)
class Way:
    """One way to find a term: all of these words on a page, near or far."""

    words: tuple[str, ...]
    worth: int = OWN  # percent
    synonym: str = ""  # as the editors wrote it, when it is one


@dataclass
class Term:
    """A word of the query, and the ways to find it."""

    word: str
    ways: list[Way] = field(default_factory=list)
    was_corrected: bool = False  # something else was typed

    def allow_one_part(self) -> None:
        """Let a compound that stands nowhere be found by one of its parts: the hits are at least near."""
        self.ways += [Way((part,), ONE_PART) for part in _head_and_tail(self.word)]


@dataclass
class Question:
    """What was asked for."""

    query: str
    terms: list[Term]

    @property
    def words(self) -> list[str]:
        """Every word to look for in the index, each once."""
        return list(dict.fromkeys(word for term in self.terms for way in term.ways for word in way.words))


@dataclass(frozen=True)
class Replacement:
    """A phrase of a query that may also be said in another way."""

    start: int  # the first of its words
    end: int  # after the last
    words: tuple[str, ...]
    text: str


def question_of(query: str, words: Sequence[str], replacements: Sequence[Replacement]) -> Question:
    """The terms of a query with these words. `replacements` are its synonyms, by the places of the words."""
    terms = [Term(word, [Way((word,))]) for word in words]
    for term in terms:
        # *avtalsuppföljningsplan* as *avtalsuppföljning* and *plan*, and as its three words
        for parts in dict.fromkeys((_head_and_tail(term.word), _simple_parts(term.word))):
            if parts:
                term.ways.append(Way(parts, AS_PARTS))
    for one, other in zip(terms, terms[1:], strict=False):
        # *avtals uppföljning*, as phones like to write it
        for joined in (one.word + other.word, f"{one.word}s{other.word}"):
            if parts_of(joined):
                one.ways.append(Way((joined,), JOINED))
                other.ways.append(Way((joined,), JOINED))
    for term_words, joined in _verbs_with_particles(query):
        for term in terms:
            if term.word in term_words:
                term.ways.append(Way((joined,), JOINED))
    for found in replacements:
        for term in terms[found.start : found.end]:
            term.ways.append(Way(found.words, AS_SYNONYM, found.text))
    return Question(query, terms)


def _verbs_with_particles(query: str) -> Iterator[tuple[tuple[str, str], str]]:
    """Each word and small word after it that make a verb, with that verb: *följer … upp* is *uppfölja*."""
    words = WORD.findall(normal(query))
    for place, word in enumerate(words):
        for particle in words[place + 1 : place + 1 + _FARTHEST]:
            joined = f"{_PARTICLES.get(particle, '')}{base(word)}"
            if particle in _PARTICLES and word not in _PARTICLES and joined.endswith("a") and is_swedish(joined):
                yield (word, particle), joined


def _simple_parts(word: str) -> tuple[str, ...]:
    """The words of a compound that are no compounds themselves."""
    return tuple(part for part, _ in parts_of(word) if not parts_of(part))


def _head_and_tail(word: str) -> tuple[str, ...]:
    """The head and tail of a compound, or nothing."""
    parts = parts_of(word)
    return (parts[1][0], parts[0][0]) if parts else ()
