"""Refuses numbers of persons, organisations and cases in a file with contact persons."""

from collections.abc import Iterable

from screening.descriptions import NAMES
from screening.text import screen_text

from .headings import COLUMNS
from .rows import Cell, ImportFileError, ImportRow


def screen_row(row: ImportRow) -> list[str]:
    """A sentence, with the digits masked, for each thing found in the row's cells."""
    found = []
    for field, title, _ in COLUMNS:
        found += screen_cell(getattr(row, field), title)
    return found


def refuse_headings(headings: Iterable[Cell], row: int) -> None:
    """Raise ImportFileError for a heading with such a number, since the headings of unused columns are shown."""
    for number, heading in enumerate(headings, start=1):
        for sentence in screen_cell(heading, f"Kolumn {number}"):
            raise ImportFileError(sentence, row=row)


def screen_cell(cell: Cell, title: str) -> list[str]:
    """A sentence for each thing found in a cell."""
    if not isinstance(cell, str) or not cell:
        return []
    findings = screen_text(cell, context=title).findings
    return [f"{title}: {NAMES[finding.kind]} («{finding.excerpt}»). Ta bort numret." for finding in findings]
