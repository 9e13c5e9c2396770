"""Numbers of cases and journals beside words of a case; a diary, court case or article number is none."""

import re
from collections.abc import Iterator

Span = tuple[int, int]

# Found at the speed of C; what follows is read at each.
_STEMS = ("ärende", "journal", "patient", "brukar", "klient", "akt", "vårdtagar")
_NUMBER = r"(?P<number>(?:[a-zåäö]{1,4}[ -]?)?[0-9][0-9a-z]*(?:[-/:.][0-9a-z]+){0,4})"
_LABELLED = re.compile(
    # ärendenummer 12345, journalnr: J-48213, patient-id 4711
    r"(?:ärende|journal|patient|brukar|klient|akt|vårdtagar)(?:e|en|ens|et|ets|s)?[ -]?"
    r"(?:nummer|numret|nr|no|id|id:t|beteckning|beteckningen|referens)(?![a-zåäö])"
    r"[ .:#=(\n\t-]{0,4}(?:(?:är|var|med|har|på|lyder)[ :]{1,2}){0,2}" + _NUMBER
)
_BESIDE = re.compile(
    # patienten 4711-22, ärende (12345), brukaren med nummer 12345; the singular, since the plural is counted
    r"(?:ärende(?:t|ts)?|journal(?:en|ens)?|patient(?:en|ens)?|brukare(?:n|ns)?|klient(?:en|ens)?|akt(?:en|ens)?"
    r"|vårdtagare(?:n|ns)?)(?![a-zåäö-])"
    r"[ ,:(#\n\t-]{1,3}"
    r"(?:(?:med|har|är|i|och|journal|journalen|ärende|ärendet|akt|akten|vars|som|fick|löpande)[ ,:(]{1,2}){0,3}"
    r"(?P<label>(?:nummer|numret|nr|id|no|beteckning)(?![a-zåäö])[ .:#(]{0,3}(?:(?:är|var)[ :]{1,2})?)?" + _NUMBER
)
_DATE = re.compile(
    r"(?:19|20)[0-9]{2}(?:[-./]?(?:0[1-9]|1[0-2])(?:[-./]?[0-3][0-9])?)?|[0-9]{1,2}[./][0-9]{1,2}(?:[./-][0-9]{2,4})?"
)
_SPAN_OF_YEARS = re.compile(r"(?:19|20)[0-9]{2}[-/](?:19|20)?[0-9]{2}")
# A board's diary number, "sn 2025/123", "s2025/00474", "5.3-12345/2025", or a statute, "2001:453": references.
_REFERENCE = re.compile(
    r"[a-zåäö]{1,4}[ -]?(?:19|20)[0-9]{2}[/:-][0-9]+(?:[-.:][0-9]+)?"
    r"|[0-9]{1,2}(?:\.[0-9]{1,3})+-[0-9]+/(?:19|20)[0-9]{2}"
    r"|(?:19|20)[0-9]{2}:[0-9]{1,4}|[a-zåäö]{1,2}[ ]?[0-9]{1,5}-[0-9]{2}"
)
_WORD_OF_REFERENCE = re.compile(
    r"(?:dnr|diarienr|sfs|mål|prop|art|artikel|lag|kap|sid|s|kl|nr|no|p|del|fas|steg|nivå|punkt|och|om|i|på|år)"
    r"[ -]?(?=[0-9])"
)
_UNITS = (
    "kr kronor sek tkr mkr mnkr % procent procentenheter st stycken år års årig månader veckor dagar dygn timmar tim"
    " minuter gånger personer kommuner regioner ärenden patienter brukare klienter journaler besök platser km m mil"
    " kg mg ml poäng av § kap miljoner miljarder tusen"
)
_NOT_ONE_AFTER = re.compile(rf"[ \t]?(?:{'|'.join(_UNITS.split())}|[0-9]{{3}}(?![0-9]))(?![a-zåäö])")


def case_numbers(normal: str) -> Iterator[Span]:
    """Where numbers stand that are labelled as those of a case, or stand right beside a word of one."""
    spans = set()
    for stem in _STEMS:
        at = normal.find(stem)
        while at >= 0:
            span = _at(normal, at)
            if span:
                spans.add(span)
            at = normal.find(stem, at + len(stem))
    yield from sorted(spans)


def _at(normal: str, at: int) -> Span | None:
    if match := _LABELLED.match(normal, at):
        span = match.span("number")
        is_one = _is_case_number(normal, *span, least=3, labelled=True)
    elif (match := _BESIDE.match(normal, at)) and not normal[at - 1 : at].isalpha():
        span = match.span("number")
        is_one = _is_case_number(normal, *span, least=3 if match["label"] else 4, labelled=bool(match["label"]))
    else:
        return None
    return span if is_one else None


def _is_case_number(normal: str, start: int, end: int, *, least: int, labelled: bool) -> bool:
    written = normal[start:end]
    if sum(map(str.isdigit, written)) < least:
        return False
    if _WORD_OF_REFERENCE.match(written) or _REFERENCE.fullmatch(written):
        return False
    if _DATE.fullmatch(written) or _SPAN_OF_YEARS.fullmatch(written):
        return False
    return labelled or not _NOT_ONE_AFTER.match(normal, end)
