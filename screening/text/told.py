"""Finds numbers that are told in pieces: a day of birth, in digits or words, and elsewhere the last four."""

import re
from collections.abc import Iterator
from itertools import product

from .columns import Columns
from .context import Span, spans_of
from .numbers import Candidate, Shape, checked, sums_up
from .pieces import Piece, days, fours, has_four

# Where pieces may stand near by; the patterns below then tell.
WORDS_OF_PIECES = (
    *(
        "född",
        "fött",
        "föds ",
        "födel",
        "fyller",
        "världen",
        "pnr",
        "personn",
        "samordningsn",
        "f. ",
        "ååmmdd",
        " f ",
        " f:",
        "fdat",
        "fodel",
    ),
    *("sista", "sist", "siffr", "fyra", "slut", "kontrolln", "ändelse", "individn", "följ"),
)
_SIGNS_OF_PIECES = ("samt -", "och -", "plus -", ", -", "¤ -", "(-", "¤-")
_BEFORE, _AFTER = 140, 160  # characters around such a word in which both pieces stand
_OF_BIRTH = re.compile(
    r"(?<![a-zåäö])(?:fodel|född\b|fött\b|föddes|föds|födelse|födda den|f[.:]? ?(?=[0-9])|f\. |fdat|personn[ru]|personb"
    r"|p[ .-]?nr|samordningsn|kom till världen|fyller|fyllde|ååmmdd|ååååmmdd|yymmdd)"
)
# "de fyra sista", "sista 4", "slutsiffrorna", "nr sist", "numret slutar på", "med ändelsen", "följt av".
_OF_LAST_FOUR = re.compile(
    r"(?:fyra|4)[ -]?(?:sista|avslutande|siffr)|sista|(?<![a-zåäö])sist\b|(?:slut|kontroll|sist)-?(?:siff|n[ur])|avslut"
    r"|(?<![a-zåäö])(?:slutar|slutet|slut)\b|ändelse|födelsen|individn|löpn|(?:de|dom) fyra\b|siffrorna (?:är|var|läs)"
    r"|följ[ts]|följande|(?:och|,) (?:så|sen|sedan)\b|därefter|efter strecket|bindestreck|rest(?:en|erande)|personn[ru]"
)
_PLAINLY = re.compile(
    r"(?:fyra|4)[ -](?:sista|avslutande)|sista (?:fyra|4|siff)|avslutande (?:fyra|4|siff)|n[ru]\w* sist|[0-9] sist\b"
    r"|(?:slut|kontroll)siff|sist[ :,]{1,2}-?[0-9]|slut(?:ar|et)?[ :]{1,2}(?:på |med )?-?[0-9]{4}(?![0-9-])"
    r"|efter strecket|individn|slutet på (?:person)?num|sista[ :]{1,2}[0-9]{4}(?![0-9-])|[0-9]{4} i slutet"
)
_OF_PERSON = re.compile(
    r"(?<![a-zåäö])(?:patient|brukar|klient|sökande|mannen|kvinnan|hon|han|hans|hennes|personen|pojken|flickan|sonen|dottern"
    r"|mamman|pappan|modern|fadern|maken|makan|barnet|eleven|vårdtagar|den enskilde)(?:[a-zåäö]{0,3})\b"
)
# The last four of something else: "de fyra sista i kontonumret".
_OF_OTHER = re.compile(
    r"konto|ocr|faktur|telefon|mobil|referens|order|kundn|dnr|diarie|giro|iban|registrerings"
    r"|serie|postn|orgn|organisationsn|artikel|port|pin|kod|ärenden|måln|larm"
)
_OF_CARD = re.compile(r"(?<![a-zåäö])kort(?:et|n)")
# Headings of two columns: "Född" and "Sista fyra", "Sista4".
_BIRTH_HEADING = re.compile(r"f[öo]d(?:d|el|sel)|fdat|personn[ru]|person-?id|pnr|ååmmdd|yymmdd")
_FOUR_HEADING = re.compile(r"sista?(?![a-zåäö])|fyra|slut(?:siff|n[ru])|kontroll(?:siff|n[ru])|(?<![a-zåäö])4(?![0-9])")
_RIGHT_BEFORE = re.compile(r"(?:sista?|fyra|slut[a-z]*|siffr[a-z]*|ändelsen?|med|på|är|var|nr)[ :]{1,2}-?\Z")
_OF_COUNTS = re.compile(
    r"(?:kl|klockan|år|sedan|antal[a-z]*|totalt|summa|belopp|rum|box|för|på|cirka|ca|om)[ .:]{1,2}\Z"
)
_SENTENCE_END = re.compile(r"[.;!?]\s|\n")
_SET_OFF = re.compile(r"(?:^|[^0-9]{2}|[x*¤.]-?)- ?\Z")  # "xxxxxx-9805", "… -9805"
_COUNTED = re.compile(r"[,.][0-9]|[ -]?(?:kr|kronor|%|procent|tkr|sek|timmar|st)\b")
_NOUN = re.compile(
    r" (?!(?:som|är|och|sist[a]?|på|i|enligt|eller|står|de|slut|slutet|av|har|hör|bor|med|för|samt|vid|till|från|när"
    r"|men|om|efter|före|finns|stämmer|gäller|i slutet)\b)[a-zåäö]{3,}"
)


