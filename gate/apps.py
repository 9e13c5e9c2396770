from django.apps import AppConfig

from outbox.categories import register_categories

from .enums import MailCategory


class GateConfig(AppConfig):
    name = "gate"
    verbose_name = "Granskning"

    def ready(self) -> None:
        from . import guard  # needs the models, which are loaded by now

        register_categories(MailCategory.choices)
        guard.connect()
