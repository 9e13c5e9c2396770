"""Normalises a text for the rules: every space, dash and digit gets one form, and what cannot be seen is left out."""

import html
import re
import unicodedata
from dataclasses import dataclass
from functools import cache

_GONE = "\0"
_LETTER, _OTHER = "x", "¤"
_ENTITY = re.compile(r"&(?:#\d{1,6}|#[xX][0-9a-fA-F]{1,5}|[a-zA-Z]{2,8});")
_ESCAPED = re.compile(r"(?<=\d)%2[DdBb](?=\d)")  # a dash or a plus in the query of a URL
_FOREIGN = re.compile(r"[^\x00-\xff]+")
# Marks that combine with a letter, all of them among these. Putting n in a row in order takes n² steps.
_MAY_BE_MARKS = re.compile(r"[^\x00-\u02ff]{31,}")
_MOST_MARKS = 30  # in a row
_KEPT = re.compile(r"[^\0]+")


@dataclass(frozen=True)
class Readable:
    """`text` is for people, without what cannot be seen; `normal` is for rules. They have the same positions."""

    text: str
    normal: str


def readable(text: str) -> Readable:
    """Normalises a text for people and for rules. The number of lines is kept, the length may change."""
    if "&" in text:
        text = _ENTITY.sub(lambda entity: html.unescape(entity[0]), text)
    if "%" in text:
        text = _ESCAPED.sub(lambda escaped: "+" if escaped[0] in ("%2B", "%2b") else "-", text)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.isascii():
        text = _MAY_BE_MARKS.sub(_with_fewer_marks, text)
    text = unicodedata.normalize("NFC", text)  # å as a letter and a combining ring becomes one character
    latin = text if text.isascii() else _FOREIGN.sub(lambda run: "".join(map(_normal, run[0])), text)
    normal = latin.encode("latin-1").translate(_LATIN).decode("latin-1")  # ten times as fast as translating a string
    if _GONE in normal:
        text = "".join([text[kept.start() : kept.end()] for kept in _KEPT.finditer(normal)])
        normal = normal.replace(_GONE, "")
    return Readable(text, normal)


def _with_fewer_marks(run: re.Match[str]) -> str:
    kept, in_row = [], 0
    for character in run[0]:
        in_row = in_row + 1 if unicodedata.combining(character) else 0
        if in_row <= _MOST_MARKS:
            kept.append(character)
    return "".join(kept)


_AS = {
    "\t": "\t",
    "\a": "\t",  # the end of a cell in an old Word file
    **dict.fromkeys("\n\v\f\r\x1c\x1d\x1e\x85\u2028\u2029", "\n"),
    **dict.fromkeys("\u2212\u2043\u02d7\u207b\u208b\u00af\u203e\u2500\u2501\u2796", "-"),
    **dict.fromkeys("\u207a\u208a\u2795", "+"),
    **dict.fromkeys("\u2044\u2215\u29f8", "/"),
    **dict.fromkeys("\u00b7\u2022\u2219\u2027\u30fb\u22c5\u2024", "."),
    **dict.fromkeys("\u2236\ua789\u02d0", ":"),
    **dict.fromkeys("\u00b4`\u2018\u2019\u2032", "'"),
    "\u2800": " ",  # a Braille cell without dots
    **dict.fromkeys("\u115f\u1160\u3164\uffa0\u034f\ufffc", _GONE),  # fillers, and the object replacement character
}


@cache
def _normal(character: str) -> str:
    """The normal form of a character, which is one character too."""
    if character in _AS:
        return _AS[character]
    digit = unicodedata.decimal(character, None)
    if digit is not None:
        return str(digit)
    match unicodedata.category(character):
        case "Zs":
            return " "
        case "Pd":
            return "-"
        case "Cf" | "Cc" | "Mn" | "Me":
            return _GONE
    lower = unicodedata.normalize("NFKC", character).lower()
    if lower in _AS:
        return _AS[lower]
    # A small raised figure is a footnote's, not a part of the number that it follows.
    if len(lower) != 1 or lower > "ÿ" or lower.isdigit():
        return _LETTER if character.isalpha() else _OTHER
    return lower


_LATIN = bytes(ord(_normal(chr(code))) for code in range(256))
