from django.apps import AppConfig


class ResourcesConfig(AppConfig):
    name = "resources"
    verbose_name = "Material"

    def ready(self) -> None:
        # Both need the models, so they cannot be imported with this module.
        from . import page_views, signals  # noqa: F401  (page_views registers the pages' contexts)

        signals.connect()
