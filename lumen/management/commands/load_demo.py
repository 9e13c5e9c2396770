"""`manage.py load_demo`: loads the forum as it stood at the end of 2025, with a third meeting coming."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from lumen.demo.loading import load_demo


class Command(BaseCommand):
    help = "Fyller på demoinnehåll. Kan köras om: det som redan finns lämnas som det är."

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("load_organisations", stdout=self.stdout)
        for line in load_demo():
            self.stdout.write(line)
