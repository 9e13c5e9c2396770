"""Reads plain text, and finds out which encoding it is written in."""

import codecs
import io
import re
from collections.abc import Iterator
from typing import BinaryIO

from .passages import Budget, Fault, Passage

NO_TEXT = "Filen börjar som text men innehåller också något annat, som inte kan läsas."
_PART = 200_000  # characters screened at a time
_CHUNK = 1_000_000
_REACH = 250  # characters that the rules look at beside a number
_GAP = re.compile(rf"(?<!\D)\D{{{_REACH}}}\D*+")
_MARKS = (  # the longer first: the mark of UTF-32 begins like that of UTF-16
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS = re.compile(r"[\x01-\x08\x0e-\x19\x1c-\x1f]")


def read(source: BinaryIO, budget: Budget) -> Iterator[Passage | Fault]:
    """Yields the text in parts: cut far from every digit, else with the end of each part read again with the next."""
    encoding = encoding_of(source)
    source.seek(0)
    text = io.TextIOWrapper(source, encoding, errors="replace", newline=None)
    first_line, rest, known, has_more_than_text = 1, "", "", False
    while more := text.read(_PART):
        rest += budget.take(more)
        has_more_than_text = has_more_than_text or is_no_text(more)
        if len(more) == _PART:
            end, start = _cut(rest)
            yield Passage("", rest[:end], first_line=first_line, fuller_than=known)
            first_line += rest.count("\n", 0, start)
            known, rest = rest[start:end], rest[start:]
    yield Passage("", rest, first_line=first_line, fuller_than=known)
    if has_more_than_text:
        yield Fault(NO_TEXT)
    text.detach()


def is_no_text(text: str) -> bool:
    """Whether there are control characters that no text has, since something else is in the file too."""
    return bool(_CONTROLS.search(text))


def _cut(text: str) -> tuple[int, int]:
    """Where to end a part, and where the next begins: in a gap that no number spans, else before."""
    gaps = [gap.span() for gap in _GAP.finditer(text)]
    if gaps:
        middle = gaps[-1][1] - _REACH // 2
        end = max(text.rfind(mark, gaps[-1][0], middle) + 1 for mark in " \n") or middle
        return end, end
    start = text.rfind("\n", 0, -_REACH) + 1 or text.rfind(" ", 0, -_REACH) + 1
    return len(text), max(start, len(text) - 4 * _REACH)


def encoding_of_head(head: bytes) -> str:
    """The encoding that the beginning of a file reveals; "" if it does not."""
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding
    # Without a mark UTF-16 shows itself by its zeros: every other byte of western text.
    even, odd = head[0::2], head[1::2]
    for zeros, letters, encoding in ((odd, even, "utf-16-le"), (even, odd, "utf-16-be")):
        if len(odd) >= 4 and zeros.count(0) > len(zeros) * 0.6 and letters.count(0) < len(letters) * 0.1:
            return encoding
    return ""


def encoding_of(source: BinaryIO) -> str:
    """The encoding of a whole text: by its byte order mark, else UTF-8 if it is valid, else Windows-1252."""
    source.seek(0)
    known = encoding_of_head(source.read(4096))
    if known:
        return known
    source.seek(0)
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while chunk := source.read(_CHUNK):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"
