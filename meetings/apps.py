from django.apps import AppConfig

from outbox.categories import register_categories

from .enums import MailCategory


class MeetingsConfig(AppConfig):
    name = "meetings"
    verbose_name = "Möten"

    def ready(self) -> None:
        register_categories(MailCategory.choices)