def told_in_pieces(normal: str, columns: Columns) -> Iterator[Candidate]:
    """Yields the numbers whose last four digits stand apart, each from its first digit to its last."""
    told: set[Span] = set()
    for number in _told_in_columns(normal, columns):
        told.add((number.start, number.end))
        yield number
    for at, _ in spans_of((*WORDS_OF_PIECES, *_SIGNS_OF_PIECES), normal):
        low, high = max(0, at - _BEFORE), min(at + _AFTER, len(normal))
        if not has_four(normal, low, high):
            continue
        for number in _told_between(normal, low, high):
            if (number.start, number.end) not in told:
                told.add((number.start, number.end))
                yield number


def _told_in_columns(normal: str, columns: Columns) -> Iterator[Candidate]:
    """Numbers in the rows of a table that has a column for the day of birth and one for the last four."""
    if not (_BIRTH_HEADING.search(normal) and _FOUR_HEADING.search(normal)):
        return
    for heading, low, high in columns.rows():
        if not (_BIRTH_HEADING.search(heading) and _FOUR_HEADING.search(heading)):
            continue
        lasts = [four for four in fours(normal, low, high) if _is_under(columns, _FOUR_HEADING, four)]
        born = [day for day in days(normal, low, high) if _is_under(columns, _BIRTH_HEADING, day)] if lasts else ()
        for day, four in product(born, lasts):
            yield from _as_candidates(normal, day, four, heading)


def _is_under(columns: Columns, heading: re.Pattern[str], piece: Piece) -> bool:
    return heading.search(columns.heading_cell(piece.start, piece.end)) is not None


def _as_candidates(normal: str, day: Piece, four: Piece, around: str) -> Iterator[Candidate]:
    """What a day and four digits are together, if they are the number of a person."""
    if four.start < day.end and day.start < four.end:
        return  # the year of the day
    for digits, is_coordination in _as_numbers(day.digits + four.digits, around):
        if valid := checked(digits):
            span = min(day.start, four.start), max(day.end, four.end)
            yield Candidate(*span, digits, valid[0], Shape.DASHED, is_coordination or valid[1])


def _told_between(normal: str, low: int, high: int) -> Iterator[Candidate]:
    lasts = [four for four in fours(normal, low, high) if not _COUNTED.match(normal, four.end)]
    if not lasts:
        return
    for day, four in product(days(normal, low, high), lasts):
        for number in _as_candidates(normal, day, four, normal[low:high]):
            if _is_said(normal, day, four, low, high):
                yield number


def _as_numbers(digits: str, around: str) -> Iterator[tuple[str, bool]]:
    """The digits, and with 60 added to the day where a samordningsnummer is spoken of."""
    if sums_up(digits):
        yield digits, False
    if "samordningsn" in around and digits[-6] in "0123":
        added = f"{digits[:-6]}{int(digits[-6]) + 6}{digits[-5:]}"
        if sums_up(added):
            yield added, True


def _is_said(normal: str, day: Piece, four: Piece, low: int, high: int) -> bool:
    """Whether the words make them a person's: the day is one of birth, or the four are said to be the last ones."""

    def near(pattern: re.Pattern[str], piece: Piece, before: int = 40, after: int = 30) -> bool:
        return pattern.search(normal, max(low, piece.start - before), min(high, piece.end + after)) is not None

    gap = max(four.start - day.end, day.start - four.end)
    sentence = _SENTENCE_END.split(normal[max(low, four.start - 30) : four.start])[-1]
    rest = _SENTENCE_END.split(normal[four.end : min(high, four.end + 24)])[0]
    if _OF_OTHER.search(f"{sentence} {rest}"):
        return False
    if _OF_CARD.search(f"{sentence} {rest}") and not near(_OF_BIRTH, day, 24, 0):
        return False
    is_set_off = _SET_OFF.search(normal, max(low, four.start - 4), four.start) is not None
    is_last = _RIGHT_BEFORE.search(normal, max(low, four.start - 24), four.start) is not None
    if not is_last and _NOUN.match(normal, four.end):
        return False  # "1953 sidvisningar"
    if near(_OF_BIRTH, day, 90, 40) or near(_OF_BIRTH, four, 40, 24):
        is_bare = (
            gap <= 70
            and near(_OF_BIRTH, day, 30, 24)
            and not _OF_COUNTS.search(normal, max(low, four.start - 24), four.start)
        )
        return is_set_off or is_bare or near(_OF_LAST_FOUR, four, 46, 30)
    if near(_OF_PERSON, day, 60, 30) and gap <= 70 and (is_set_off or near(_OF_LAST_FOUR, four, 40, 24)):
        return True
    return (near(_PLAINLY, four) and gap <= 80) or (is_set_off and 0 <= four.start - day.end <= 8)
