"""How well the rules do on the corpora, and what they miss."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from screening.findings import Kind, Verdict
from screening.text import screen_text
from screening.text.masking import masked

from .samples import Sample, Set, cleans, positives

LEAST_RECALL, MOST_FLAGGED = 0.99, 0.01
MOST_STOPPED = 0.003  # of the clean texts that somebody wrote, which are harder than life: a warning asks for a reason
EXAMPLES = 5
IN_ONE_TEXT = 100  # texts, as the paragraphs of a report or the rows of a list
_ROW = re.compile(r"rad ([0-9]+)")


@dataclass
class Count:
    """Of how many, and how many of them."""

    total: int = 0
    hits: int = 0

    @property
    def share(self) -> float:
        return self.hits / self.total if self.total else 0.0

    def add(self, hit: bool) -> None:
        self.total += 1
        self.hits += hit

    def as_json(self) -> dict[str, Any]:
        return {"total": self.total, "hits": self.hits, "share": round(self.share, 5)}


@dataclass
class Figures:
    """Recall in all, by form and by sentence; the clean texts that were flagged, by kind; examples without digits.

    `found` is of each number in a text of its own, `found_together` of a hundred in one, each told on its line.
    """

    of: Set
    found: Count = field(default_factory=Count)
    found_together: Count = field(default_factory=Count)
    forms: dict[str, Count] = field(default_factory=dict)
    carriers: dict[str, Count] = field(default_factory=dict)
    flagged: Count = field(default_factory=Count)
    stopped: Count = field(default_factory=Count)
    kinds: Counter[str] = field(default_factory=Counter)
    missed: list[str] = field(default_factory=list)
    wrongly: list[str] = field(default_factory=list)

    @property
    def is_met(self) -> bool:
        if self.of is Set.WRITTEN:
            return self.found.share >= LEAST_RECALL and self.stopped.share <= MOST_STOPPED
        recall = min(self.found.share, self.found_together.share)
        return recall >= LEAST_RECALL and self.flagged.share <= MOST_FLAGGED

    def as_json(self) -> dict[str, Any]:
        return {
            "set": self.of,
            "met": self.is_met,
            "recall": self.found.as_json(),
            "recall_in_one_text": self.found_together.as_json(),
            "forms": {name: count.as_json() for name, count in worst_first(self.forms)},
            "carriers": {name: count.as_json() for name, count in worst_first(self.carriers)},
            "clean_flagged": {**self.flagged.as_json(), "kinds": dict(self.kinds)},
            "clean_stopped": self.stopped.as_json(),
            "missed": self.missed,
            "wrongly_flagged": self.wrongly,
        }


def measure(of: Set, *, seed: int, numbers: int = 3_000, clean: int = 2_000) -> Figures:
    """Screen both corpora of a set. The targets ask for 2,000 and 1,000."""
    figures = Figures(of)
    samples = list(positives(of, seed=seed, many=numbers))
    _measure_numbers(figures, samples)
    for at in range(0, len(samples), IN_ONE_TEXT):
        _measure_together(figures, samples[at : at + IN_ONE_TEXT])
    _measure_clean(figures, cleans(of, seed=seed, many=clean))
    return figures


def worst_first(counts: dict[str, Count]) -> list[tuple[str, Count]]:
    return sorted(counts.items(), key=lambda item: (item[1].share, item[0]))


def _measure_numbers(figures: Figures, samples: Iterable[Sample]) -> None:
    for sample in samples:
        hit = screen_text(sample.text).verdict is Verdict.BLOCK
        figures.found.add(hit)
        figures.forms.setdefault(sample.form, Count()).add(hit)
        figures.carriers.setdefault(sample.carrier, Count()).add(hit)
        if not hit and len(figures.missed) < EXAMPLES:
            figures.missed.append(f"{sample.form}: {masked(' '.join(sample.text.split()))}")


def _measure_together(figures: Figures, samples: Sequence[Sample]) -> None:
    """A blank line between them; a number counts as found when it is told on one of its own lines."""
    texts = [sample.text.replace("\r\n", "\n") for sample in samples]
    told = {
        int(row[1])
        for finding in screen_text("\n\n".join(texts)).findings
        if finding.kind in (Kind.PERSONAL_NUMBER, Kind.COORDINATION_NUMBER) and (row := _ROW.search(finding.where))
    }
    line = 1
    for text in texts:
        last = line + text.count("\n")
        figures.found_together.add(not told.isdisjoint(range(line, last + 1)))
        line = last + 2


def _measure_clean(figures: Figures, samples: Iterable[Sample]) -> None:
    for sample in samples:
        screening = screen_text(sample.text)
        figures.flagged.add(bool(screening.findings))
        figures.stopped.add(screening.verdict is Verdict.BLOCK)
        figures.kinds.update({finding.kind.value for finding in screening.findings})
        if screening.findings and len(figures.wrongly) < EXAMPLES:
            figures.wrongly.append(f"{screening.findings[0].kind}: {screening.findings[0].excerpt}")
