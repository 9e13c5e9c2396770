"""What the register adds to Wagtail's admin."""

from wagtail import hooks
from wagtail.log_actions import LogActionRegistry


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    for action, label, message in (
        ("contacts.appoint", "Utse kontaktperson", "Fick uppdraget"),
        ("contacts.end_role", "Avsluta uppdrag", "Uppdraget fick ett slutdatum"),
        ("contacts.change_role", "Ändra uppdrag", "Uppdraget ändrades"),
        ("contacts.change_details", "Ändra personuppgifter", "Personens uppgifter ändrades"),
        ("contacts.delete_person", "Ta bort person", "Personen togs bort"),
    ):
        actions.register_action(action, label, message)
