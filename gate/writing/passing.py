"""What is kept of a warning that somebody has passed."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from wagtail.log_actions import LogActionRegistry, log

from screening.findings import Finding

from ..histories import register_with_reason

PASSED = "gate.warning_passed"


def note_passed_warnings(instance: models.Model, *, by: Any, reason: str, findings: Iterable[Finding]) -> None:
    """Keep in the object's history who let it stand, when and why. The findings are masked."""
    found = [{"kind": row.kind.value, "where": row.where, "excerpt": row.excerpt} for row in findings]
    log(instance, PASSED, user=by, data={"reason": reason, "findings": found})


def register_log_actions(actions: LogActionRegistry) -> None:
    register_with_reason(actions, PASSED, "Gå vidare trots en varning", "Sparades trots en varning")
