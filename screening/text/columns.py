"""Reads the headings of tables in running text: a column is what its heading says, from its first row to its last."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property

from .context import Label, label_of
from .numbers import checked, sums_up

_CELL = re.compile(r"[^ \n]+(?: [^ \n]+)*")  # cells of a table that is laid out with blanks
_MARKS = "\t;|"
_WORD = re.compile(r"[a-zåäöé]+(?:[.-][a-zåäöé]+)*")
_MANY_DIGITS = re.compile(r"[0-9](?:[^0-9\n]*[0-9]){3}")
_RULE = re.compile(r"[ \t|:+=_-]*")
_NO_COLUMN = re.compile(r"(?:bilag|fil|lag|prop|kl|tid|dat|period|post|rad|ange|märk)[a-zåäö]*")
_OF_COUNTS = re.compile(r"(?:antal|belopp|kr|summa|pris|kostnad|timmar|värde|avgift|procent|st|tkr|besök)[a-zåäö]*")
_OF_DAYS = re.compile(r"[a-zåäö]*(?:datum|dag|dat|månad|period|vecka)\b")
_TEN = re.compile(r"(?<![0-9])[0-9]{10}(?![0-9])")
_FEWEST_ROWS = 4
_LONGEST_HEADING = 200  # characters of the whole line
_LONGEST_ROW = 400
_LONGEST_CELL = 34
_MOST_WORDS = 4

Heading = tuple[int, int]  # where its line begins and ends


class Columns:
    """The tables of a text. Nothing is read before the first question, since most texts have no number to ask about."""

    def __init__(self, normal: str) -> None:
        self._normal = normal

    def is_of_others(self, start: int, end: int) -> bool:
        """Whether the heading over the place says that what stands there is the number of something else."""
        words = self.heading_cell(start, end)
        if not words or len(words) > _LONGEST_CELL or words.count(" ") >= _MOST_WORDS:
            return False
        labels = {label_of(word[0]) for word in _WORD.finditer(words)}
        if Label.NUMBER_OF_PERSON in labels:
            return False
        return Label.OTHER in labels or (Label.TOPIC in labels and not _NO_COLUMN.match(words))

    def is_among_others(self, start: int) -> bool:
        """Whether ten digits stand in a column of such, few of which are numbers of persons by their own digits."""
        column = self._column_of_tens.get(start)
        count, valid = self._tens[column] if column else (0, 0)
        return count >= _FEWEST_ROWS and 3 * valid <= count

    @cached_property
    def _column_of_tens(self) -> dict[int, tuple[int, int]]:
        """The column of each number of ten digits: its block, and how many others stand before it on its line."""
        columns: dict[int, tuple[int, int]] = {}
        last, before = -1, 0
        for found in _TEN.finditer(self._normal):
            line = bisect_right(self._lines, found.start()) - 1
            last, before = line, before + 1 if line == last else 0
            columns[found.start()] = (self._blocks[line], before)
        return columns

    @cached_property
    def _blocks(self) -> list[int]:
        """The number of the block of each line; a line without figures ends one."""
        numbers, block = [], 0
        for start, end in zip(self._lines, [*self._lines[1:], len(self._normal) + 1], strict=True):
            block += _MANY_DIGITS.search(self._normal, start, end - 1) is None
            numbers.append(block)
        return numbers

    @cached_property
    def _tens(self) -> dict[tuple[int, int], tuple[int, int]]:
        """Of each column of ten digits how many there are, and how many that may be numbers of persons."""
        columns: dict[tuple[int, int], tuple[int, int]] = {}
        for start, column in self._column_of_tens.items():
            digits = self._normal[start : start + 10]
            count, valid = columns.get(column, (0, 0))
            columns[column] = (count + 1, valid + (sums_up(digits) and checked(digits) is not None))
        return columns

    def are_two(self, start: int, end: int) -> bool:
        """Whether the place begins in one column and ends in another, or is the end of a row and a whole cell."""
        first, last = self.heading_cell(start, start + 2), self.heading_cell(end - 2, end)
        if not first or not last or first == last or Label.NUMBER_OF_PERSON in (label_of(first), label_of(last)):
            return False
        is_other = _OF_DAYS.match(first) or _OF_COUNTS.match(last) or label_of(last) is Label.OTHER
        return bool(is_other) or ("\n" in self._normal[start:end] and self._is_wrapped(start, first, last))

    def _is_wrapped(self, start: int, first: str, last: str) -> bool:
        """Whether these headings are those of the last column and of the first: a row ends, and the next begins."""
        heading = self._headings[bisect_right(self._lines, start) - 1]
        words = self._normal[slice(*heading)].strip(" |") if heading else ""
        return words.startswith(last) and words.endswith(first)

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

    def rows(self) -> Iterator[tuple[str, int, int]]:
        """Each line of figures with the line of its headings, and where it begins and ends."""
        ends = [*self._lines[1:], len(self._normal) + 1]
        for heading, start, end in zip(self._headings, self._lines, ends, strict=True):
            if heading and end - start <= _LONGEST_ROW:
                yield self._normal[slice(*heading)], start, end - 1

    def heading_cell(self, start: int, end: int) -> str:
        """What stands over the place, in the line of headings; "" when no column is told apart."""
        line = bisect_right(self._lines, start) - 1
        heading, begin = self._headings[line], self._lines[line]
        if heading is None or end - begin > _LONGEST_ROW:
            return ""
        words = self._normal[slice(*heading)]
        row = self._normal[begin : max(end, begin + 1)]
        for mark in _MARKS if any(mark in words for mark in _MARKS) else self._commas(words, begin):
            if mark in words:
                cells, at = words.split(mark), row[: start - begin].count(mark)
                return cells[at].strip() if at < len(cells) else ""
        blanks = list(_CELL.finditer(words))
        if len(blanks) == 1:
            return self._only_heading(blanks[0][0], begin, start)
        low, high = start - begin, end - begin
        beside = [cell[0] for cell in blanks if cell.start() - 1 <= high and low <= cell.end() + 1]
        return beside[0] if len(beside) == 1 else ""

    def _commas(self, words: str, begin: int) -> str:
        """A comma, if the headings and the row have as many of them, and at least two."""
        end = self._normal.find("\n", begin)
        commas = self._normal.count(",", begin, end if end >= 0 else len(self._normal))
        return "," if words.count(",") == commas > 1 else ""

    def _only_heading(self, words: str, begin: int, start: int) -> str:
        """A single heading is that of a single column; several words with one blank between may be one each."""
        end = self._normal.find("\n", begin, begin + _LONGEST_HEADING)
        row = self._normal[begin : end if end >= 0 else begin + _LONGEST_HEADING]
        before = self._normal[begin:start].split()
        names = words.split()
        if len(row.split()) == len(names) > 1:
            return names[len(before)] if len(before) < len(names) else ""
        return words if not before or before in (["-"], ["*"], ["•"]) else ""
