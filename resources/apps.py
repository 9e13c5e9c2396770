from django.apps import AppConfig


class ResourcesConfig(AppConfig):
    name = "resources"
    verbose_name = "Material"

    def ready(self) -> None:
        # Needs the models, so it cannot be imported with this module.
        from . import signals

        signals.connect()
