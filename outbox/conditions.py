"""Asks, when a mail is about to leave, whether it still should: a role ends, a meeting moves, an address changes.

The rooms above know the facts; `lumen.apps` lists their answers, one for each kind of condition.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from .models import OutgoingMail


@dataclass(frozen=True)
class Verdict:
    """What the facts say of a mail that is about to leave. By default it leaves as it is."""

    withdrawn: str = ""  # why it must not leave, in Swedish
    address: str = ""  # where its receiver has moved


# Given the mail and the facts of its condition.
Condition = Callable[[OutgoingMail, Mapping[str, Any]], Verdict]
_conditions: dict[str, Condition] = {}


def name_conditions(conditions: Mapping[str, Condition]) -> None:
    """Say how the conditions of the rooms above are answered. Called once, when the apps are ready."""
    _conditions.update(conditions)


def ask(mail: OutgoingMail) -> Verdict:
    """What becomes of the mail now. One without a condition always leaves."""
    if not mail.condition:
        return Verdict()
    facts = dict(mail.condition)
    return _conditions[facts.pop("kind")](mail, facts)
