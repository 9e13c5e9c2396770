"""Finds the digits that may be a person's number: their place, how they are written, and whether they are valid."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from functools import lru_cache

from personnummer import personnummer as with_coordination
from stdnum.se import personnummer as without_coordination

# Between any two digits; possessive, so that no text takes more than one try for each digit.
_MARKS = " \t\n+./:_,;|\\*=~'\"()[]{}<>¤-"
_GAP = rf"[{re.escape(_MARKS)}]{{0,12}}+"
_YEAR = rf"{_GAP}[0-9]"
_MONTH = rf"{_GAP}(?:0{_GAP}[1-9]|1{_GAP}[0-2])"
# 01–31, and 61–91 in a samordningsnummer.
_DAY = rf"{_GAP}(?:[06]{_GAP}[1-9]|[1278]{_GAP}[0-9]|3{_GAP}[01]|9{_GAP}[01])"
_REST = rf"(?:{_GAP}[0-9]){{4}}(?![0-9])"
# The first digit stands before the lookahead, so that the engine skips all other text fast.
_TEN = rf"(?=({_YEAR}{_MONTH}{_DAY}{_REST}))"
_TWELVE = rf"(?=({_YEAR}{_YEAR}{_YEAR}{_MONTH}{_DAY}{_REST}))"
_START = r"[0-9](?<![0-9]{2})"
_CANDIDATE = re.compile(rf"{_START}(?:{_TEN}|(?<=[12]){_TWELVE})")
_AS_TWELVE = re.compile(rf"{_START}(?<=[12]){_TWELVE}")
_VAT = re.compile(rf"{_START}(?<=se[0-9])[0-9]{{9}}(?=01(?![0-9]))")

_OLDEST = date(1850, 1, 1)
_NO_DIGIT = dict.fromkeys(map(ord, _MARKS))
_NO_DIGITS = re.compile(r"[^0-9]+")
_DOUBLED = str.maketrans("0123456789", "0246813579")


class Shape(IntEnum):
    """How a number is written, from the weakest to the strongest sign that it is a person's."""

    SCATTERED = 0  # digits in groups that no person's number is written in
    PARTED = 1  # in its groups, but with a space or a mark that stands between other numbers too
    PLAIN = 2  # ten digits in a row
    LONG = 3  # twelve digits in a row
    DASHED = 4  # the dash before the last four


@dataclass(frozen=True)
class Candidate:
    """Digits between `start` and `end` with a real date and a right checksum."""

    start: int
    end: int
    digits: str  # ten or twelve
    born: date
    shape: Shape
    is_coordination: bool


def candidates(normal: str) -> Iterator[Candidate]:
    """Yields all that may be a person's number, in order; candidates may overlap."""
    for match in _CANDIDATE.finditer(normal):
        start = match.start()
        if _is_within_single_digits(normal, start):
            continue
        yield from candidate(normal, start, start + 1 + len(match[1] or match[2]))
        if match[1] and (longer := _AS_TWELVE.match(normal, start)):
            yield from candidate(normal, start, start + 1 + len(longer[1]))


def _is_within_single_digits(normal: str, start: int) -> bool:
    """Whether `start` is inside single digits such as "1 1 2 1 3", of which only the first may start a number."""
    return (
        start >= 2
        and not normal[start + 1].isdigit()
        and normal[start - 1] == normal[start + 1]
        and normal[start - 2].isdigit()
        and not normal[start - 3 : start - 2].isdigit()
        and "§" not in normal[max(0, start - 4) : start]  # "§ 8 8 5 0 7"
    )


def vat_candidates(normal: str) -> Iterator[Candidate]:
    """Numbers of sole traders in their VAT numbers: SE, the ten digits of the person, 01."""
    for match in _VAT.finditer(normal):
        yield from candidate(normal, match.start(), match.end())


def candidate(normal: str, start: int, end: int) -> Iterator[Candidate]:
    """The candidate between `start` and `end`, if the digits that stand there are a number of a person."""
    written = normal[start:end]
    digits = written.translate(_NO_DIGIT)
    if not digits.isdigit():  # with words in it
        digits = _NO_DIGITS.sub("", digits)
    if not sums_up(digits):
        return
    # The plus means an age over a hundred, but people write it in other numbers too.
    valid = ("+" in written and checked(digits, century_past=True)) or checked(digits)
    if valid:
        born, is_coordination = valid
        yield Candidate(start, end, digits, born, _shape(written), is_coordination)


