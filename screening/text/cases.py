"""Finds numbers of cases and journals by the words beside them; those of diaries, courts and articles do not count."""

import re
from collections.abc import Iterator

from .context import Label, Span, label_of, spans_of

WORDS_OF_CASES = ("ärende", "journal", "patient", "brukar", "klient", "akt", "vårdtagar")
_NUMBER = (
    r"(?P<number>(?P<spaced>[0-9]{1,3}(?: [0-9]{3}){1,3}(?![0-9a-zåäö]))"
    r"|(?:[a-zåäö]{1,4}[ -]?)?[0-9][0-9a-z]{0,39}(?:[-/:.][0-9a-z]{1,40}){0,4})"
)
_LABELLED = re.compile(
    # ärendenummer 12345, journalnr: J-48213, patient-id 4711
    r"(?:ärende|journal|patient|brukar|klient|akt|vårdtagar)(?:e|en|ens|et|ets|s)?[ -]?"
    r"(?:nummer|numret|nr|no|id|id:t|beteckning|beteckningen|referens)(?![a-zåäö])"
    r"[ .:#=(\n\t-]{0,4}(?:(?:är|var|med|har|hade|fick|på|lyder)[ :]{1,2}){0,2}" + _NUMBER
)
# The singular only: a number beside the plural is a count.
_WORD = re.compile(
    r"(?:ärende(?:t|ts)?|journal(?:en|ens)?|patient(?:en|ens)?|brukare(?:n|ns)?|klient(?:en|ens)?|akt(?:en|ens)?"
    r"|vårdtagare(?:n|ns)?)(?![a-zåäö-])"
)
_BESIDE = re.compile(
    # patienten 4711-22, ärende (12345), brukaren med nummer 12345
    _WORD.pattern + r"[ ,:(#\n\t-]{1,3}"
    r"(?:(?:med|har|hade|är|i|journal|journalen|ärende|ärendet|akt|akten|vars|som|fick|löpande)[ ,:(]{1,2}){0,3}"
    r"(?P<label>(?:nummer|numret|nr|id|no|beteckning)(?![a-zåäö])[ .:#(]{0,3}(?:(?:är|var)[ :]{1,2})?)?" + _NUMBER
)
_DATE = re.compile(
    r"(?:19|20)[0-9]{2}(?:([-./]?)(?:0[1-9]|1[0-2])(?:\1(?:0[1-9]|[12][0-9]|3[01]))?)?"
    r"|[0-9]{1,2}[./][0-9]{1,2}(?:[./-][0-9]{2,4})?"
)
_SPAN_OF_YEARS = re.compile(r"(?:19|20)[0-9]{2}[-/](?:19|20)?[0-9]{2}")
# A diary number ("sn 2025/123", "s2025/00474", "5.3-12345/2025") or a court's: no finding, even beside "ärende".
_REFERENCE = re.compile(
    r"[a-zåäö]{1,4}[ -]?(?:19|20)[0-9]{2}/[0-9]+(?:[-.:][0-9]+)?"
    r"|[0-9]{1,2}(?:\.[0-9]{1,3})+-[0-9]+/(?:19|20)[0-9]{2}"
    r"|[a-zåäö]{1,2}[ ]?[0-9]{1,5}-[0-9]{2}"
)
# A board's diary number with a dash, "ärende sn-2025-123". Beside "patient" or "klient" it is the person's number.
_OF_BOARD = re.compile(r"(?:[a-zåäö]{0,3}n|ks|kf|rs|rf|skr|fi|ju|s)[ -]?(?:19|20)[0-9]{2}[:-][0-9]+(?:[-.:][0-9]+)?")
_SMALL_WORD = re.compile(
    r"(?:dnr|sfs|prop|kap|sid|s|kl|nr|no|p|del|fas|steg|nivå|om|i|på|år|och|av|à|ca|cirka) ?(?=[0-9])"
)
_PREFIX = re.compile(r"[a-zåäö]+")
_SERVICES = frozenset({"1177", "11313", "11414"})  # public phone numbers
# "kostnad per brukare: 450 000"
_COUNTED = re.compile(r"(?:per|varje|antal|antalet|av)[ \n]\Z")
# "antal nya brukare 1 245"
_COUNTED_NEAR = re.compile(
    r"(?<![a-zåäö])(?:antal(?:et)?|totalt|sammanlagt|summa|per|varje|snitt|genomsnitt)(?![a-zåäö])[^.\n]*\Z"
)
_MORE_FIGURES = re.compile(r"[ \t;|]{1,3}[0-9]")
# "nr 4711, patienten" and "12345 (ärende)"
_BEFORE = re.compile(
    r"(?<![a-zåäö0-9-])(?:(?P<label>(?:nummer|nr|id)[ .:]{1,3})(?P<number>[0-9][0-9a-z/-]{2,18})[ ,(]{1,3}"
    r"|(?P<bare>[0-9][0-9/-]{3,18}) \()\Z"
)
_UNITS = (
    "kr kronor sek tkr mkr mnkr % procent procentenheter st stycken år års årig månader veckor dagar dygn timmar tim"
    " minuter gånger personer kommuner regioner ärenden patienter brukare klienter journaler besök platser km m mil"
    " kg mg ml poäng av § kap miljoner miljarder tusen"
)
_NOT_ONE_AFTER = re.compile(rf"[ \t]?(?:{'|'.join(_UNITS.split())}|[0-9]{{3}}(?![0-9]))(?![a-zåäö])")


