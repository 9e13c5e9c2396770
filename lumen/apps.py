from django.apps import AppConfig
from django.core.checks import register
from wagtail.users.apps import WagtailUsersAppConfig

from contacts.enums import MailCategory as ContactsMail
from gate.enums import MailCategory as GateMail
from meetings.enums import MailCategory as MeetingsMail
from outbox.categories import name_categories

from .checks import client_addresses
from .logs import configure

# The kinds of mail of every room, with the label that the outbox shows.
MAIL_CATEGORIES = (*ContactsMail.choices, *GateMail.choices, *MeetingsMail.choices)


class LumenConfig(AppConfig):
    name = "lumen"
    verbose_name = "LUMEN"
    default = True  # there are two in this module

    def ready(self) -> None:
        configure()
        register(client_addresses)
        name_categories(MAIL_CATEGORIES)
        _name_link_makers()


def _name_link_makers() -> None:
    """Tell the outbox how the personal links of every room are made."""
    # Models can't be imported before the apps are ready.
    from contacts.personal_links import LINK_MAKERS as CONTACTS_LINKS
    from meetings.personal_links import LINK_MAKERS as MEETINGS_LINKS
    from outbox.personal_links import name_link_makers

    name_link_makers({**CONTACTS_LINKS, **MEETINGS_LINKS})


class UsersConfig(WagtailUsersAppConfig):
    """Wagtail's user administration, with our form: a person has one name."""

    user_viewset = "contacts.viewsets.AccountViewSet"
