"""Log actions of screening and approval, shown in the history of pages, files and rows."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from wagtail.log_actions import LogActionRegistry, LogFormatter

from screening.descriptions import name_with_place
from screening.findings import Screening

APPROVE_PAGE = "gate.approve_page"
APPROVE_WARNINGS = "gate.approve_warnings"
APPROVE_WARNINGS_SCHEDULED = "gate.approve_warnings_scheduled"
APPROVE_WARNINGS_IN_ROW = "gate.approve_warnings_in_row"
SCHEDULE_REFUSED = "gate.schedule_refused"
APPROVE_FILE = "gate.approve_file"
WITHDRAW_APPROVAL = "gate.withdraw_approval"
SCREEN_AGAIN = "gate.screen_again"
FILE_BLOCKED = "gate.file_blocked"
OBJECT_TO_STOP = "gate.object_to_stop"
LET_THROUGH = "gate.let_through"
UPHOLD_STOP = "gate.uphold_stop"

# Action → its name in lists, and its line in the history.
ACTIONS = {
    APPROVE_PAGE: ("Bekräftade innehållet", "Bekräftade att innehållet får publiceras"),
    APPROVE_WARNINGS: ("Publicerade trots varning", "Publicerade trots varning"),
    APPROVE_WARNINGS_SCHEDULED: ("Schemalade trots varning", "Schemalade trots varning"),
    APPROVE_WARNINGS_IN_ROW: ("Gå vidare trots en varning", "Sparades trots en varning"),
    SCHEDULE_REFUSED: ("Kunde inte publicera", "Den schemalagda publiceringen gick inte att göra"),
    APPROVE_FILE: ("Godkänn", "Godkände innehållet efter granskning"),
    WITHDRAW_APPROVAL: ("Ta tillbaka godkännande", "Tog tillbaka godkännandet"),
    SCREEN_AGAIN: ("Granska igen", "Lät filen granskas igen"),
    FILE_BLOCKED: ("Stoppa", "Stoppades: innehåller uppgifter som inte får publiceras"),
    OBJECT_TO_STOP: ("Säg att ett stopp är fel", "Sa att ett stopp är fel"),
    LET_THROUGH: ("Håll med om att ett stopp är fel", "Höll med om att ett stopp är fel"),
    UPHOLD_STOP: ("Säg att ett stopp är rätt", "Sa att stoppet är rätt"),
}
MOST = 5  # kinds and places in a line; the page where they were approved showed them all


def register_log_actions(actions: LogActionRegistry) -> None:
    """Register each action, with a formatter that shows the entry's `findings` and `reason`."""
    for action, (label, message) in ACTIONS.items():
        actions.register_action(action)(type("WithReason", (_WithReason,), {"label": label, "message": message}))


class _WithReason(LogFormatter):
    def format_message(self, log_entry: Any) -> str:
        found = _names(log_entry.data.get("findings") or ())
        message = f"{self.message}: {found}" if found else str(self.message)
        if said_by := log_entry.data.get("said_by"):
            message = f"{message}, som {_name_of(said_by)} hade sagt"
        reason = log_entry.data.get("reason")
        return f"{message}. Skäl: {reason}" if reason else message


def _name_of(pk: Any) -> str:
    """The name of a person, who stands in the log by number so that an erasure reaches the name."""
    person = get_user_model()._default_manager.filter(pk=pk).first()
    return str(person or "någon som inte längre finns i LUMEN")


def _names(rows: Iterable[Any]) -> str:
    """The kinds and places of what was found, without duplicates; findings stored as sentences are left out."""
    kept = [row for row in rows if isinstance(row, dict)]
    names = list(dict.fromkeys(map(name_with_place, Screening.from_json({"findings": kept}).findings)))
    more = f" och {len(names) - MOST} till" if len(names) > MOST else ""
    return f"{', '.join(names[:MOST])}{more}"
