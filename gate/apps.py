from django.apps import AppConfig


class GateConfig(AppConfig):
    name = "gate"
    verbose_name = "Granskning"

    def ready(self) -> None:
        from . import guard  # needs the models, which are loaded by now

        guard.connect()
