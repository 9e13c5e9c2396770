"""Refuses numbers of persons, organisations and cases in a file with contact persons."""

from collections.abc import Iterable

from screening.descriptions import NAMES
from screening.text import screen_text

from .headings import COLUMNS
from .rows import Cell, ImportFileError, ImportRow


def screen_row(row: ImportRow) -> list[str]:
    """A sentence, with the digits masked, for each thing found in the row's cells."""
    found = list(row.forbidden)
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
    return [sentence_of(title, found) for found in found_in(cell, title)]


def found_in(cell: Cell, title: str) -> list[str]:
    """What each number in the cell is, with its digits masked."""
    if not isinstance(cell, str) or not cell:
        return []
    return [f"{NAMES[finding.kind]} («{finding.excerpt}»)" for finding in screen_text(cell, context=title).findings]


def sentence_of(title: str, found: str) -> str:
    return f"{title}: {found}. Ta bort numret."
