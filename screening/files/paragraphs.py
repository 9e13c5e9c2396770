"""Paragraphs of a document as they are put together from their runs, and the cells they stand in."""

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from .grid import is_of_last_four
from .passages import Passage

INSERTED = " (infogad ändring)"
_BROKEN_OFF = re.compile(r"\d{6}\s*[-–‐‑−+]\s*$")
_SIX_LAST = re.compile(r"\d{6}\s*$")
_GOES_ON = re.compile(r"\s*[-–‐‑−]?\s*\d{4}")
_DASH_FIRST = re.compile(r"\s*[-–‐‑−]\s*\d{4}")
_DIGIT = re.compile(r"\d")
_FEW_DIGITS = re.compile(r"\D*+(?:\d\D*+){1,9}")
_AROUND = 200  # characters on each side of a break that are read together


class Run(NamedTuple):
    """A part of a paragraph, and whether it is hidden or changed by a tracked change."""

    text: str
    is_hidden: bool = False
    is_deleted: bool = False
    is_inserted: bool = False


@dataclass
class Cell:
    """A cell of the row that is read: its stored value and the paragraphs that it shows."""

    column: int
    value: str = ""
    passages: list[Passage] = field(default_factory=list)


@dataclass
class Paragraph:
    """A paragraph that is being read. Several are open at once when a text box or a note stands in one."""

    where: str
    cell: Cell | None = None
    runs: list[Run] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    hidden_runs: list[bool] = field(default_factory=list)  # of the runs that are open
    is_plain: bool = True  # nothing in it is hidden or changed, as in most paragraphs

    def passages(self) -> list[Passage]:
        """The paragraph as it is shown, and then its insertions, hidden text, deletions and field codes, if any."""
        if self.is_plain:
            text = "".join([run.text for run in self.runs])
            return [Passage(self.where, text)] if text and not text.isspace() else []
        shown = "".join([run.text for run in self.runs if not run.is_deleted and not run.is_hidden])
        passages = [Passage(self.where, shown)]
        if any(run.is_inserted and not run.is_deleted and not run.is_hidden for run in self.runs):
            passages = self._with_insertions(shown)
        if any(run.is_hidden for run in self.runs):
            kept = "".join(run.text for run in self.runs if not run.is_deleted)
            passages.append(Passage(f"{self.where}, dold text", kept, fuller_than=shown))
            shown = kept
        if any(run.is_deleted for run in self.runs):
            before = "".join(run.text for run in self.runs if not run.is_inserted)
            passages.append(Passage(f"{self.where}, borttagen text (spårad ändring)", before, fuller_than=shown))
        if self.codes:
            passages.append(Passage(f"{self.where}, fältkod", "".join(self.codes)))
        return [passage for passage in passages if passage.text and not passage.text.isspace()]

    def _with_insertions(self, shown: str) -> list[Passage]:
        runs = (run for run in self.runs if not run.is_deleted and not run.is_hidden and not run.is_inserted)
        before = "".join(run.text for run in runs)
        before = "" if before.isspace() else before
        return [Passage(self.where, before), Passage(f"{self.where}{INSERTED}", shown, fuller_than=before)]


def shown_in(passages: list[Passage]) -> str:
    """The shown text of a cell's paragraphs: with insertions, without hidden and deleted text."""
    if len(passages) == 1:
        return passages[0].text
    texts: list[str] = []
    for passage in passages:
        if passage.fuller_than and passage.where.endswith(INSERTED):
            texts[-1] = passage.text
        elif not passage.fuller_than:
            texts.append(passage.text)
    return " ".join(texts)


def over_break(before: str, after: str) -> str:
    """Two paragraphs read as one where a number may go on from the first to the second; else ""."""
    before, after = before[-_AROUND:], after[:_AROUND]
    goes_on = _GOES_ON.match(after) and (
        _BROKEN_OFF.search(before) or (_DASH_FIRST.match(after) and _SIX_LAST.search(before))
    )
    # "Född 850709", and then "De fyra sista är 9805".
    if goes_on or (_FEW_DIGITS.fullmatch(after) and _DIGIT.search(before) and is_of_last_four(f"{before} {after}")):
        return f"{before.strip()} {after.strip()}"
    return ""
