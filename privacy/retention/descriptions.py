"""Says the rules of retention in plain Swedish, for the public page, the admin and the console."""

from dataclasses import dataclass

from ..enums import RetentionKind
from .actions import DecidedRule, decided_rules

DAYS_A_YEAR = 365


@dataclass(frozen=True)
class DescribedRule:
    """A rule in words: `label` is what it is about, `time` how long from what, such as *1 år från mötets slut*."""

    label: str
    time: str
    outcome: str
    decision: str


def describe(each: DecidedRule) -> DescribedRule:
    days = each.decided.days
    start = each.rule.counted_from
    time = f"{duration(days)} från {start}" if days else f"Tas bort inom ett dygn från {start}"
    return DescribedRule(each.decided.get_kind_display(), time, each.rule.outcome, each.decided.decision)


def described_rules() -> list[DescribedRule]:
    return [describe(each) for each in decided_rules()]


def described_rules_by_kind() -> dict[RetentionKind, DescribedRule]:
    return {each.rule.kind: describe(each) for each in decided_rules()}


def duration(days: int) -> str:
    """A number of days in words: whole years as years."""
    if days and days % DAYS_A_YEAR == 0:
        return f"{days // DAYS_A_YEAR} år"
    return "1 dag" if days == 1 else f"{days} dagar"
