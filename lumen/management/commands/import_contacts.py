"""`manage.py import_contacts FILE [--apply] [--json]`: contact persons from a spreadsheet.

Here and not in `contacts`, since it writes to the access log, which belongs to `privacy`.
"""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from contacts.enums import AccessKind
from contacts.imports.actions import ImportRefused, apply_import, preview_import
from contacts.imports.plan import ImportPlan
from contacts.imports.reading import read_file
from contacts.imports.rows import MAX_FILE_BYTES, ImportFileError, ImportRow
from contacts.personal_data import IMPORT, IMPORT_PREVIEW
from privacy.models import AccessLogEntry


class Command(BaseCommand):
    # The checks load every page of the admin: seconds and memory that this command has no use for.
    requires_system_checks = ()
    help = "Läser in kontaktpersoner ur en .xlsx- eller .csv-fil. Utan --apply visas bara vad som skulle ändras."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FIL", type=Path)
        parser.add_argument("--apply", action="store_true", help="Spara. Har någon rad fel sparas ingenting.")
        parser.add_argument("--json", action="store_true", help="Skriv ett JSON-dokument.")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            file = read_file(path.name, _content(path))
        except OSError as error:
            raise CommandError(f"Filen {path} går inte att öppna: {error.strerror}.") from None
        except ImportFileError as error:
            if options["json"]:
                self._write_json({"rows": 0, "new": 0, "changed": 0, "unchanged": 0, "errors": [_file_error(error)]})
            row = f"Rad {error.row}: " if error.row else ""
            raise CommandError(f"{row}{error.reason}") from None
        try:
            plan = self._run(file.rows, apply=options["apply"])
        except ImportRefused as refused:
            plan = refused.plan
        if options["json"]:
            self._write_json(plan.as_json())
        else:
            self._write_report(plan, file.notes, applied=options["apply"])
        if plan.errors:
            raise CommandError(f"{len(plan.errors)} av {len(plan.outcomes)} rader har fel. Ingenting är sparat.")

    @transaction.atomic
    def _run(self, rows: list[ImportRow], *, apply: bool) -> ImportPlan:
        kind, what = (AccessKind.IMPORT, IMPORT) if apply else (AccessKind.READ, IMPORT_PREVIEW)
        plan = apply_import(rows=rows, by=None) if apply else preview_import(rows=rows, by=None)
        AccessLogEntry.objects.create(who=None, kind=kind, what=what, rows=len(rows))
        return plan

    def _write_json(self, document: dict[str, Any]) -> None:
        self.stdout.write(json.dumps(document, ensure_ascii=False))

    def _write_report(self, plan: ImportPlan, notes: list[str], *, applied: bool) -> None:
        for row in plan.outcomes:
            self.stdout.write(
                f"Rad {row.row}: {row.outcome.label}. {row.organisation}, {row.name}. {row.remarks}".rstrip()
            )
        for note in notes:
            self.stdout.write(note)
        numbers = plan.as_json()
        self.stdout.write(
            f"{numbers['rows']} rader: {numbers['new']} nya, {numbers['changed']} ändrade, "
            f"{numbers['unchanged']} oförändrade, {len(plan.errors)} med fel."
        )
        if not plan.errors:
            self.stdout.write("Sparat." if applied else "Inget är sparat. Kör om med --apply för att spara.")


def _content(path: Path) -> bytes:
    """Read the file, but no more than is needed to tell that it is too big."""
    with path.open("rb") as file:
        return file.read(MAX_FILE_BYTES + 1)


def _file_error(error: ImportFileError) -> dict[str, Any]:
    return {"row": error.row, "reason": error.reason}
