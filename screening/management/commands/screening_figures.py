"""`manage.py screening_figures [--seed N] [--documents DIR] [--json]`: how well the rules for text do."""

import json
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from screening.corpora.figures import LEAST_RECALL, MOST_FLAGGED, Count, Figures, measure, worst_first
from screening.corpora.samples import Set
from screening.findings import Screening, Verdict
from screening.text import screen_text

SETS = {Set.TUNING: "Samlingen som reglerna ställdes in efter", Set.TEST: "Provsamlingen"}
VERDICTS = {Verdict.CLEAN: "inget", Verdict.WARN: "varning", Verdict.BLOCK: "stopp", Verdict.UNSCREENED: "olästa"}


class Command(BaseCommand):
    # Nothing of the admin or the database is used.
    requires_system_checks = ()
    help = "Mäter hur väl granskningen av text hittar nummer, och hur ofta den tar fel."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--seed", type=int, default=1, metavar="N", help="Vilka texter som görs (1 om inget sägs).")
        parser.add_argument("--documents", type=Path, metavar="MAPP", help="Textfiler som också granskas.")
        parser.add_argument("--json", action="store_true", help="Skriv ett JSON-dokument.")

    def handle(self, *args: Any, **options: Any) -> None:
        documents = _screened(_documents(options["documents"]))
        figures = [measure(of, seed=options["seed"]) for of in Set]
        is_met = all(one.is_met for one in figures)
        is_met &= all(screening.verdict is not Verdict.BLOCK for screening in documents.values())
        if options["json"]:
            told = {
                "seed": options["seed"],
                "met": is_met,
                "sets": {one.of: one.as_json() for one in figures},
                "documents": {name: screening.as_json() for name, screening in documents.items()},
            }
            self.stdout.write(json.dumps(told, ensure_ascii=False))
        else:
            for one in figures:
                self._tell(one)
            self._tell_of_documents(documents)
            self.stdout.write("\nMålen nås." if is_met else "\nMålen nås inte.")
        if not is_met:
            sys.exit(1)

    def _tell(self, figures: Figures) -> None:
        self.stdout.write(f"\n{SETS[figures.of]}")
        self.stdout.write(f"  Hittade nummer         {_share(figures.found)}   (mål: minst {_percent(LEAST_RECALL)})")
        self.stdout.write(
            f"  … hundra i en text     {_share(figures.found_together)}   (mål: minst {_percent(LEAST_RECALL)})"
        )
        self.stdout.write(f"  Felaktigt utpekade     {_share(figures.flagged)}   (mål: högst {_percent(MOST_FLAGGED)})")
        for kind, many in figures.kinds.most_common():
            self.stdout.write(f"    {kind}: {many}")
        self._tell_of_counts("Skrivsätt", figures.forms)
        self._tell_of_counts("Bärande meningar", figures.carriers)
        for title, examples in (("Missade", figures.missed), ("Felaktigt utpekade", figures.wrongly)):
            if examples:
                self.stdout.write(f"  {title}, till exempel")
            for example in examples:
                self.stdout.write(f"    {example}")

    def _tell_of_counts(self, title: str, counts: dict[str, Count]) -> None:
        self.stdout.write(f"  {title} ({len(counts)}), det sämsta först")
        for name, count in worst_first(counts):
            self.stdout.write(f"    {_share(count)}   {' '.join(name.split())}")

    def _tell_of_documents(self, documents: dict[str, Screening]) -> None:
        if documents:
            self.stdout.write("\nDokument")
        for name, screening in documents.items():
            self.stdout.write(f"  {name}: {VERDICTS[screening.verdict]}, {len(screening.findings)} fynd")
            for finding in screening.findings:
                self.stdout.write(f"    {finding.kind}, {finding.where}: {finding.excerpt}")


def _documents(folder: Path | None) -> list[Path]:
    """The text files of the folder; of the one with the source documents beside the project if none is given."""
    beside = Path(settings.BASE_DIR).parent / "shared" / "seeds"
    if folder is not None and not folder.is_dir():
        raise CommandError(f"Mappen {folder} finns inte.")
    return sorted((folder or beside).glob("*.txt"))


def _screened(paths: list[Path]) -> dict[str, Screening]:
    return {path.name: screen_text(path.read_text(encoding="utf-8", errors="replace")) for path in paths}


def _share(count: Count) -> str:
    return f"{_percent(count.share):>8}  {count.hits:>5} av {count.total}"


def _percent(share: float) -> str:
    return f"{share * 100:.2f}".replace(".", ",") + " %"
