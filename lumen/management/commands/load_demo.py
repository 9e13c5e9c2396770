"""`manage.py load_demo`: loads the forum as it stood at the end of 2025, with a third meeting coming."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from lumen.demo.loading import load_demo


class Command(BaseCommand):
    help = "Fyller på demoinnehåll. Kan köras om: det som redan finns lämnas som det är."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--in-production", action="store_true", help="Fyll på även i drift, där innehållet möter riktiga besökare."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO_LOGIN and not options["in_production"]:
            raise CommandError("Demoinnehåll fylls inte på i drift. Vill du ändå det, lägg till --in-production.")
        call_command("load_organisations", stdout=self.stdout)
        for line in load_demo():
            self.stdout.write(line)
