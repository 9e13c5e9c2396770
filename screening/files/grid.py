"""Reads tables of any format: the context that cells give each other, and the names of cells.

Headings and labels are context for the numbers beside them, and a number may be spread over several cells.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from functools import lru_cache

HIDDEN_SHEET = " (dolt blad)"
_DIGIT = re.compile(r"\d")
_LAST = (
    r"(?:fyra|4)[ _-]?sista|sista[ _-]?(?:fyra|4|siff)|(?:kontroll|slut)[ _-]?(?:siff|nr|nummer)"
    r"|\b(?:nr|nummer) sist|\blast[ _-]?(?:4|four)"
)
_OF_LAST_FOUR = re.compile(_LAST, re.IGNORECASE)
_OF_PERSONS = re.compile(
    r"person[\W_]?(?:nummer|nr)|\bp(?:ers)?[ ._-]?nr(?![^\W\d_])|f[öo]d[de]|f[öo]delse|f[öo]ddat|samordningsn"
    rf"|\bf[öo]dd?\b|\bbirth|{_LAST}",
    re.IGNORECASE,
)
_OF_CASES = re.compile(r"journal|ärende|patient|brukar|klient|akt|vårdtagar", re.IGNORECASE)
_HEADING = re.compile(r"(?=.*[^\W\d_]{2})(?:\D*\d){1,2}\D*")  # "sista4" and "personnr1" have a digit and are headings
_BIRTH = re.compile(r"(?:\d\d)?\d\d([-/.]?)\d\d\1\d\d[-+]?")
_LAST_FOUR = re.compile(r"[-+]?\d{4}")
_FEWER = re.compile(r"\d{1,3}")  # the last four digits, of a number that lost its leading zeros
_DAYS = re.compile(r"[1-5]?\d{4}")  # a date as a sheet counts it: in days
_FIRST_DAY = date(1899, 12, 30)
_DASHES = frozenset("-+–")  # a cell of its own between the day and the last four
_BOXES = (10, 12)  # how many digits a form with a box for each has
_MAX_CONTEXT = 120
_PART = r'(?:"(?:[^"]|"")*+"|(?<![\w.$:!])\d++(?![\w.(!:]))'
_PARTS = re.compile(_PART)
# Parts beside each other: ="850709"&"-9805", =850709&"-"&9805, =CONCAT("850709";"-9805").
_RUN = re.compile(rf"{_PART}(?:\s*+[&,;]\s*+{_PART})++")
_COLUMN = re.compile(r"\$?([A-Za-z]{1,3})\$?\d*")


@dataclass(frozen=True)
class Cell:
    """The text of one cell, or of several adjacent ones joined, with the heading and label that tell what it is."""

    first: int
    last: int
    text: str
    context: str


class Grid:
    """Reads a table row by row. The rows above the first one with digits are its headings."""

    def __init__(self, headings: dict[int, str] | None = None) -> None:
        self._headings = headings or {}
        self._has_digits = False
        self._rows = 0

    def heading(self, column: int) -> str:
        return self._headings.get(column, "")

    def read(self, cells: Sequence[tuple[int, str]]) -> Iterator[Cell]:
        """Yields the cells of the next row, given as (column, text), with their contexts, and then joined cells."""
        digits = [bool(_DIGIT.search(text)) for _, text in cells]
        self._rows += 1
        if not self._has_digits:
            digits = [has and not self._is_heading(text) for has, (_, text) in zip(digits, cells, strict=True)]
            self._has_digits = any(digits)
        label = ""
        for (column, text), has_digits in zip(cells, digits, strict=True):
            if has_digits:
                heading = self._headings.get(column, "")
                if len(text) < 10 and text.isdecimal() and is_of_persons(heading):
                    text = text.zfill(10)  # a number loses the leading zeros of those born from 2000 on
                yield Cell(column, column, text, f"{heading} {label}".strip())
                continue
            yield Cell(column, column, text, "")
            if not self._has_digits:
                heading = f"{self._headings.get(column, '')} {text}".strip()
                self._headings[column] = heading[-_MAX_CONTEXT:]
            label = text[:_MAX_CONTEXT]
        if sum(digits) > 1:
            yield from self._boxes(cells)
            yield from self._halves([(column, text.strip()) for column, text in cells])

    def _boxes(self, cells: Sequence[tuple[int, str]]) -> Iterator[Cell]:
        run: list[tuple[int, str]] = []
        for column, text in [*cells, (-1, "")]:
            text = text.strip()
            if len(text) == 1 and (text.isdigit() or text in "-+–"):
                run.append((column, text))
                continue
            if sum(text.isdigit() for _, text in run) in _BOXES:
                yield Cell(run[0][0], run[-1][0], "".join(text for _, text in run), "")
            run = []

    def _halves(self, cells: Sequence[tuple[int, str]]) -> Iterator[Cell]:
        """A day of birth and the last four in two cells, side by side or in columns whose headings say so."""
        parts = [(column, text) for column, text in cells if text not in _DASHES]
        after_dash = {following for (_, text), (following, _) in zip(cells, cells[1:], strict=False) if text in _DASHES}
        if sum(text.isdecimal() for _, text in parts) > 2:
            after_dash.clear()  # a dash among figures means that one is missing
        lasts = [part for part in parts if len(part[1]) <= 5 and is_of_last_four(self.heading(part[0]))]
        is_person = is_of_persons(cells[0][1])
        for at, (column, birth) in enumerate(parts):
            beside = parts[at + 1 : at + 2]
            if 4 <= len(birth) <= 11 and birth[0].isdigit():
                apart = lasts if is_of_persons(self.heading(column)) else []
                for following, four in dict.fromkeys([*beside, *apart]):
                    # A sum of six digits beside one of four is no person, so the table itself must say what they are.
                    words = f"{self.heading(column)} {self.heading(following)}"
                    if birth[-1] == "-" or following in after_dash or is_person or is_of_persons(words):
                        yield from self._whole((column, birth), (following, four))
            for following, four in beside:
                if _is_told(birth) + _is_told(four) and len(birth + four) < _MAX_CONTEXT:
                    yield Cell(column, following, f"{birth}, {four}", "")

    def _whole(self, birth: tuple[int, str], four: tuple[int, str]) -> Iterator[Cell]:
        """The number that two cells make, if they can."""
        last = four[1]
        if _FEWER.fullmatch(last) and is_of_persons(self.heading(four[0])):
            last = last.zfill(4)
        if _LAST_FOUR.fullmatch(last):
            first, final = sorted((birth[0], four[0]))
            for digits in _births(birth[1]):
                yield Cell(first, final, f"{digits}-{last.lstrip('-+')}", "")

    def _is_heading(self, text: str) -> bool:
        """Whether a text with a digit is a heading all the same."""
        return (self._rows == 1 or is_of_persons(text)) and len(text) < 60 and bool(_HEADING.fullmatch(text))


def _is_told(text: str) -> bool:
    """Whether a cell says itself what its digits are: "född 850709", "sista fyra 9805"."""
    return bool(_DIGIT.search(text)) and len(text) > 5 and not text.isdecimal() and is_of_persons(text)


def _births(text: str) -> Iterator[str]:
    """The six or eight digits of a day of birth, which a sheet may keep as a date or without its zeros."""
    if _BIRTH.fullmatch(text):
        yield "".join(sign for sign in text if sign.isdigit())
    elif _DAYS.fullmatch(text):
        yield (_FIRST_DAY + timedelta(days=int(text))).strftime("%Y%m%d")
        yield text.zfill(6)


@lru_cache(maxsize=1000)
def is_of_persons(words: str) -> bool:
    """Whether a heading tells of numbers of persons."""
    return bool(_OF_PERSONS.search(unicodedata.normalize("NFC", words)))


def is_of_last_four(words: str) -> bool:
    return bool(_OF_LAST_FOUR.search(words))


@lru_cache(maxsize=1000)
def is_of_cases(words: str) -> bool:
    """Whether a heading makes a short number a case number."""
    return bool(_OF_CASES.search(words))


def whole_number(text: str) -> str:
    """Writes out a whole number as its digits; "" for one that is not whole. Other text is returned as it is.

    Excel may write 198507099805 as 1.98507099805E11.
    """
    if text.isdecimal():
        return text
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        return text  # no number after all
    if not number.is_finite() or number.adjusted() > 20 or number != number.to_integral_value():
        return ""
    return str(int(number))


def literals_joined(formula: str) -> Iterator[str]:
    """Yields the text that each run of adjacent literals in the formula joins to."""
    for run in _RUN.finditer(formula):
        # Numbers with nothing but commas between them are arguments, such as those of a date.
        if '"' in run[0] or "&" in run[0]:
            yield "".join(
                (part[1:-1] if part[0] == '"' else part).replace('""', '"') for part in _PARTS.findall(run[0])
            )


def place_of_cell(sheet: str, row: int, first: int, last: int, *, hides_row: bool, hides_column: bool) -> str:
    """The address of a cell, or of several beside each other: "blad Lön, cell B2–C2 (dold rad)"."""
    sheet, hidden_sheet, _ = sheet.partition(HIDDEN_SHEET)
    address = f"{column_letters(first)}{row}"
    if last > first:
        address += f"–{column_letters(last)}{row}"
    hidden = " (dold rad)" if hides_row else ""
    hidden += " (dold kolumn)" if hides_column else ""
    return f"{sheet}, cell {address}{hidden_sheet}{hidden}"


def column_number(address: str) -> int:
    """The number of the column that an address such as "B7" begins with; 0 for what is no address."""
    return _number_of(address.rstrip("0123456789"))


@lru_cache(maxsize=1000)
def _number_of(letters: str) -> int:
    match = _COLUMN.match(letters)
    number = 0
    for letter in match[1].upper() if match else "":
        number = number * 26 + ord(letter) - 64
    return number


@lru_cache(maxsize=1000)
def column_letters(column: int) -> str:
    """What a sheet calls a column: 1 is A, 27 is AA."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
