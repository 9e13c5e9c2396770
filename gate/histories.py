"""Lines of the history that tell what somebody let through, and why."""

from collections.abc import Iterable
from typing import Any

from wagtail.log_actions import LogActionRegistry, LogFormatter

from screening.findings import Screening
from screening.wording import name_with_place

MOST = 5  # kinds and places in a line; the page at the step told them all


def register_with_reason(actions: LogActionRegistry, action: str, label: str, message: str) -> None:
    """Like `register_action`; what is kept as `findings` and `reason` is shown with the line."""
    kind = type("WithReason", (_WithReason,), {"label": label, "message": message})
    actions.register_action(action)(kind)


class _WithReason(LogFormatter):  # type: ignore[misc]
    def format_message(self, log_entry: Any) -> str:
        found = _names(log_entry.data.get("findings") or ())
        message = f"{self.message}: {found}" if found else str(self.message)
        reason = log_entry.data.get("reason")
        return f"{message}. Skäl: {reason}" if reason else message


def _names(rows: Iterable[Any]) -> str:
    """What was found, each kind and place once; rows that are sentences already are for other readers."""
    kept = [row for row in rows if isinstance(row, dict)]
    names = list(dict.fromkeys(map(name_with_place, Screening.from_json({"findings": kept}).findings)))
    more = f" och {len(names) - MOST} till" if len(names) > MOST else ""
    return f"{', '.join(names[:MOST])}{more}"