def sums_up(digits: str) -> bool:
    """Whether the last ten digits have a valid checksum. Nothing else is checked, since it is called very often."""
    ten = digits[-10:]
    doubled = ten[0::2].translate(_DOUBLED)
    return sum(map(int, doubled + ten[1::2])) % 10 == 0


@lru_cache(maxsize=4096)
def checked(digits: str, *, century_past: bool = False) -> tuple[date, bool] | None:
    """The date of birth and whether it is a samordningsnummer; None if no library takes it for a number."""
    written = f"{digits[:-4]}{'+' if century_past and len(digits) == 10 else '-'}{digits[-4:]}"
    try:
        number = with_coordination.parse(written)
    except with_coordination.PersonnummerException:
        if not without_coordination.is_valid(written):
            return None
        born, is_coordination = without_coordination.get_birth_date(written), False
    else:
        born, is_coordination = number.get_date(), number.is_coordination_number()
    if born > date.today() and len(digits) == 10:
        # The libraries look at the year alone, so a date later this year is one of a hundred years ago.
        born = born.replace(year=born.year - 100, day=min(born.day, 28))
    return (born, is_coordination) if _OLDEST <= born <= date.today() else None


_FOUR = r"\d\d ?\d\d|\d{3}[ -]\d|\d \d \d \d"
_DATE = (
    r"\d{6}|\d{8}|\d{4} \d{4}|\d\d \d{6}|(?:\d\d)?\d\d(?P<between>[ ./:_-])\d\d(?P=between)\d\d"
    r"|\d\d(?P<pair>[ ./:_-])\d\d(?P=pair)\d\d(?P=pair)\d\d|\d{4} \d\d|\d \d(?: \d){4}(?: \d \d)?"
)
_DASHED = re.compile(rf"(?:{_DATE})(?:[ -]*[-+][ -]*|[/.:]-)(?:{_FOUR})")
_OPENING, _CLOSING = r"[(\[{<\"'¤]", r"[)\]}>\"'¤]"
_PARTED = re.compile(
    rf"(?:{_DATE})(?: |[.:_,;]| ?(?:[/|\\*=~]|{_OPENING}) ?)(?:{_FOUR})"
    rf"|(?:\d{{6}}|\d{{8}})(?:[,;] |{_CLOSING} ?-?{_OPENING}?)(?:{_FOUR})"
)
_EVEN = re.compile(
    r"\d\d([ ./:_,|-])\d\d(?:\1\d\d){3,4}|\d{4}([ ./:_-])\d{4}\2\d{4}|\d{3}([ .-])\d{3}\3(?:\d{4}|\d{3}\3\d{3})"
    r"|\d(?:([ ./:_,|-])\d)(?:\4\d)+"
)
# "8][5][0][7" and "8|5|-|1": each digit in a box of a form.
_BOX = re.compile(r"\]\[|\|")
_BOXED = re.compile(r"[0-9](?:(?:\]\[|\|)[0-9-])+")
_AROUND_MARK = re.compile(r" ([-./:_|]) |(?<=,) ")  # "85 - 03", "85, 03"
_SPACES = re.compile(r"[ \t]+")
_BREAK = re.compile(r" ?\n ?")


def _shape(written: str) -> Shape:
    if written.isdigit():
        return Shape.PLAIN if len(written) == 10 else Shape.LONG
    # The signs of bold, "**850709**-1234", are no part of it.
    written = _SPACES.sub(" ", written.replace("**", "").replace("__", ""))
    if _BOXED.fullmatch(written):
        return Shape.DASHED if _shape(_BOX.sub("", written)) is Shape.DASHED else Shape.PARTED
    if "\n" not in written:
        return _shape_of_line(written)
    # A break may stand where a space would, or in the middle of anything, with or without a hyphen.
    broken = _BREAK.sub("\n", written)
    readings = (broken.replace("\n", " "), broken.replace("\n", ""), broken.replace("-\n", "").replace("\n", ""))
    return max(Shape.PARTED if reading.isdigit() else _shape_of_line(_SPACES.sub(" ", reading)) for reading in readings)


def _shape_of_line(written: str, *, is_tight: bool = False) -> Shape:
    if _DASHED.fullmatch(written):
        return Shape.DASHED
    if _PARTED.fullmatch(written) or _EVEN.fullmatch(written):
        return Shape.PARTED
    # "19 - 85 - 03 - 12 - 1231"
    return Shape.SCATTERED if is_tight else _shape_of_line(_AROUND_MARK.sub(r"\1", written), is_tight=True)
