"""Masks the digits of a text, and cuts out the excerpt that shows a finding without its digits and without names."""

import re

from .context import Label, label_of
from .people import NOT_NAMES

LONGEST = 80
_AROUND = 28  # characters on each side
_BULLET = "•"
_DIGIT = re.compile(r"\d|[²³¹⁰-₉①-⓿]")
_CAPITALISED = re.compile(r"(?<![\w•])[A-ZÅÄÖÉ][a-zåäöéü]+(?![\w•])")
_INVISIBLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\s]+")


def excerpt(text: str, start: int, end: int, *, shown: int = 2) -> str:
    """Cuts out the text between `start` and `end` with a few words on each side, at most 80 characters.

    Every digit is masked except the first `shown` of this number. Words that may be names are cut to their
    first letter, since excerpts are stored.
    """
    return _fit(_before(text, start), masked(text[start:end], shown), _after(text, end))


def initials(text: str, start: int, end: int) -> str:
    """Cuts out a name as `excerpt` does a number; only the first letters of its words are left."""
    name = " ".join(f"{word[0]}…" for word in text[start:end].split())
    return _fit(_before(text, start), name, _after(text, end))


def _fit(before: str, middle: str, after: str) -> str:
    middle = _INVISIBLE.sub(" ", middle)[: LONGEST // 2]
    room = LONGEST - len(middle)
    return f"{before[-(room // 2) :]}{middle}{after[: room // 2]}".strip()


def _before(text: str, start: int) -> str:
    passage = text[max(0, start - _AROUND) : start]
    if start > _AROUND and " " in passage:
        passage = "…" + passage[passage.index(" ") + 1 :]  # no half word
    return _plain(passage)


def _after(text: str, end: int) -> str:
    passage = text[end : end + _AROUND]
    if end + _AROUND < len(text) and " " in passage:
        passage = passage[: passage.rindex(" ")] + "…"
    return _plain(passage)


def _plain(passage: str) -> str:
    return _CAPITALISED.sub(_initial, _INVISIBLE.sub(" ", masked(passage, 0)))


def _initial(word: re.Match[str]) -> str:
    """Keeps a word that labels a number or often begins a sentence; cuts any other to its first letter."""
    known = label_of(word[0].lower()) is not Label.NONE or NOT_NAMES.match(word[0])
    return word[0] if known else f"{word[0][0]}…"


def masked(passage: str, shown: int = 0) -> str:
    """The text with a dot for each digit but the first `shown`."""
    left = shown

    def mask(digit: re.Match[str]) -> str:
        nonlocal left
        left -= 1
        return digit[0] if left >= 0 else _BULLET

    return _DIGIT.sub(mask, passage)
