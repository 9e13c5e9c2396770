"""What the cells of a table tell about each other: headings, labels, and a number spread over several.

Plain Python: no Django.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

_DIGIT = re.compile(r"\d")
_OF_PERSONS = re.compile(
    r"person\W?(?:nummer|nr)|\bpnr\b|född|födelse|samordningsn|(?:fyra|4) sista|sista (?:fyra|4)|kontrollsiff",
    re.IGNORECASE,
)
_OF_CASES = re.compile(r"journal|ärende|patient|brukar|klient|akt|vårdtagar", re.IGNORECASE)
_BIRTH = re.compile(r"(?:\d\d)?\d{6}[-+]?")
_LAST_FOUR = re.compile(r"[-+]?\d{4}")
_BOXES = (10, 12)  # digits in forms with a box for each
_MAX_CONTEXT = 120


@dataclass(frozen=True)
class Cell:
    """A text of a row, from one cell or from several beside each other, with what says what it is."""

    first: int
    last: int
    text: str
    context: str


class Grid:
    """Reads a table row by row. The rows above the first one with digits are its headings."""

    def __init__(self) -> None:
        self._headings: dict[int, str] = {}
        self._has_digits = False

    def heading(self, column: int) -> str:
        return self._headings.get(column, "")

    def read(self, cells: Sequence[tuple[int, str]]) -> Iterator[Cell]:
        """The cells (number of the column, text) of the next row, each with its context, and what they join to."""
        digits = [bool(_DIGIT.search(text)) for _, text in cells]
        if not self._has_digits:
            self._has_digits = any(digits)
        label = ""
        for (column, text), has_digits in zip(cells, digits, strict=True):
            if has_digits:
                heading = self._headings.get(column, "")
                if len(text) < 10 and text.isdecimal() and is_of_persons(heading):
                    text = text.zfill(10)  # a number does not keep the zeros of those born from 2000 on
                yield Cell(column, column, text, f"{heading} {label}".strip())
                continue
            yield Cell(column, column, text, "")
            if not self._has_digits:
                heading = f"{self._headings.get(column, '')} {text}".strip()
                self._headings[column] = heading[-_MAX_CONTEXT:]
            label = text[:_MAX_CONTEXT]
        if sum(digits) > 1:
            yield from self._joined(cells)

    def _joined(self, cells: Sequence[tuple[int, str]]) -> Iterator[Cell]:
        run: list[tuple[int, str]] = []
        for column, text in [*cells, (-1, "")]:
            text = text.strip()
            if len(text) == 1 and (text.isdigit() or text in "-+–"):
                run.append((column, text))
                continue
            if sum(text.isdigit() for _, text in run) in _BOXES:
                yield Cell(run[0][0], run[-1][0], "".join(text for _, text in run), "")
            run = []
        # A sum of six digits beside one of four is no person, so the table itself must say what they are.
        for (column, birth), (following, four) in zip(cells, cells[1:], strict=False):
            birth, four = birth.strip(), four.strip()
            if len(four) < 6 and len(birth) < 10 and _LAST_FOUR.fullmatch(four) and _BIRTH.fullmatch(birth):
                words = f"{self.heading(column)} {self.heading(following)}"
                if is_of_persons(words) or is_of_persons(cells[0][1]):
                    yield Cell(column, following, f"{birth.rstrip('-+')}-{four.lstrip('-+')}", "")


@lru_cache(maxsize=1000)
def is_of_persons(words: str) -> bool:
    """Whether a heading tells of numbers of persons."""
    return bool(_OF_PERSONS.search(words))


@lru_cache(maxsize=1000)
def is_of_cases(words: str) -> bool:
    """Whether a heading makes a short number tell of somebody's case."""
    return bool(_OF_CASES.search(words))
