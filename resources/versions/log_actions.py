"""Log actions of versions, shown in the history of documents and pages."""

from typing import Any

from wagtail.log_actions import LogActionRegistry, LogFormatter

UPLOAD = "resources.upload_version"
PUBLISH = "resources.publish_version"
DISCARD = "resources.discard_version"
BRING_BACK = "resources.bring_back_version"
TELL = "resources.tell_of_version"

# Action → its name in lists, and its line in the history.
ACTIONS = {
    UPLOAD: ("Ladda upp en version", "Laddade upp en ny version"),
    PUBLISH: ("Publicera en version", "Publicerade en ny version"),
    DISCARD: ("Kasta en version", "Kastade en version som inte var publicerad"),
    BRING_BACK: ("Ta fram en tidigare version", "Tog fram en tidigare version"),
    TELL: ("Berätta om en ny version", "Skrev på sidan vad som är nytt i en fil"),
}


def register_log_actions(actions: LogActionRegistry) -> None:
    for action, (label, message) in ACTIONS.items():
        actions.register_action(action)(type("OfVersion", (_OfVersion,), {"label": label, "message": message}))


class _OfVersion(LogFormatter):
    def format_message(self, log_entry: Any) -> str:
        number = log_entry.data.get("version")
        return f"{self.message} (version {number})" if number else str(self.message)
