"""`python -m bench.figures [--seed N] [--documents DIR] [--json]`: how well the rules for text do."""

import argparse
import json
import sys
from pathlib import Path

from bench.corpora.figures import LEAST_RECALL, MOST_FLAGGED, MOST_STOPPED, Count, Figures, measure, worst_first
from bench.corpora.samples import Set
from screening.findings import Screening, Verdict
from screening.text import screen_text

SETS = {
    Set.TUNING: "Samlingen som reglerna ställdes in efter",
    Set.TEST: "Provsamlingen",
    Set.WRITTEN: "Berättade och isärskrivna nummer, skrivna av någon som inte hade läst reglerna",
}
VERDICTS = {Verdict.CLEAN: "inget", Verdict.WARN: "varning", Verdict.BLOCK: "stopp", Verdict.UNSCREENED: "olästa"}


def main(arguments: list[str] | None = None) -> int:
    """Print the figures of both sets of texts, and what is found in the documents. Exit status 1 below the targets."""
    parser = argparse.ArgumentParser(
        prog="bench.figures", description="Mäter hur väl granskningen av text hittar nummer, och hur ofta den tar fel."
    )
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="Vilka texter som görs (1 om inget sägs).")
    parser.add_argument("--documents", type=Path, metavar="MAPP", help="Textfiler som också granskas.")
    parser.add_argument("--json", action="store_true", help="Skriv ett JSON-dokument.")
    asked = parser.parse_args(arguments)
    if asked.documents is not None and not asked.documents.is_dir():
        parser.error(f"Mappen {asked.documents} finns inte.")
    documents = _screened(_documents(asked.documents))
    figures = [measure(of, seed=asked.seed) for of in Set]
    is_met = all(one.is_met for one in figures)
    is_met &= all(screening.verdict is not Verdict.BLOCK for screening in documents.values())
    if asked.json:
        told = {
            "seed": asked.seed,
            "met": is_met,
            "sets": {one.of: one.as_json() for one in figures},
            "documents": {name: screening.as_json() for name, screening in documents.items()},
        }
        print(json.dumps(told, ensure_ascii=False))
    else:
        for one in figures:
            _tell(one)
        _tell_of_documents(documents)
        print("\nMålen nås." if is_met else "\nMålen nås inte.")
    return 0 if is_met else 1


def _tell(figures: Figures) -> None:
    print(f"\n{SETS[figures.of]}")
    print(f"  Hittade nummer         {_share(figures.found)}   (mål: minst {_percent(LEAST_RECALL)})")
    print(f"  … hundra i en text     {_share(figures.found_together)}   (mål: minst {_percent(LEAST_RECALL)})")
    print(f"  Felaktigt utpekade     {_share(figures.flagged)}   (mål: högst {_percent(MOST_FLAGGED)})")
    print(f"  … och stoppade         {_share(figures.stopped)}   (mål: högst {_percent(MOST_STOPPED)}, skrivna texter)")
    for kind, many in figures.kinds.most_common():
        print(f"    {kind}: {many}")
    _tell_of_counts("Skrivsätt", figures.forms)
    _tell_of_counts("Bärande meningar", figures.carriers)
    for title, examples in (("Missade", figures.missed), ("Felaktigt utpekade", figures.wrongly)):
        if examples:
            print(f"  {title}, till exempel")
        for example in examples:
            print(f"    {example}")


def _tell_of_counts(title: str, counts: dict[str, Count]) -> None:
    print(f"  {title} ({len(counts)}), det sämsta först")
    for name, count in worst_first(counts):
        print(f"    {_share(count)}   {' '.join(name.split())}")


def _tell_of_documents(documents: dict[str, Screening]) -> None:
    if documents:
        print("\nDokument")
    for name, screening in documents.items():
        print(f"  {name}: {VERDICTS[screening.verdict]}, {len(screening.findings)} fynd")
        for finding in screening.findings:
            print(f"    {finding.kind}, {finding.where}: {finding.excerpt}")


def _documents(folder: Path | None) -> list[Path]:
    """The text files of the folder; of the one with the source documents beside the project if none is given."""
    beside = Path(__file__).resolve().parent.parent.parent / "shared" / "seeds"
    return sorted((folder or beside).glob("*.txt"))


def _screened(paths: list[Path]) -> dict[str, Screening]:
    return {path.name: screen_text(path.read_text(encoding="utf-8", errors="replace")) for path in paths}


def _share(count: Count) -> str:
    return f"{_percent(count.share):>8}  {count.hits:>5} av {count.total}"


def _percent(share: float) -> str:
    return f"{share * 100:.2f}".replace(".", ",") + " %"


if __name__ == "__main__":
    sys.exit(main())
