"""Tells which words are forms of one word (*jourhemmen*, *jourhem*), or made from it (*granskning* from *granska*).

`base` and `root` are the two keys under which a word is stored and looked up.
"""

import re
from functools import lru_cache

from .compounds import split, swedish_words
from .words import is_known, lemma, stem

SHORTEST_ROOT = 4  # letters that a verb and a noun made from it must have in common
SHORTEST_NOUN = 5  # letters of a noun that a verb is made from: *parkera* has nothing to do with *park*
_ACTION = re.compile(r"(.+?)(ation|ning|ing|ion)(?:s|en|ens|ar|ars|arna|arnas|er|ers|erna|ernas)?")
# The verb's ending instead of the noun's: granskning – granska, dokumentation – dokumentera, inspektion – inspektera.
_VERBS = {"ning": "a", "ing": "a", "ation": "era", "ion": "era"}


@lru_cache(maxsize=50_000)
def base(word: str) -> str:
    """The form of a word that stands in a dictionary; of a compound that no dictionary has, by its last part."""
    known = lemma(word)
    if known != word or word in swedish_words() or is_known(word):
        return known
    pair = split(word)
    return word[: -len(pair[1])] + base(pair[1]) if pair else word


@lru_cache(maxsize=50_000)
def root(word: str) -> str:
    """What a word has in common with its inflected forms, and a noun with the verb that it is made from."""
    verb = _verb_of(word) or base(word)
    noun = _noun_of(verb)
    return stem(noun) if noun else stem(verb if verb != base(word) else word)


def _verb_of(word: str) -> str:
    """The verb of a noun that tells an action, or ""."""
    match = _ACTION.fullmatch(word)
    if match:
        for ending, verb_ending in _VERBS.items():
            if match[2].endswith(ending):
                verb = f"{match[1]}{match[2].removesuffix(ending)}{verb_ending}"
                if verb in swedish_words() and len(stem(verb)) >= SHORTEST_ROOT:
                    return verb
    return ""


def _noun_of(verb: str) -> str:
    """The noun that a verb is made from (*kontrollera* from *kontroll*, *fakturera* from *faktura*), or ""."""
    start = verb.removesuffix("era")
    if start == verb or len(start) < SHORTEST_NOUN:
        return ""
    return next((noun for noun in (start, f"{start}a") if noun in swedish_words()), "")


def is_same_word(one: str, other: str) -> bool:
    """Whether two words are forms of one word, with the same dots and rings."""
    if one == other or base(one) == base(other):
        return True
    # The stemmer takes *färd* and *färdig* for one; where the dictionary has both it knows better.
    return stem(one) == stem(other) and not (is_known(one) and is_known(other))


def are_related(one: str, other: str) -> bool:
    """Whether one word is made from the other, as *granskning* from *granska*."""
    return root(one) == root(other)
