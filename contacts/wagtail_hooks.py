"""The register's hooks into Wagtail's admin."""

from wagtail import hooks
from wagtail.actions import ActionRegistry
from wagtail.admin.viewsets.base import ViewSet
from wagtail.log_actions import LogActionRegistry

from . import wagtail_actions
from .choosers import organisation_chooser, person_chooser
from .nominations.admin_views import NominationViewSet
from .reachability.admin_views import ReachabilityViewSet
from .viewsets import ContactsViewSetGroup


@hooks.register("register_admin_viewset")
def register_viewsets() -> list[ViewSet]:
    return [ContactsViewSetGroup(), NominationViewSet(), ReachabilityViewSet(), organisation_chooser, person_chooser]


@hooks.register("register_actions")
def register_actions(registry: ActionRegistry) -> None:
    wagtail_actions.register(registry)


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    for action, label, message in (
        ("contacts.appoint", "Utse kontaktperson", "Fick uppdraget"),
        ("contacts.hand_over", "Lämna över", "Frågade en efterträdare"),
        ("contacts.end_role", "Avsluta uppdrag", "Uppdraget fick ett slutdatum"),
        ("contacts.take_back_role", "Återta uppdrag", "Uppdraget togs tillbaka"),
        ("contacts.change_role", "Ändra uppdrag", "Uppdraget ändrades"),
        ("contacts.stop_mail", "Stoppa mejl", "Tackade nej till fler mejl"),
        ("contacts.resume_mail", "Skicka mejl igen", "Får mejl igen"),
        ("contacts.merge", "Slå ihop", "Två rader som var samma person slogs ihop"),
        ("contacts.change_details", "Ändra personuppgifter", "Personens uppgifter ändrades"),
    ):
        actions.register_action(action, label, message)
