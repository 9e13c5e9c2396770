"""`manage.py import_similar FILE --year YEAR [--apply]`: SKR's groups of kommuner and their population, from a file."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from contacts.imports.rows import MAX_FILE_BYTES, ImportFileError
from contacts.imports.similar import apply_similar, plan_similar


class Command(BaseCommand):
    # The checks load every page of the admin: seconds and memory that this command has no use for.
    requires_system_checks = ()
    help = "Läser in kommungrupp och folkmängd ur en .xlsx- eller .csv-fil. Utan --apply visas bara vad som ändras."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FIL", type=Path)
        parser.add_argument("--year", metavar="ÅR", type=int, required=True, help="Vilket år folkmängden gäller.")
        parser.add_argument("--apply", action="store_true", help="Spara. Har någon rad fel sparas ingenting.")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        if not 1900 <= options["year"] <= 2200:
            raise CommandError(f"--year ska vara ett år, till exempel 2025, men är {options['year']}.")
        try:
            with path.open("rb") as file:
                content = file.read(MAX_FILE_BYTES + 1)
            if options["apply"]:
                plan = apply_similar(name=path.name, content=content, year=options["year"], by=None)
            else:
                plan = plan_similar(name=path.name, content=content, year=options["year"])
        except OSError as error:
            raise CommandError(f"Filen {path} går inte att öppna: {error.strerror}.") from None
        except ImportFileError as error:
            row = f"Rad {error.row}: " if error.row else ""
            raise CommandError(f"{row}{error.reason}") from None
        for number, reason in plan.errors:
            self.stdout.write(f"Rad {number}: {reason}")
        if plan.errors:
            raise CommandError(f"{len(plan.errors)} rader har fel. Ingenting är sparat.")
        self.stdout.write(
            f"{len(plan.changed)} kommuner ändras, {plan.unchanged} är oförändrade, {plan.missing} finns inte i filen."
        )
        self.stdout.write("Sparat." if options["apply"] else "Inget är sparat. Kör om med --apply för att spara.")