def case_numbers(normal: str) -> Iterator[Span]:
    """Yields the spans of numbers that are labelled as a case's, or stand right beside a word such as "ärende"."""
    spans = {_case_number_at(normal, at) for at, _ in spans_of(WORDS_OF_CASES, normal)}
    yield from sorted(span for span in spans if span)


def _case_number_at(normal: str, at: int) -> Span | None:
    if normal.startswith("akt", at) and normal[at - 1 : at].isalpha():
        return None  # kontaktnummer
    if match := _LABELLED.match(normal, at):
        span, labelled = match.span("number"), True
    elif normal[at - 1 : at].isalpha():
        return None  # a compound, such as vårdärende
    elif match := _BESIDE.match(normal, at):
        span, labelled = match.span("number"), bool(match["label"])
        if not labelled and (_COUNTED.search(normal, max(0, at - 12), at) or _is_count(normal, at, match)):
            return None
    elif _WORD.match(normal, at) and (match := _BEFORE.search(normal, max(0, at - 40), at)):
        labelled = match["label"] is not None
        span = match.span("number" if labelled else "bare")
    else:
        return None
    is_reference = normal.startswith(("ärende", "akt"), at) and _OF_BOARD.fullmatch(normal, *span)
    return span if not is_reference and _is_case_number(normal, *span, labelled=labelled) else None


def _is_count(normal: str, at: int, match: re.Match[str]) -> bool:
    """Whether a number in groups of three is a count or a cost, by the figures and words near it."""
    if not match["spaced"]:
        return False
    start, end = match.span("number")
    if _MORE_FIGURES.match(normal, end) or normal[start - 1] in "\t\n:":
        return True
    return _COUNTED_NEAR.search(normal, max(0, at - 40), at) is not None


def _is_case_number(normal: str, start: int, end: int, *, labelled: bool) -> bool:
    written = normal[start:end]
    if sum(map(str.isdigit, written)) < (3 if labelled else 4):
        return False
    prefix = _PREFIX.match(written)
    if written in _SERVICES or (prefix and label_of(prefix[0]) in (Label.OTHER, Label.PHONE)):
        return False
    if any(shape.fullmatch(written) for shape in (_REFERENCE, _DATE, _SPAN_OF_YEARS)) or _SMALL_WORD.match(written):
        return False
    return labelled or not _NOT_ONE_AFTER.match(normal, end)
