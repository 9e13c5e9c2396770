from django.apps import AppConfig
from wagtail.users.apps import WagtailUsersAppConfig

from .logs import configure


class LumenConfig(AppConfig):
    name = "lumen"
    verbose_name = "LUMEN"
    default = True  # there are two in this module

    def ready(self) -> None:
        configure()


class UsersConfig(WagtailUsersAppConfig):
    """Wagtail's user administration, with our form: a person has one name."""

    user_viewset = "contacts.viewsets.AccountViewSet"
