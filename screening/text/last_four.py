"""Finds numbers of persons whose last four digits stand apart: "född 850709, de fyra sista är 1234"."""

import re
from collections.abc import Iterator

from .numbers import Candidate, candidate

_WORDS = ("sista", "slutsiffr", "kontrollsiffr")
_DAY_BEFORE = re.compile(
    r"(?<![0-9])((?:[0-9]{2}){2,3}[0-9]{2}|(?:[0-9]{2})?[0-9]{2}([-./ ])[0-9]{2}\2[0-9]{2})[^0-9]{1,30}\Z"
)
_FOUR_AFTER = re.compile(r"[^0-9]{1,24}([0-9]{4})(?![0-9])")


def numbers_with_last_four_apart(normal: str) -> Iterator[Candidate]:
    """Yields such numbers, each from its date to its last digit."""
    for word in _WORDS:
        at = normal.find(word)
        while at >= 0:
            end = at + len(word)
            day = _DAY_BEFORE.search(normal[max(0, at - 42) : at])
            four = _FOUR_AFTER.match(normal, end) if day else None
            if day and four:
                yield from candidate(normal, max(0, at - 42) + day.start(), four.end())
            at = normal.find(word, end)
