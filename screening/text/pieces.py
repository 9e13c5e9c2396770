"""Reads the pieces that a number may be told in: days and four digits, in digits, in words or spelled out."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

_UNITS = ("noll", "ett", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio")
_TEENS = ("tio", "elva", "tolv", "tretton", "fjorton", "femton", "sexton", "sjutton", "arton", "nitton")
_TENS = ("tjugo", "trettio", "fyrtio", "femtio", "sextio", "sjuttio", "åttio", "nittio")
_SPELLED = {word: number for number, word in enumerate((*_UNITS, *_TEENS))} | {
    f"{tens}{unit}": 10 * at + number
    for at, tens in enumerate(_TENS, 2)
    for number, unit in enumerate(("", *_UNITS[1:]))
}
_CENTURIES = {"artonhundra": 18, "nittonhundra": 19, "tjugohundra": 20, "tvåtusen": 20}
_ORDINALS = (
    *("första", "andra", "tredje", "fjärde", "femte", "sjätte", "sjunde", "åttonde", "nionde", "tionde", "elfte"),
    *("tolfte", "trettonde", "fjortonde", "femtonde", "sextonde", "sjuttonde", "artonde", "nittonde", "tjugonde"),
    *("tjugoförsta", "tjugoandra", "tjugotredje", "tjugofjärde", "tjugofemte", "tjugosjätte", "tjugosjunde"),
    *("tjugoåttonde", "tjugonionde", "trettionde", "trettioförsta"),
)
_MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_MONTH = (
    r"(?P<month>jan(?:uari)?|feb(?:ruari)?|mars?|apr(?:il)?|maj|juni?|juli?|aug(?:usti)?|sept?(?:ember)?|okt(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_DAY = rf"(?:(?P<day>[0-3]?[0-9])(?: ?:? ?[ae]\b|\.)?|(?P<ordinal>{_any(_ORDINALS)}))"
_YEAR = re.compile(
    rf"(?<![0-9])(?P<year>(?:1[89]|20)[0-9]{{2}})(?![0-9])|(?<=[ /.-])[-']?(?P<short>[0-9]{{2}})(?![0-9])"
    rf"|(?P<century>{_any(_CENTURIES)})(?P<rest>{_any(_SPELLED)})?\b"
)
# A day of a month; its year may stand beside it or further off.
_DAYS_OF_MONTHS = (
    re.compile(rf"(?<![0-9]){_DAY} {{0,2}}{_MONTH}"),
    re.compile(rf"(?<![a-zåäö]){_MONTH} (?P<day>[0-3]?[0-9])(?:st|nd|rd|th|:e)?(?![0-9])"),
    re.compile(rf"(?<![a-zåäö]){_MONTH}[^0-9\n]{{0,3}}(?:(?:1[89]|20)[0-9]{{2}})?, den {_DAY}"),
    re.compile(rf"(?<![0-9]){_DAY} i (?P<month>1?[0-9]):[ae] månaden"),
    re.compile(r"(?<![0-9])(?P<day>[0-3]?[0-9])(?P<mark>[./-]) ?(?P<month>[01]?[0-9])(?![0-9])"),
    re.compile(r"månad\W{0,3}(?P<month>[01]?[0-9])\W[^0-9]{0,12}dag\W{0,3}(?P<day>[0-3]?[0-9])(?![0-9])"),
    re.compile(r"dag\W{0,3}(?P<day>[0-3]?[0-9])\W[^0-9]{0,12}månad\W{0,3}(?P<month>[01]?[0-9])(?![0-9])"),
    re.compile(rf"(?<![0-9]){_DAY}(?: dagen)? i (?P<ordinal_month>{_any(_ORDINALS[:12])}) (?:månaden|(?=[0-9]))"),
    re.compile(r"(?<![0-9])(?P<month>[01][0-9])\t(?P<day>[0-3][0-9])(?=\t)"),
)
_IN_DIGITS = re.compile(
    r"(?<![0-9])(?:(?:[0-9]{2}){3,4}|(?:[0-9]{2})?[0-9]{2}(?P<mark>[-./ ])[0-9]{2}(?P=mark)[0-9]{2}"
    r"|(?:[0-9]{2} )?[0-9]{2} [0-9]{2} [0-9]{2}|[0-9](?: [0-9]){5}(?: [0-9] [0-9])?)(?![0-9])"
)
_FAR = 44  # characters between a day and its year, at most
_FOUR = re.compile(
    r"(?<![0-9])(?<![0-9][./:])(?:[0-9]{4}|[0-9]{2}[ -][0-9]{2}|[0-9](?:[ ,-]{1,2}[0-9]){3})(?![0-9]|[./:-][0-9])"
)
_THREE_AND_ONE = re.compile(
    r"(?<![0-9])([0-9]{3})(?![0-9])[^0-9]{1,12}(?:kontrollsiffra|sista)[^0-9]{1,6}([0-9])(?![0-9])"
)
_SPELLED_FOUR = re.compile(
    rf"(?<![a-zåäö])(?<!sista )(?:{_any(_SPELLED)})(?:[ ,-]{{1,2}}(?:{_any(_SPELLED)})){{1,3}}(?![a-zåäö])"
)
_SPELLED_WORD = re.compile(_any(_SPELLED))


class Piece(NamedTuple):
    """A part of a number: where it begins and ends, and its digits."""

    start: int
    end: int
    digits: str


def has_four(normal: str, low: int, high: int) -> bool:
    """Whether four digits, or four spelled out, stand between two places."""
    return any(pattern.search(normal, low, high) for pattern in (_FOUR, _SPELLED_FOUR, _THREE_AND_ONE))


def fours(normal: str, low: int, high: int) -> Iterator[Piece]:
    """What may be the last four digits."""
    for found in _FOUR.finditer(normal, low, high):
        yield Piece(*found.span(), _digits(found[0]))
    for found in _THREE_AND_ONE.finditer(normal, low, high):
        yield Piece(*found.span(), found[1] + found[2])
    for found in _SPELLED_FOUR.finditer(normal, low, high):
        digits = "".join(str(_SPELLED[word]) for word in _SPELLED_WORD.findall(found[0]))
        if len(digits) == 4:
            yield Piece(*found.span(), digits)


def days(normal: str, low: int, high: int) -> Iterator[Piece]:
    """The days, with six or eight digits; those in words with each year that stands near by."""
    for found in _IN_DIGITS.finditer(normal, low, high):
        yield Piece(*found.span(), _digits(found[0]))
    years = [Piece(*found.span(), _year(found)) for found in _YEAR.finditer(normal, low, high)]
    for pattern in _DAYS_OF_MONTHS:
        for found in pattern.finditer(normal, low, high):
            if day := _day_of_month(found):
                yield from _with_years(Piece(*found.span(), day), years)


def _with_years(day: Piece, years: list[Piece]) -> Iterator[Piece]:
    """A day of a month with the year that stands right beside it, else with each that stands further off."""
    gaps = [(max(year.start - day.end, day.start - year.end), year) for year in years]
    whole = [year for gap, year in gaps if (0 <= gap <= 3) or (gap < 0 and len(year.digits) == 4)]
    for year in whole:
        yield Piece(min(day.start, year.start), max(day.end, year.end), year.digits + day.digits)
    for gap, year in gaps if not whole else ():
        if 0 < gap <= _FAR and len(year.digits) == 4:
            yield Piece(day.start, day.end, year.digits + day.digits)


def _day_of_month(found: re.Match[str]) -> str:
    parts = found.groupdict()
    day = parts["day"]
    month = parts.get("month") or str(_ORDINALS.index(parts["ordinal_month"]) + 1)
    number = int(month) if month.isdigit() else _MONTHS.index(month[:3]) + 1
    count = int(day) if day else _ORDINALS.index(parts["ordinal"]) + 1
    return f"{number:02}{count:02}" if 1 <= number <= 12 and 1 <= count <= 31 else ""


def _year(found: re.Match[str]) -> str:
    if found["century"]:
        return f"{_CENTURIES[found['century']]}{_SPELLED.get(found['rest'] or 'noll', 0):02}"
    return str(found["year"] or found["short"])


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))
