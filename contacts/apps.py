from django.apps import AppConfig

from outbox.categories import register_categories

from .enums import ACCOUNT_MAIL, DEPUTY_MAIL


class ContactsConfig(AppConfig):
    name = "contacts"
    verbose_name = "Kontakter"

    def ready(self) -> None:
        register_categories([(ACCOUNT_MAIL, "Inloggning och konto"), (DEPUTY_MAIL, "Utsedd till ersättare")])
