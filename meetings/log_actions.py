"""The names of the actions in the history of a meeting."""

from wagtail.log_actions import LogActionRegistry

# Action: its label in lists, and its message in the page's history.
ACTIONS = {
    "meetings.invite": ("Skickade inbjudan", "Skickade inbjudan"),
    "meetings.remind": ("Påminde", "Påminde organisationer utan anmälda"),
    "meetings.forward": ("Vidarebefordrade inbjudan", "Vidarebefordrade inbjudan"),
    "meetings.decline": ("Tackade nej", "Tackade nej för sin organisation"),
    "meetings.withdraw_decline": ("Ångrade ett nej", "Är med igen efter att ha tackat nej"),
    "meetings.update": ("Skickade ändring", "Skickade besked om ändrat möte"),
    "meetings.change_quietly": ("Rättade titeln", "Rättade titeln utan att mejla"),
    "meetings.cancel": ("Ställde in", "Ställde in mötet"),
    "meetings.match": ("Kopplade anmälan", "Kopplade en anmälan till en organisation"),
    "meetings.cancel_registration": ("Avanmälde deltagare", "Avanmälde en deltagare"),
    "meetings.send_letter": ("Skickade brev", "Skickade brevet"),
    "meetings.attendance": ("Noterade närvaro", "Noterade närvaro"),
}


def register_log_actions(actions: LogActionRegistry) -> None:
    for action, (label, message) in ACTIONS.items():
        actions.register_action(action, label, message)
