"""`manage.py person_extract EMAIL [--json]`: all that LUMEN holds about somebody."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from privacy.extract.actions import NobodyFound, make_extract
from privacy.extract.rendering import as_text
from privacy.subjects import find_subject


class Command(BaseCommand):
    # The checks load every page of the admin: seconds and memory that this command has no use for.
    requires_system_checks = ()
    help = "Visar allt som LUMEN har om en person: registret, anmälningar, mejl, loggar och godkännanden."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", metavar="E-POST")
        parser.add_argument("--json", action="store_true", help="Skriv ett JSON-dokument.")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            extract = make_extract(find_subject(options["email"]), by=None)
        except NobodyFound:
            raise CommandError("LUMEN har ingenting om den adressen.") from None
        if options["json"]:
            self.stdout.write(json.dumps(extract.as_json(), ensure_ascii=False))
        else:
            self.stdout.write(as_text(extract))
