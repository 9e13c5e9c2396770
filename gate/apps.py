from django.apps import AppConfig


class GateConfig(AppConfig):
    name = "gate"
    verbose_name = "Granskning"

    def ready(self) -> None:
        from .publishing import wall  # needs the models, which are loaded by now
        from .writing import others

        wall.build()
        others.guard()
