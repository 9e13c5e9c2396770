"""Screens one text with all the rules."""

import re
from collections.abc import Iterator
from itertools import islice

from ..findings import CLEAN, Finding, Kind, Screening
from .cases import WORDS_OF_CASES, case_numbers
from .masking import excerpt, initials
from .normalising import readable
from .organisations import organisation_numbers
from .people import WORDS_OF_PERSONS, names_of_persons
from .personal_numbers import personal_numbers
from .told import WORDS_OF_PIECES

# Findings of one kind in a text; an editor needs no more, so the rest are not looked up.
MOST = 200

Found = tuple[int, int, Kind]

# Seven digits and such a word may be a number: "12 mars 85, sista 1231".
_WORDS = (*WORDS_OF_CASES, *WORDS_OF_PERSONS, *WORDS_OF_PIECES)
# Ten digits, as in the shortest number of a person or an organisation, or a word that another rule needs. Most
# cells of a sheet have neither and are clean at once. The digits need not stand on one line.
_MAY_HOLD = re.compile(rf"[0-9](?:[^0-9]*+[0-9]){{9}}|{'|'.join(map(re.escape, _WORDS))}")


def screen_text(text: str, *, where: str = "", context: str = "") -> Screening:
    """Screen a text of any length, in time linear to it.

    `where` names the text for the editor ("Ingress"); the line number is added when there are several lines.
    `context` is text that belongs to it but stands elsewhere, such as its field's label ("Telefon"). At most
    200 findings of each kind are reported.
    """
    if not text:
        return CLEAN
    read = readable(f"{context}: {text}" if context else text)
    if not _MAY_HOLD.search(read.normal):
        return CLEAN
    label = readable(f"{context}: ").text if context else ""
    found = [(start, end, kind) for start, end, kind in _apply_rules(read.text, read.normal) if start >= len(label)]
    if not found:
        return CLEAN
    body = read.text[len(label) :]
    has_lines = "\n" in body.strip()
    findings, advice = [], []
    line, counted = 1, len(label)
    for start, end, kind in found:
        line += read.normal.count("\n", counted, start)
        counted = start
        row = f"rad {line}" if has_lines else ""
        place = ", ".join(filter(None, (where, row)))
        span = (start - len(label), end - len(label))
        if kind is Kind.NAMED_PERSON:
            advice.append(Finding(kind, place, initials(body, *span)))
        else:
            findings.append(Finding(kind, place, excerpt(body, *span, shown=1 if kind is Kind.CASE_NUMBER else 2)))
    return Screening(tuple(findings), tuple(advice))


def _apply_rules(text: str, normal: str) -> list[Found]:
    """Applies all rules, and sorts what they find by its place; no digits are reported twice."""
    persons = [
        (number.start, number.end, Kind.COORDINATION_NUMBER if number.is_coordination else Kind.PERSONAL_NUMBER)
        for number in islice(personal_numbers(normal), MOST)
    ]
    organisations = [(*span, Kind.ORGANISATION_NUMBER) for span in islice(organisation_numbers(normal), MOST)]
    cases = [(*span, Kind.CASE_NUMBER) for span in islice(case_numbers(normal), MOST)]
    names = [(*span, Kind.NAMED_PERSON) for span in islice(names_of_persons(text, normal), MOST)]
    return sorted([*_without_overlap([*persons, *organisations, *cases]), *names])


def _without_overlap(found: list[Found]) -> Iterator[Found]:
    """Leaves out findings that share digits with one whose kind comes earlier in `Kind`."""
    kinds = list(Kind)
    taken: set[int] = set()
    for start, end, kind in sorted(found, key=lambda one: (kinds.index(one[2]), one[0])):
        digits = range(start, end)
        if taken.isdisjoint(digits):
            taken.update(digits)
            yield start, end, kind
