from django.apps import AppConfig


class ContactsConfig(AppConfig):
    name = "contacts"
    verbose_name = "Kontakter"

    def ready(self) -> None:
        from .exports import make_every_export_safe  # needs the models, which are loaded by now
        from .security_events import listen

        make_every_export_safe()
        listen()
