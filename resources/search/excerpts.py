"""Cuts out the sentence of a text in which the sought words stand."""

import re
from collections.abc import Mapping

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from .words import WORD, normal

LENGTH = 240  # characters of an excerpt
BEFORE = 60  # characters shown before the first hit, in a sentence that is longer than an excerpt
MOST_SENTENCES = 400  # of a text that are looked through

# The words to mark, with how much each tells.
Sought = Mapping[str, int]

_SENTENCE = re.compile(r"[^.!?]+(?:[.!?](?![\s»”\")])[^.!?]*)*[.!?]*[»”\")]*\s*")


def excerpt(text: str, sought: Sought) -> SafeString:
    """The sentence that tells most of the sought words, as HTML with the words in <mark> and all else escaped."""
    piece = _piece(text, sought)
    html, end = [], 0
    for match in WORD.finditer(piece):
        if normal(match.group()) in sought:
            html += [escape(piece[end : match.start()]), "<mark>", escape(match.group()), "</mark>"]
            end = match.end()
    html.append(escape(piece[end:]))
    return mark_safe("".join(html))  # noqa: S308  (every part of the text is escaped above)


def has_any(text: str, sought: Sought) -> bool:
    """Whether any of the sought words stands in the text."""
    return any(normal(word) in sought for word in WORD.findall(text))


def _piece(text: str, sought: Sought) -> str:
    start, sentence = _best_sentence(text, sought)
    end = start + len(sentence)
    if len(sentence) > LENGTH:
        start = _near_first_word(text, start, end, sought)
    # A short sentence is shown with what follows.
    stop = len(text) if len(text) <= start + LENGTH else text.rfind(" ", start, start + LENGTH)
    if stop <= start:  # no space to break at
        stop = start + LENGTH
    return ("… " if start else "") + text[start:stop].strip() + (" …" if stop < len(text) else "")


def _best_sentence(text: str, sought: Sought) -> tuple[int, str]:
    best, most = (0, text[:LENGTH]), 0
    for number, match in enumerate(_SENTENCE.finditer(text)):
        if number == MOST_SENTENCES:
            break
        words = {normal(word) for word in WORD.findall(match.group())}
        value = sum(sought.get(word, 0) for word in words)
        if value > most:
            best, most = (match.start(), match.group()), value
    return best


def _near_first_word(text: str, start: int, end: int, sought: Sought) -> int:
    hits = (match.start() for match in WORD.finditer(text, start, end) if normal(match.group()) in sought)
    first = next(hits, start)
    return start if first - start <= BEFORE else text.rfind(" ", start, first - BEFORE) + 1
