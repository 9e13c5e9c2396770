from django.apps import AppConfig
from wagtail.users.apps import WagtailUsersAppConfig

from .logs import configure


class LumenConfig(AppConfig):
    name = "lumen"
    verbose_name = "LUMEN"

    def ready(self) -> None:
        configure()


class UsersConfig(WagtailUsersAppConfig):
    """Wagtail's user administration, with our form: a person has one name."""

    user_viewset = "contacts.viewsets.AccountViewSet"
