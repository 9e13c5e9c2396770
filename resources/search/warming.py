"""Reads the word lists of the search before anybody searches: they take more than a second the first time."""

from .compounds import is_swedish_without_dots, parts_of
from .words import lemma, stem

_ANY = "upphandlingsavtal"


def read_word_lists() -> None:
    """Let this process read its lists of words and lemmas. Only those that serve searches need them early."""
    stem(_ANY)
    lemma(_ANY)
    parts_of(_ANY)
    is_swedish_without_dots(_ANY)
