from django.apps import AppConfig
from django.conf import settings
from wagtail.users.apps import WagtailUsersAppConfig

from outbox.categories import register_categories

from .logs import configure


class LumenConfig(AppConfig):
    name = "lumen"
    verbose_name = "LUMEN"
    default = True  # there are two in this module

    def ready(self) -> None:
        configure()
        register_categories((category, "Besked om en fil") for category in settings.SCREENING_MAIL_HEADERS.values())


class UsersConfig(WagtailUsersAppConfig):
    """Wagtail's user administration, with our form: a person has one name."""

    user_viewset = "contacts.viewsets.AccountViewSet"
