"""Finds numbers that are told in two pieces: a day of birth, in digits or words, and elsewhere the last four."""

import re
from collections.abc import Iterator
from itertools import product

from .context import spans_of
from .numbers import Candidate, Shape, checked, sums_up

WORDS_OF_LAST_FOUR = (
    "sista",
    "sist",
    "siffr",
    "fyra",
    "slut",
    "kontrolln",
    "ändelse",
    "födelsenum",
    "individn",
    "följ",
)
_BEFORE, _AFTER = 130, 150  # characters around such a word in which both pieces stand
# "de fyra sista", "sista 4", "slutsiffrorna", "nr sist", "numret slutar på", "med ändelsen", "följt av".
_LAST_FOUR = re.compile(
    r"(?:fyra|4) (?:sista|avslutande|siffror)|sista (?:fyra|4|del|siff|i (?:pers|nummer|numret))|sista\W{1,3}[0-9]{4}"
    r"|(?:slut|kontroll|avslutnings|sist)-?(?:siff|n[ur])|(?:nr|nummer|numret|siffrorn?a?|pnr) ?(?:är )?(?:sist|slut)"
    r"|slutar|avslutas|slutet|ändelse|födelsenum|individn|(?:de|dom) fyra\b|siffrorna|följ[ts] av|följande (?:fyra|sif)"
)
_PLAINLY = re.compile(r"sist|slutsiff|kontroll")
_OF_BIRTH = re.compile(
    r"(?<![a-zåäö])(?:född|fött|föddes|födelse|f\.|pers(?:on)?[ .-]?n|person|p[ .-]?n[ru]|samordn|birth|fyller|fyllde)"
)
# The last four of something else: "de fyra sista i kontonumret".
_OF_OTHER = re.compile(
    r"(?:konto|kort|ocr|faktur|telefon|mobil|referens|order|kund|dnr|diarie|giro|iban|regist|serie|post|org|art|ärende"
    r"|mål|lås|port|pin)[a-zåäö]*"
)
_MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_MONTH = (
    r"(?P<month>jan(?:uari)?|feb(?:ruari)?|mars?|apr(?:il)?|maj|juni?|juli?|aug(?:usti)?|sept?(?:ember)?|okt(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
_ORDINALS = [
    *("första", "andra", "tredje", "fjärde", "femte", "sjätte", "sjunde", "åttonde", "nionde", "tionde", "elfte"),
    *("tolfte", "trettonde", "fjortonde", "femtonde", "sextonde", "sjuttonde", "artonde", "nittonde", "tjugonde"),
    *("tjugoförsta", "tjugoandra", "tjugotredje", "tjugofjärde", "tjugofemte", "tjugosjätte", "tjugosjunde"),
    *("tjugoåttonde", "tjugonionde", "trettionde", "trettioförsta"),
]
_YEAR = r"(?P<year>(?:1[89]|20)[0-9]{2}|[-']?[0-9]{2})"
# "12 mars 1985", "12:e mars -85", "tolfte mars 1985", "mars 12, 1985", "1985 den 12 mars"
_DAY = rf"(?P<day>[0-3]?[0-9])(?: ?:? ?[ae]\b|\.)?|(?P<ordinal>{'|'.join(sorted(_ORDINALS, key=len, reverse=True))})"
_IN_WORDS = (
    re.compile(rf"(?<![0-9])(?:{_DAY}) {{0,2}}{_MONTH}[ ,]{{0,3}}(?:år )?{_YEAR}(?![0-9])"),
    re.compile(rf"(?<![a-zåäö]){_MONTH} (?P<day>[0-3]?[0-9])(?:st|nd|rd|th|:e)?,? {{0,2}}{_YEAR}(?![0-9])"),
    re.compile(rf"(?<![0-9]){_YEAR}[ ,]{{1,3}}(?:den )?(?:{_DAY}) {{0,2}}{_MONTH}"),
    # "30/11 1947", "30.11.1947", "12/3-85"
    re.compile(
        rf"(?<![0-9])(?P<day>[0-3]?[0-9])(?P<mark>[./-]) ?(?P<month>[01]?[0-9])(?:(?P=mark)| ?-|,? ) ?{_YEAR}(?![0-9])"
    ),
)
_IN_DIGITS = re.compile(
    r"(?<![0-9])(?:(?:[0-9]{2}){3,4}|(?:[0-9]{2})?[0-9]{2}(?P<mark>[-./ ])[0-9]{2}(?P=mark)[0-9]{2}"
    r"|(?:[0-9]{2} )?[0-9]{2} [0-9]{2} [0-9]{2}|[0-9](?: [0-9]){5}(?: [0-9] [0-9])?)(?![0-9])"
)
_FOUR = re.compile(r"(?<![0-9])(?:[0-9]{4}|[0-9]{2}[ -][0-9]{2}|[0-9](?:[ -][0-9]){3})(?![0-9]|[./:][0-9])")
_NOT_FOUR_AFTER = re.compile(r" ?(?:kr|kronor|%|timmar|st|personer|tkr|sek)\b")

Piece = tuple[int, int, str]  # where it begins and ends, and its digits


def told_in_pieces(normal: str) -> Iterator[Candidate]:
    """Yields the numbers whose last four digits stand apart, each from its first digit to its last."""
    told: set[tuple[int, int]] = set()
    for at, _ in spans_of(WORDS_OF_LAST_FOUR, normal):
        low, high = max(0, at - _BEFORE), at + _AFTER
        word = _LAST_FOUR.search(normal, max(0, at - 12), at + 24)
        if not word or not _FOUR.search(normal, max(low, at - 45), high):
            continue
        for number in _told_beside(normal, word, low, high):
            if (number.start, number.end) not in told:
                told.add((number.start, number.end))
                yield number


def _told_beside(normal: str, word: re.Match[str], low: int, high: int) -> Iterator[Candidate]:
    days = list(_days(normal, low, high))
    for (start, end, four), (day_start, day_end, day) in product(_fours(normal, word), days):
        if start < day_end and day_start < end:
            continue  # the year of the day
        for digits, is_coordination in _as_numbers(day + four, normal[low:high]):
            valid = checked(digits)
            if valid and _is_said(normal, word, (day_start, day_end), low, high):
                span = min(day_start, start), max(day_end, end)
                yield Candidate(*span, digits, valid[0], Shape.DASHED, is_coordination or valid[1])


def _as_numbers(digits: str, around: str) -> Iterator[tuple[str, bool]]:
    """The digits, and with 60 added to the day where a samordningsnummer is spoken of."""
    if sums_up(digits):
        yield digits, False
    if "samordn" in around and digits[-6] in "0123":
        added = f"{digits[:-6]}{int(digits[-6]) + 6}{digits[-5:]}"
        if sums_up(added):
            yield added, True


def _is_said(normal: str, word: re.Match[str], day: tuple[int, int], low: int, high: int) -> bool:
    """Whether the words make it a person's: the day is one of birth, or the last four of nothing else are told."""

    def stands_near(pattern: re.Pattern[str], start: int, end: int) -> bool:
        return pattern.search(normal, max(low, start - 40), min(high, end + 30)) is not None

    if stands_near(_OF_BIRTH, *day) or stands_near(_OF_BIRTH, *word.span()):
        return True
    is_near = max(word.start() - day[1], day[0] - word.end()) <= 60
    return is_near and _PLAINLY.search(word[0]) is not None and not stands_near(_OF_OTHER, *word.span())


def _fours(normal: str, word: re.Match[str]) -> Iterator[Piece]:
    """The four digits nearest behind the word, and those nearest in front of it."""
    behind = _FOUR.search(normal, word.start(), word.end() + 50)
    if behind and not _NOT_FOUR_AFTER.match(normal, behind.end()):
        yield *behind.span(), _digits(behind[0])
    for before in list(_FOUR.finditer(normal, max(0, word.start() - 30), word.start()))[-1:]:
        yield *before.span(), _digits(before[0])


def _days(normal: str, low: int, high: int) -> Iterator[Piece]:
    """The days that stand between two places, with their six or eight digits."""
    for pattern in _IN_WORDS:
        for found in pattern.finditer(normal, low, high):
            parts = found.groupdict()
            month = parts["month"]
            number = int(month) if month.isdigit() else _MONTHS.index(month[:3]) + 1
            day = int(parts["day"]) if parts.get("day") else _ORDINALS.index(parts["ordinal"]) + 1
            yield *found.span(), f"{_digits(parts['year'])}{number:02}{day:02}"
    for found in _IN_DIGITS.finditer(normal, low, high):
        yield *found.span(), _digits(found[0])


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))
