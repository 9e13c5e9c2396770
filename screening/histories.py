"""Lines of the history that tell why somebody let something through."""

from typing import Any

from wagtail.log_actions import LogActionRegistry, LogFormatter


def register_with_reason(actions: LogActionRegistry, action: str, label: str, message: str) -> None:
    """Like `register_action`; what is kept as `reason` is shown with the line."""
    kind = type("WithReason", (_WithReason,), {"label": label, "message": message})
    actions.register_action(action)(kind)


class _WithReason(LogFormatter):  # type: ignore[misc]
    def format_message(self, log_entry: Any) -> str:
        reason = log_entry.data.get("reason")
        return f"{self.message}. Skäl: {reason}" if reason else str(self.message)
