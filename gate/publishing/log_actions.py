"""What the history of a page calls what was answered for at its publication."""

from wagtail.log_actions import LogActionRegistry

from ..histories import register_with_reason

CONFIRMED = "gate.confirm"
PASSED = "gate.pass_warning"
PASSED_LATER = "gate.pass_warning_scheduled"
SCHEDULE_REFUSED = "gate.schedule_refused"

# Action: what a list calls it, and the line in the page's history.
ACTIONS = {
    CONFIRMED: ("Bekräftade innehållet", "Bekräftade att innehållet får publiceras"),
    PASSED: ("Publicerade trots varning", "Publicerade trots varning"),
    PASSED_LATER: ("Schemalade trots varning", "Schemalade trots varning"),
    SCHEDULE_REFUSED: ("Kunde inte publicera", "Den schemalagda publiceringen gick inte att göra"),
}


def register_log_actions(actions: LogActionRegistry) -> None:
    for action, (label, message) in ACTIONS.items():
        register_with_reason(actions, action, label, message)
