"""`manage.py rescreen`: screens all that is public by today's rules."""

import json
import sys
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from gate.rescreening import Count, Fault, rescreen
from screening.findings import RULES_VERSION, Verdict

HEADINGS = {
    Verdict.BLOCK: "FÅR INTE PUBLICERAS",
    Verdict.WARN: "VARNING",
    Verdict.UNSCREENED: "INTE GRANSKAD",
}


class Command(BaseCommand):
    help = (
        "Går igenom allt som är publicerat med dagens regler och listar det som inte borde vara det. "
        "En fil som inte får publiceras lämnas inte ut längre. Slutar med 1 om något sådant finns."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="Skriv ett JSON-dokument i stället för en lista.")
        parser.add_argument(
            "--all", action="store_true", help="Läs om alla filer, också de som dagens regler har läst."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        count, found = Count(), dict.fromkeys(HEADINGS, 0)
        faults = rescreen(count, everything=options["all"])
        if options["json"]:
            self._write_json(faults, count, found)
        else:
            self._write_list(faults, count, found)
        if found[Verdict.BLOCK]:
            sys.exit(1)

    def _write_list(self, faults: Any, count: Count, found: dict[Verdict, int]) -> None:
        for fault in faults:
            found[fault.verdict] += 1
            self.stdout.write(f"{HEADINGS[fault.verdict]}  {fault.kind} {fault.id}: {fault.title}")
            self.stdout.write(f"    {fault.text}")
            if fault.address:
                self.stdout.write(f"    {fault.address}")
        self.stdout.write(
            f"Gick igenom {count.pages} sidor, {count.others} andra texter och {count.files} filer "
            f"({count.read_again} lästes om). Får inte publiceras: {found[Verdict.BLOCK]}. "
            f"Varningar: {found[Verdict.WARN]}. Inte granskade: {found[Verdict.UNSCREENED]}."
        )

    def _write_json(self, faults: Any, count: Count, found: dict[Verdict, int]) -> None:
        # Piece by piece, so that a long list need not be in memory.
        self.stdout.write(f'{{"rules": {RULES_VERSION}, "found": [', ending="")
        for number, fault in enumerate(faults):
            found[fault.verdict] += 1
            self.stdout.write(("," if number else "") + "\n  " + _json(fault), ending="")
        summary = json.dumps({"read": asdict(count), "verdicts": {v.value: n for v, n in found.items()}})
        self.stdout.write(f'\n], "summary": {summary}}}')


def _json(fault: Fault) -> str:
    return json.dumps(asdict(fault), ensure_ascii=False)
