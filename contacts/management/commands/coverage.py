"""`manage.py coverage --on DATE [--json]`: how many kommuner and regioner had a contact person."""

import json
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from contacts.models import Organisation, today


class Command(BaseCommand):
    # The checks load every page of the admin: seconds and memory that this command has no use for.
    requires_system_checks = ()
    help = "Räknar kommuner och regioner som har en kontaktperson en viss dag."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--on", metavar="ÅÅÅÅ-MM-DD", help="Vilken dag (i dag om inget sägs).")
        parser.add_argument("--json", action="store_true", help="Skriv ett JSON-dokument.")

    def handle(self, *args: Any, **options: Any) -> None:
        coverage = Organisation.objects.coverage(self._day(options["on"]))
        if options["json"]:
            self.stdout.write(json.dumps(coverage.as_json()))
        else:
            self.stdout.write(
                f"{coverage.on}: {coverage.municipalities} av {coverage.municipalities_total} kommuner och "
                f"{coverage.regions} av {coverage.regions_total} regioner har kontaktperson."
            )

    def _day(self, text: str | None) -> date:
        if text is None:
            return today()
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise CommandError(f"--on ska vara ett datum, till exempel 2025-10-01, men är ”{text}”.") from None
