"""The screening of one text."""

import re

from personnummer import personnummer

from ..findings import CLEAN, Finding, Kind, Screening

_NUMBER = re.compile(r"(?<!\d)(?:\d{2})?\d{6}[-+ ]?\d{4}(?!\d)")


def screen_text(text: str, *, where: str = "", context: str = "") -> Screening:
    """Screen a text of any length, in time linear to it.

    `where` is what the text is called for a person ("Ingress"); the line is added to it. `context` is
    words that belong to the text without standing in it, such as its field's label ("Telefon").
    """
    findings = []
    for match in _NUMBER.finditer(text):
        if not personnummer.valid(match[0].replace(" ", "-")):
            continue
        kind = (
            Kind.COORDINATION_NUMBER
            if personnummer.parse(match[0].replace(" ", "-")).is_coordination_number()
            else Kind.PERSONAL_NUMBER
        )
        findings.append(Finding(kind, where, f"{match[0][:2]}…"))
    return Screening(tuple(findings)) if findings else CLEAN
