"""Finds organisationsnummer by their shape, or by the word in front of them."""

import re
from collections.abc import Iterator

from stdnum.se import orgnr

from .context import Label, Span, labels_beside, spans_of
from .numbers import sums_up
from .rows import has_figures_beside

# NNNNNN-NNNN whose third digit is two or more, so that it is no date; the first tells the legal form.
# The search starts from the dash, which is rare, and looks back.
_SIX = "[1-35-9][0-9][2-9][0-9]{3}"
_DASHED = re.compile(rf"-(?:(?<={_SIX}-)|(?<={_SIX} -))[ \t]{{0,2}}\n?[ \t]{{0,2}}[0-9]{{4}}(?![0-9])")
_SIXTEEN = re.compile(r"(?<![0-9])16\Z")
_VAT = re.compile(r"[1-35-9](?<![0-9]{2})(?:(?<=se[0-9])|(?<=se [0-9]))[0-9]{5}[ -]?[0-9]{4}(?=[ -]?01(?![0-9]))")
_SIXTEEN_AND_TEN = re.compile(r"1(?<![0-9]{2})6([1-35-9][0-9][2-9][0-9]{7})(?![0-9])")
_LABELS = ("org", "vat", "moms")
_LABELLED = re.compile(
    r"(?:org(?:anisations?)?\.?[ -]{0,3}\n?(?:nummer|numret|nummr|nr|no|id)[a-zåäö]{0,20}+(?:[0-9](?![0-9]))?"
    r"|org(?=[0-9])|vat(?:[ -]?(?:nummer|nr|no|id))?(?![a-zåäö])"
    r"|moms(?:registrerings?|reg)?\.?[ -]{0,2}(?:nummer|numret|nr)[a-zåäö]{0,20}+)"
    # No character is both in a word and between two, or a row of them could be read in millions of ways.
    r"[^0-9a-zåäö]{0,6}+(?:[a-zåäö]{1,40}+[^0-9a-zåäö]{1,4}+){0,7}(?:se[ -]?)?(?:16(?=[0-9]{6}[ -]?[0-9]{4}(?![0-9])))?"
    r"([1-35-9](?:[ \t./_|-]{0,3}\n?[0-9]){9})(?=(?:[ -]?01)?(?![0-9]))"
)
_AFTER = re.compile(r"[ (,]{1,3}(?:org|vat)")
# Ten digits in a row, or with a space: "bolaget 5560360793", "Omsorg AB (556036 0793)". A tenth of all such have a
# valid checksum, so those in a row need a word in front, and the others must start as companies' numbers do.
_TEN = re.compile(
    r"[1-35-9](?<![0-9]{2})[0-9](?:[2-9][0-9]{3}[ _.]{0,2}[0-9]{4}| [2-9][0-9](?: [0-9]{2}){3}"
    r"|[2-9] [0-9]{3}[ -][0-9]{4})(?![0-9])"
)
_SPACED = re.compile(r"[0-9]{6} [0-9]{4}")
_PEPPOL = re.compile(r"(?<![0-9])0007:([1-35-9][0-9][2-9][0-9]{7})(?![0-9])")  # ISO 6523
_COMPANY_BEFORE = re.compile(
    r"(?<![a-zåäö])(?:\w*bolag(?:et|ets|en)?|\w*företag(?:et|ets|en)?|firma[ns]?|koncern(?:en)?|leverantör(?:en|ens)?"
    r"|utförare(?:n|ns)?|\w*stiftelse(?:n|ns)?|\w*förening(?:en|ens)?|\w*samfund(?:et)?|uppdragstagare(?:n|ns)?|\w*anordnare(?:n|ns)?"
    r"|juridiska? person(?:en)?|entreprenör(?:en)?|arbetsgivare(?:n)?|ab|hb|kb)"
    r"[ ,:(;\t]{1,3}(?:(?:med|som|har|är|nr|nummer|numret)[ .:]{1,2}){0,2}\Z"
)
_USUAL = re.compile(r"5[569]|80|7[126]|85|9[16]|[23]5")
# A month, as in the period "202501-2512".
_MONTHS = re.compile(r"20[0-4][0-9](?:0[1-9]|1[0-2])")
# Kommuner, regioner and the state have a series each, by the first six digits (Skatteverket, SKV 709), so that a new
# authority needs no line here. Their numbers may stand in public.
_PUBLIC_SERIES = frozenset(
    {
        "202100",  # authorities of the state
        "212000",  # kommuner
        "232100",  # regioner
    }
)
# Others that take part in the work against welfare crime as public actors.
_PUBLIC_BODIES = frozenset(
    {
        "2220000315",  # Sveriges Kommuner och Regioner
    }
)
_IN_CHAIN = re.compile(r"[0-9a-f][0-9a-f-]*-\Z")


def organisation_numbers(normal: str) -> Iterator[Span]:
    """Yields the spans of organisationsnummer, except those of public bodies."""
    for span in sorted({*_dashed(normal), *_labelled(normal), *_undashed(normal)}):
        digits = _digits(normal, *span)
        if orgnr.is_valid(digits) and digits[:6] not in _PUBLIC_SERIES and digits not in _PUBLIC_BODIES:
            yield span


def _dashed(normal: str) -> Iterator[Span]:
    for match in _DASHED.finditer(normal):
        end = match.end()
        start = match.start() - (7 if normal[match.start() - 1] == " " else 6)
        before = normal[max(0, start - 12) : start]
        if before[-1:].isdigit() and not _SIXTEEN.search(before):
            continue  # the end of a longer number
        if _IN_CHAIN.search(before) or normal[end : end + 1].isalnum() or _MONTHS.match(normal, start):
            continue
        if not orgnr.is_valid(_digits(normal, start, end)):
            continue
        if not _is_other_number(normal, start, end):
            yield start, end


def _labelled(normal: str) -> Iterator[Span]:
    for match in _VAT.finditer(normal):
        yield match.span()
    for match in _PEPPOL.finditer(normal):
        yield match.span(1)
    for match in _SIXTEEN_AND_TEN.finditer(normal):
        yield match.span(1)
    for at, _ in spans_of(_LABELS, normal):
        labelled = None if normal[at - 1 : at].isalpha() else _LABELLED.match(normal, at)
        if (
            labelled
            and _digits(normal, *labelled.span(1))[2] >= "2"
            and not _is_other_number(normal, *labelled.span(1))
        ):
            yield labelled.span(1)


def _undashed(normal: str) -> Iterator[Span]:
    for match in _TEN.finditer(normal):
        start, end = match.span()
        if not sums_up(_digits(normal, start, end)):
            continue
        named = _COMPANY_BEFORE.search(normal[max(0, start - 48) : start])
        usual = (
            _SPACED.fullmatch(normal, start, end)
            and _USUAL.match(normal, start)
            and not has_figures_beside(normal, start, end)
        )
        if named or (usual and not labels_beside(normal, start, end).says_other):
            yield start, end


def _is_other_number(normal: str, start: int, end: int) -> bool:
    """Whether the word beside it says that it is a phone number, an OCR number or the like."""
    labels = labels_beside(normal, start, end)
    return labels.adjacent and labels.nearest in (Label.OTHER, Label.PHONE)


def _digits(normal: str, start: int, end: int) -> str:
    return "".join(filter(str.isdigit, normal[start:end]))
