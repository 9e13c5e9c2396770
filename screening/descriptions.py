"""Describes findings in sentences that an editor understands."""

from collections.abc import Iterable

from .findings import BLOCKING, Finding, Kind
from .text import screen_text
from .text.masking import masked

STATEMENT = "Materialet innehåller inga uppgifter om enskilda, företag eller pågående ärenden"

NAMES = {
    Kind.PERSONAL_NUMBER: "personnummer",
    Kind.COORDINATION_NUMBER: "samordningsnummer",
    Kind.ORGANISATION_NUMBER: "organisationsnummer",
    Kind.CASE_NUMBER: "ärende- eller journalnummer",
    Kind.NAMED_PERSON: "namn på en person",
}
WHAT_TO_DO = {
    Kind.PERSONAL_NUMBER: "Ta bort numret.",
    Kind.COORDINATION_NUMBER: "Ta bort numret.",
    Kind.ORGANISATION_NUMBER: "Ta bort numret, om det inte måste stå där.",
    Kind.CASE_NUMBER: "Ta bort numret, om det hör till ett ärende om någon.",
    Kind.NAMED_PERSON: "Kontrollera att texten inte berättar om en enskild.",
}


def describe_without_advice(finding: Finding) -> str:
    """What was found and where, as a sentence without advice; its digits are masked."""
    place = f"{finding.where}: " if finding.where else ""
    sentence = f"{place}{NAMES[finding.kind]} («{_shown(finding)}»)."
    return sentence[:1].upper() + sentence[1:]


def describe(finding: Finding) -> str:
    """What was found, where, how it looks with its digits masked, and what to do about it."""
    place = f"{finding.where}: " if finding.where else ""
    return f"{place}{describe_without_place(finding)}"


def describe_without_place(finding: Finding) -> str:
    """Describes a finding without its place, for a list that makes a link of the place."""
    return f"{NAMES[finding.kind]} («{_shown(finding)}»). {WHAT_TO_DO[finding.kind]}"


def _shown(finding: Finding) -> str:
    """The excerpt without a full stop before its ellipsis: four dots look like a slip."""
    return finding.excerpt.replace(".…", "…")


def refusal(findings: Iterable[Finding]) -> list[str]:
    """The sentences of the findings that stop a publication, for an error message; each place once."""
    return list(dict.fromkeys(describe(finding) for finding in findings if finding.kind in BLOCKING))


def name_with_place(finding: Finding) -> str:
    """What was found and where, short enough for a long list: "organisationsnummer i Ingress"."""
    return f"{NAMES[finding.kind]} i {finding.where}" if finding.where else NAMES[finding.kind]


def statement(with_reason: bool, *, earlier: bool = False) -> str:
    """The statement that a person confirms; `with_reason` if she gives a reason for a warning.

    `earlier` if a reason was given before, maybe by somebody else.
    """
    if earlier:
        return f"{STATEMENT}, utöver det som är motiverat"
    return f"{STATEMENT}, utöver det som jag har motiverat" if with_reason else STATEMENT


def masked_title(text: str) -> str:
    """A title or name as it may be shown and stored: with masked digits if anything is found in it."""
    return masked(text) if screen_text(text).findings else text
