"""`manage.py screen FILE…`: what must not be published in files."""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from screening.files import screen_file
from screening.findings import Screening, Verdict
from screening.wording import describe

_VERDICTS = {
    Verdict.CLEAN: "Inget hittat",
    Verdict.WARN: "Varning",
    Verdict.BLOCK: "Stoppas",
    Verdict.UNSCREENED: "Inte granskad",
}
_REASONS = {
    FileNotFoundError: "den finns inte",
    IsADirectoryError: "det är ingen fil",
    PermissionError: "behörighet saknas",
}


class Command(BaseCommand):
    help = (
        "Granskar filer: personnummer, organisationsnummer och ärendenummer i text, dolda delar och metadata. "
        "Slutar med 1 om någon fil stoppas."
    )
    requires_system_checks = ()  # needs neither a database nor the site

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FIL")
        parser.add_argument("--json", action="store_true", help="Skriv ett JSON-dokument.")
        parser.add_argument(
            "--picture-is-read",
            action="store_true",
            help="En människa har läst det som bilder och skannade sidor visar.",
        )

    def handle(self, *args: Any, files: list[str], **options: Any) -> None:
        screenings = [(file, _screened(file, picture_is_read=options["picture_is_read"])) for file in files]
        if options["json"]:
            self.stdout.write(json.dumps([_row(*pair) for pair in screenings], ensure_ascii=False))
        else:
            self._tell(screenings)
        if any(screening.verdict is Verdict.BLOCK for _, screening in screenings):
            sys.exit(1)

    def _tell(self, screenings: list[tuple[str, Screening]]) -> None:
        width = max(len(file) for file, _ in screenings)
        for file, screening in screenings:
            self.stdout.write(f"{file.ljust(width)}  {_VERDICTS[screening.verdict]}")
            lines = [screening.fault] if screening.fault else []
            lines += [describe(finding) for finding in screening.findings]
            lines += [f"Råd: {describe(finding)}" for finding in screening.advice]
            for line in lines:
                self.stdout.write(f"    {line}")


def _screened(file: str, *, picture_is_read: bool) -> Screening:
    try:
        return screen_file(file, picture_is_read=picture_is_read)
    except OSError as error:
        reason = _REASONS.get(type(error), "läsfel")
        raise CommandError(f"{file} kan inte läsas: {reason}.", returncode=2) from None


def _row(file: str, screening: Screening) -> dict[str, Any]:
    findings = [
        {"kind": finding.kind, "where": finding.where, "excerpt": finding.excerpt} for finding in screening.findings
    ]
    return {"file": file, "verdict": screening.verdict, "findings": findings}
