from django.apps import AppConfig
from wagtail.users.apps import WagtailUsersAppConfig


class LumenConfig(AppConfig):
    name = "lumen"
    verbose_name = "LUMEN"


class UsersConfig(WagtailUsersAppConfig):
    """Wagtail's user administration, with our form: a person has one name."""

    user_viewset = "contacts.viewsets.AccountViewSet"
