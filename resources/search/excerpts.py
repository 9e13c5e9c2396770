"""Cuts out the part of a page's text where the sought words stand."""

import re

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from .words import SoughtWord

_WORD = re.compile(r"[^\W_]+")
LENGTH = 220  # characters of an excerpt
BEFORE = 60  # characters shown before the first hit


def excerpt(text: str, sought: list[SoughtWord]) -> SafeString:
    """A part of the text as HTML, with the sought words in <mark> and everything else escaped."""
    piece = _piece(text, sought)
    html, end = [], 0
    for match in _WORD.finditer(piece):
        if any(word.is_in(match.group().lower()) for word in sought):
            html += [escape(piece[end : match.start()]), "<mark>", escape(match.group()), "</mark>"]
            end = match.end()
    html.append(escape(piece[end:]))
    return mark_safe("".join(html))  # noqa: S308  (every part of the text is escaped above)


def _piece(text: str, sought: list[SoughtWord]) -> str:
    hits = (
        match.start() for match in _WORD.finditer(text) if any(word.is_in(match.group().lower()) for word in sought)
    )
    first = next(hits, 0)
    start = 0 if first <= BEFORE else text.rfind(" ", 0, first - BEFORE) + 1
    end = len(text) if len(text) <= start + LENGTH else text.rfind(" ", start, start + LENGTH)
    if end <= start:  # no space to break at
        end = start + LENGTH
    return ("… " if start else "") + text[start:end] + (" …" if end < len(text) else "")
