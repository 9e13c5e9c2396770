"""Reads the headings of tables in running text: a column is what its heading says, from its first row to its last."""

import re
from bisect import bisect_right
from functools import cached_property

from .context import Label, label_of

_CELL = re.compile(r"[^ \n]+(?: [^ \n]+)*")  # cells of a table that is laid out with blanks
_MARKS = "\t;|"
_WORD = re.compile(r"[a-zåäöé]+(?:[.-][a-zåäöé]+)*")
_MANY_DIGITS = re.compile(r"[0-9](?:[^0-9\n]*[0-9]){3}")
_RULE = re.compile(r"[ \t|:+=_-]*")
_OF_OTHERS = re.compile(r"faktur|order|beställ|betal|avtal|kontrakt|offert|leverans|konto|avi|giro|kod")
_OF_DAYS = re.compile(r"[a-zåäö]*(?:datum|dag|dat|månad|period|vecka)\b")
_TEN_ON_LAST_LINE = re.compile(r"\n(?:[^0-9\n]*[0-9]){10}\Z")
_LONGEST_HEADING = 200  # characters of the whole line
_LONGEST_CELL = 34
_MOST_WORDS = 4

Heading = tuple[int, int]  # where its line begins and ends


class Columns:
    """The tables of a text. Nothing is read before the first question, since most texts have no number to ask about."""

    def __init__(self, normal: str) -> None:
        self._normal = normal

    def is_of_others(self, start: int, end: int) -> bool:
        """Whether the heading over the place says that what stands there is the number of something else."""
        words = self._heading_cell(start, end)
        if not words or len(words) > _LONGEST_CELL or words.count(" ") >= _MOST_WORDS:
            return False
        labels = {label_of(word[0]) for word in _WORD.finditer(words)}
        if Label.NUMBER_OF_PERSON in labels:
            return False
        return Label.OTHER in labels or (Label.TOPIC in labels and bool(_OF_OTHERS.search(words)))

    def are_two(self, start: int, end: int) -> bool:
        """Whether the place begins in a column of days and ends in another, or is the end of a row and a whole cell."""
        first, last = self._heading_cell(start, start + 2), self._heading_cell(end - 2, end)
        if not first or not last or first == last or label_of(last) is Label.NUMBER_OF_PERSON:
            return False
        return bool(_OF_DAYS.match(first) or _TEN_ON_LAST_LINE.search(self._normal, start, end))

    @cached_property
    def _lines(self) -> list[int]:
        """Where each line begins."""
        return [0, *(found.end() for found in re.finditer("\n", self._normal))]

    @cached_property
    def _headings(self) -> list[Heading | None]:
        """The heading of each line of figures: the last line of words over them, with nothing blank between."""
        found: list[Heading | None] = []
        heading: Heading | None = None
        for at, start in enumerate(self._lines):
            end = self._lines[at + 1] - 1 if at + 1 < len(self._lines) else len(self._normal)
            if _MANY_DIGITS.search(self._normal, start, end):
                found.append(heading)
                continue
            found.append(None)
            if not _RULE.fullmatch(self._normal, start, end) or start == end:
                is_short = 0 < end - start <= _LONGEST_HEADING
                heading = (start, end) if is_short else None
        return found

    def _heading_cell(self, start: int, end: int) -> str:
        line = bisect_right(self._lines, start) - 1
        heading = self._headings[line]
        if heading is None:
            return ""
        words, begin = self._normal[slice(*heading)], self._lines[line]
        row = self._normal[begin : max(end, begin + 1)]
        for mark in _MARKS:
            if mark in words:
                cells, at = words.split(mark), row[: start - begin].count(mark)
                return cells[at].strip() if at < len(cells) else ""
        blanks = list(_CELL.finditer(words))
        if len(blanks) == 1:
            return self._only_heading(blanks[0][0], begin, start)
        low, high = start - begin, end - begin
        beside = [cell[0] for cell in blanks if cell.start() - 1 <= high and low <= cell.end() + 1]
        return beside[0] if len(beside) == 1 else ""

    def _only_heading(self, words: str, begin: int, start: int) -> str:
        """A single heading is that of a single column; several words with one blank between may be one each."""
        end = self._normal.find("\n", begin, begin + _LONGEST_HEADING)
        row = self._normal[begin : end if end >= 0 else begin + _LONGEST_HEADING]
        before = self._normal[begin:start].split()
        names = words.split()
        if len(row.split()) == len(names) > 1:
            return names[len(before)] if len(before) < len(names) else ""
        return words if not before or before in (["-"], ["*"], ["•"]) else ""
