"""Finds names next to words for persons in a case. They are advice only, since no rule can tell names for sure."""

import re
from collections.abc import Iterator

from .context import Span, spans_of

WORDS_OF_PERSONS = (
    "brukaren",
    "klienten",
    "patienten",
    "misstänkt",
    "åtalad",
    "målsägande",
    "tilltalad",
    "vårdtagaren",
    "gärningsman",
    "huvudmannen",
    "den anhållne",
    "den häktade",
)
_NAME = r"[A-ZÅÄÖÉ][a-zåäöéü]{1,40}(?:-[A-ZÅÄÖ][a-zåäöé]{1,40})?"
_FULL = rf"{_NAME}(?: (?:von|af|de|van|al))?(?: {_NAME}){{1,2}}"
# "brukaren Anna", "den misstänkte, Karl Karlsson", "patienten heter Karl"
_AFTER = re.compile(
    r"[a-zåäö]{0,20}(?:,? | \(|: )"
    r"(?:(?:heter|är|hette|kallas|kallad|vid namn|med namnet|som heter|mannen|kvinnan)[ ,:]{1,2})?"
    rf"({_FULL}|{_NAME})(?![\wåäö-])"
)
# "Anna Karlsson är misstänkt"
_BEFORE = re.compile(rf"({_FULL})(?:,| är| var| som är| blev)? (?:den |som |en |också |nu )?\Z")
_ADJECTIVE = re.compile(r"(?:misstänkt|åtalad|tilltalad)(?:a|t)?(?![a-zåäö])")  # "misstänkta Brott" in a heading
NOT_NAMES = re.compile(
    r"(?:Vård|Omsorg|Social|Kommun|Region|Län|Land|Sverige|Svensk|Europ|Väst|Öst|Nord|Syd|Stor|God|Ja|Nej|Den|Det|De|Dessa|En|Ett|Om|När|Vid|Här"
    r"|Hur|Vad|Vem|Vi|Ni|Du|Jag|Så|Som|För|Till|Från|Efter|Under|Enligt|Med|Men|Och|Eller|Alla|Inga?|Lag|Stockholm|Göteborg|Malmö|Uppsala"
    r"|Polis|Brå|Skatte|Försäkring|Åklagar|Domstol|Hovrätt|Tingsrätt|Kammarrätt|Förvaltning|Stöd|Personlig|Individ|Familj|Barn|Äldre|Hälso"
    r"|Januari|Februari|Mars|April|Maj|Juni|Juli|Augusti|September|Oktober|November|December|Måndag|Tisdag|Onsdag|Torsdag|Fredag)"
    r"(?![a-zåäö]{0,2}\b(?<=Maja))"
)
_ENDS = re.compile(
    r".*(?:verket|verkets|styrelsen?s?|myndigheten?s?|rätten?s?|kassans?|nämnden?s?|bolaget|sjukhuset|gatan|vägen|kommun|region|stad|lagen"
    r"|rådet|inspektionen|förvaltningen?|enheten|kontoret|länet|kansliet|tjänsten?|vården|omsorgen|föreningen|stiftelsen|skolan|förbundet)\Z"
)
_FOLLOWED = re.compile(r"s? (?:kommun|region|stad|län|AB|HB|KB|tingsrätt|hovrätt|universitet|sjukhus)")


def names_of_persons(text: str, normal: str) -> Iterator[Span]:
    """Yields the spans of what seem to be names of persons next to such a word."""
    spans = set()
    for at, end in spans_of(WORDS_OF_PERSONS, normal):
        after = _AFTER.match(text, end)
        if after and _is_name(text, after) and not (_ADJECTIVE.match(normal, at) and " " not in after[1]):
            spans.add(after.span(1))
        else:
            begin = max(0, at - 60)
            before = _BEFORE.search(text[begin:at])
            if before and _is_name(text[begin:], before):
                spans.add((begin + before.start(1), begin + before.end(1)))
    yield from sorted(spans)


def _is_name(text: str, match: re.Match[str]) -> bool:
    if _FOLLOWED.match(text, match.end(1)):
        return False
    return not any(NOT_NAMES.match(word) or _ENDS.match(word) for word in match[1].split())
