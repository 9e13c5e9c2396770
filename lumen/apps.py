from django.apps import AppConfig
from wagtail.users.apps import WagtailUsersAppConfig

from contacts.enums import MailCategory as ContactsMail
from gate.enums import MailCategory as GateMail
from meetings.enums import MailCategory as MeetingsMail
from outbox.categories import name_categories

from .logs import configure

# The kinds of mail of every room, with the label that the outbox shows.
MAIL_CATEGORIES = (*ContactsMail.choices, *GateMail.choices, *MeetingsMail.choices)


class LumenConfig(AppConfig):
    name = "lumen"
    verbose_name = "LUMEN"
    default = True  # there are two in this module

    def ready(self) -> None:
        configure()
        name_categories(MAIL_CATEGORIES)


class UsersConfig(WagtailUsersAppConfig):
    """Wagtail's user administration, with our form: a person has one name."""

    user_viewset = "contacts.viewsets.AccountViewSet"
