"""Reads plain text."""

import io
import re
from collections.abc import Iterator
from typing import BinaryIO

from .encodings import encoding_of
from .passages import Budget, Fault, Passage

NO_TEXT = "Filen börjar som text men innehåller också något annat, som inte kan läsas."
_PART = 200_000  # characters screened at a time
_CONTROLS = re.compile(r"[\x01-\x08\x0e-\x19\x1c-\x1f]")


def read(source: BinaryIO, budget: Budget) -> Iterator[Passage | Fault]:
    """Yields the text in parts, cut where no number can be."""
    encoding = encoding_of(source)
    source.seek(0)
    text = io.TextIOWrapper(source, encoding, errors="replace", newline=None)
    first_line, rest, has_more_than_text = 1, "", False
    while more := text.read(_PART):
        rest += budget.take(more)
        has_more_than_text = has_more_than_text or is_no_text(more)
        end = _cut(rest)
        yield Passage("", rest[:end], first_line=first_line)
        first_line += rest.count("\n", 0, end)
        rest = rest[end:]
    if rest:
        yield Passage("", rest, first_line=first_line)
    if has_more_than_text:
        yield Fault(NO_TEXT)
    text.detach()


def is_no_text(text: str) -> bool:
    """Whether there are control characters that no text has, since something else is in the file too."""
    return bool(_CONTROLS.search(text))


def _cut(text: str) -> int:
    """Where to cut a text in two: after a line without digits, else between words, else at its end."""
    end = len(text)
    while (end := text.rfind("\n", 0, end)) > 0:
        start = text.rfind("\n", 0, end) + 1
        if not any(character.isdigit() for character in text[start:end]):
            return end + 1
    return text.rfind(" ") + 1 or len(text)
