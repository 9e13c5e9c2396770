"""The outcome of a screening: findings, advice, a fault, and the verdict that follows from them."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Self

# Raised by one whenever a rule changes, so that `rescreen` knows what was screened by older rules.
RULES_VERSION = 4


class Verdict(StrEnum):
    CLEAN = "clean"
    WARN = "warn"
    BLOCK = "block"
    UNSCREENED = "unscreened"  # could not be read, so a person must


class Kind(StrEnum):
    PERSONAL_NUMBER = "personnummer"
    COORDINATION_NUMBER = "samordningsnummer"
    ORGANISATION_NUMBER = "organisationsnummer"
    CASE_NUMBER = "case_number"  # a journal or case number beside words of a case
    NAMED_PERSON = "named_person"  # advice only: a name next to words such as "brukaren"


BLOCKING = frozenset({Kind.PERSONAL_NUMBER, Kind.COORDINATION_NUMBER})


@dataclass(frozen=True)
class Finding:
    """Something that should not be public, never with its digits: `excerpt` is masked.

    `where` is Swedish and leads a person to the place: "Ingress, rad 3", "sida 2", "blad Lön, cell B7".
    """

    kind: Kind
    where: str
    excerpt: str


@dataclass(frozen=True)
class Screening:
    """The outcome of screening one text or file.

    `findings` decide the verdict; `advice` never does. `fault` says in Swedish why a file, or a part of
    it, could not be read; with a fault the verdict is UNSCREENED unless something blocks.
    """

    findings: tuple[Finding, ...] = ()
    advice: tuple[Finding, ...] = ()
    fault: str = ""

    @property
    def verdict(self) -> Verdict:
        if any(finding.kind in BLOCKING for finding in self.findings):
            return Verdict.BLOCK
        if self.fault:
            return Verdict.UNSCREENED
        return Verdict.WARN if self.findings else Verdict.CLEAN

    @classmethod
    def of(cls, parts: Iterable["Screening"]) -> Self:
        """Several screenings as one; the first fault is the fault of all."""
        parts = list(parts)
        return cls(
            findings=tuple(finding for part in parts for finding in part.findings),
            advice=tuple(finding for part in parts for finding in part.advice),
            fault=next((part.fault for part in parts if part.fault), ""),
        )

    def as_json(self) -> dict[str, Any]:
        return {"verdict": self.verdict, **asdict(self)}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        def findings(rows: list[dict[str, str]]) -> tuple[Finding, ...]:
            return tuple(Finding(Kind(row["kind"]), row["where"], row["excerpt"]) for row in rows)

        return cls(findings(data["findings"]), findings(data.get("advice", [])), data.get("fault", ""))


CLEAN = Screening()
