"""Says what is due by the rules of retention, and removes it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from wagtail.log_actions import log as log_action

from ..models import RetentionRule, RetentionRun
from ..permissions import user_can_change_retention
from .rules import RULES, Rule

log = structlog.get_logger("retention")

CHANGE = "privacy.change_retention"


@dataclass(frozen=True)
class DecidedRule:
    """A rule with how long it says, as decided."""

    rule: Rule
    decided: RetentionRule

    def due(self, now: datetime | None = None) -> QuerySet[Any]:
        """The records whose time is over at the moment (now by default)."""
        return self.rule.due(self.decided.cut(now or timezone.now()))


def decided_rules() -> list[DecidedRule]:
    """All rules, in the order in which they are applied."""
    decided = {row.kind: row for row in RetentionRule.objects.all()}
    return [DecidedRule(rule, decided[rule.kind]) for rule in RULES]


def apply_retention(*, now: datetime | None = None) -> dict[str, int]:
    """Remove what is due by each rule, and note how many in the log; return the numbers by kind.

    Each kind is a transaction of its own: a fault in one is raised when the others are done.
    """
    now = now or timezone.now()
    removed: dict[str, int] = {}
    fault: Exception | None = None
    for each in decided_rules():
        try:
            removed[each.rule.kind.value] = _apply(each, now)
        except Exception as error:  # Whatever is wrong with one kind, the others must go.
            log.exception("retention failed; it is tried again", kind=each.rule.kind.value)
            fault = error
    if fault is not None:
        raise fault
    RetentionRun.objects.filter(at__lte=_oldest_run(now)).delete()
    log.info("retention applied", **removed)
    return removed


@transaction.atomic
def _apply(each: DecidedRule, now: datetime) -> int:
    number = each.rule.remove(each.due(now))
    RetentionRun.objects.create(at=now, kind=each.rule.kind, removed=number)
    return number


def _oldest_run(now: datetime) -> datetime:
    """The runs are kept as long as the log of purges, which also tells of what has been removed."""
    return next(each.decided.cut(now) for each in decided_rules() if each.rule.kind == "removal_logs")


@transaction.atomic
def change_rule(*, rule: RetentionRule, days: int, decision: str, by: Any) -> RetentionRule:
    """Set how long a kind of record is kept, and on which decision. Raises PermissionDenied."""
    if not user_can_change_retention(by):
        raise PermissionDenied
    before = RetentionRule.objects.select_for_update().get(pk=rule.pk).days
    rule.days, rule.decision = days, decision
    rule.save(update_fields=["days", "decision"])
    log_action(rule, CHANGE, user=by, data={"before": before, "after": days})
    return rule
