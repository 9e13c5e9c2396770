"""Puts together the literals of a formula, which may hold a number in several parts."""

import re
from collections.abc import Iterator

_PART = r'(?:"(?:[^"]|"")*+"|(?<![\w.$:!])\d++(?![\w.(!:]))'
_PARTS = re.compile(_PART)
# Parts beside each other: ="850709"&"-9805", =850709&"-"&9805, =CONCAT("850709";"-9805").
_RUN = re.compile(rf"{_PART}(?:\s*+[&,;]\s*+{_PART})++")


def literals_joined(formula: str) -> Iterator[str]:
    """Yields the text that each run of adjacent literals in the formula joins to."""
    for run in _RUN.finditer(formula):
        # Numbers with nothing but commas between them are arguments, such as those of a date.
        if '"' in run[0] or "&" in run[0]:
            yield "".join(
                (part[1:-1] if part[0] == '"' else part).replace('""', '"') for part in _PARTS.findall(run[0])
            )
