from django.apps import AppConfig


class ContactsConfig(AppConfig):
    name = "contacts"
    verbose_name = "Kontakter"

    def ready(self) -> None:
        from .security_events import listen  # needs the models

        listen()
