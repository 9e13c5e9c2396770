"""What a formula says when its parts are put together. Plain Python: no Django."""

import re
from collections.abc import Iterator

_PART = r'(?:"(?:[^"]|"")*+"|(?<![\w.$:!])\d++(?![\w.(!:]))'
_PARTS = re.compile(_PART)
# Parts beside each other: ="850709"&"-9805", =850709&"-"&9805, =CONCAT("850709";"-9805").
_RUN = re.compile(rf"{_PART}(?:\s*+[&,;]\s*+{_PART})++")


def put_together(formula: str) -> Iterator[str]:
    """Each run of literals of the formula as the text that it comes to."""
    for run in _RUN.finditer(formula):
        # Numbers with nothing but commas between them are arguments, such as those of a date.
        if '"' in run[0] or "&" in run[0]:
            yield "".join(
                (part[1:-1] if part[0] == '"' else part).replace('""', '"') for part in _PARTS.findall(run[0])
            )
