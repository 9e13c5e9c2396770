"""Reads the rows of an uploaded file, within limits."""

import re
from collections.abc import Mapping, Sequence
from itertools import chain, islice
from pathlib import PurePath

from ..exports import FORMULA_MARKS
from .csv_reader import text_rows
from .excel_reader import OLE_MARK, ZIP_MARK, workbook_rows
from .forbidden_numbers import refuse_headings
from .headings import ROWS_ABOVE, place_of_headings, read_headings
from .rows import MAX_FILE_BYTES, MAX_ROWS, Cell, ImportFile, ImportFileError, ImportRow

TOTAL = re.compile(r"(totalt?|summa|antal|sammanlagt)\b", re.IGNORECASE)
READERS = {".xlsx": workbook_rows, ".csv": text_rows}


def read_file(name: str, content: bytes) -> ImportFile:
    """Return the rows of the file. Raises ImportFileError with a sentence for the user."""
    ending = PurePath(name).suffix.lower()
    if ending not in READERS:
        raise ImportFileError("Filen ska vara en Excelfil (.xlsx) eller en textfil (.csv).")
    if len(content) > MAX_FILE_BYTES:
        raise ImportFileError(f"Filen är större än {MAX_FILE_BYTES // 1024 // 1024} MB. Dela den i flera.")
    if not content.strip():
        raise ImportFileError("Filen är tom.")
    if ending == ".csv" and content.startswith((ZIP_MARK, OLE_MARK)):
        raise ImportFileError("Filen heter .csv men är en Excelfil. Döp om den till .xlsx och försök igen.")

    rows = READERS[ending](content)
    first = list(islice(rows, ROWS_ABOVE))
    if not any(any(cells) for _, cells in first):
        raise ImportFileError("De första raderna är tomma. Där ska rubrikerna stå.", row=1)
    place = place_of_headings([cells for _, cells in first])
    heading_row, headings = first[place]
    refuse_headings(headings, heading_row)
    places, ignored = read_headings(headings, heading_row)
    filled = ((number, cells) for number, cells in chain(first[place + 1 :], rows) if any(cells))
    everything = [_import_row(number, cells, places) for number, cells in islice(filled, MAX_ROWS + 1)]
    if len(everything) > MAX_ROWS:
        raise ImportFileError(
            f"Filen har fler än {MAX_ROWS} rader. Dela den i flera och läs in en i taget.", row=everything[-1].row
        )
    totals = [row for row in everything if _is_total(row)]
    found = [row for row in everything if row not in totals]
    if not found:
        raise ImportFileError("Filen har rubriker men inga rader med kontaktpersoner.", row=heading_row)
    notes = []
    if place:
        notes.append(f"Rubrikerna står på rad {heading_row}. Det som står ovanför läses inte in.")
    if ignored:
        notes.append(f"Kolumner som inte används: {', '.join(ignored)}.")
    notes += [f"Rad {row.row} är en summering och läses inte in." for row in totals]
    return ImportFile(rows=found, notes=notes)


def _import_row(number: int, cells: Sequence[Cell], places: Mapping[str, tuple[int, ...]]) -> ImportRow:
    values = {}
    for field, columns in places.items():
        given = [_own(cells[column]) for column in columns if column < len(cells)]
        values[field] = given[0] if len(given) == 1 else " ".join(filter(None, map(str, given)))
    return ImportRow(row=number, **values)


def _own(cell: Cell) -> Cell:
    """The cell without the apostrophe that our own export puts before what could be a formula."""
    is_marked = isinstance(cell, str) and cell.startswith("'") and cell[1:].lstrip().startswith(FORMULA_MARKS)
    return str(cell)[1:] if is_marked else cell


def _is_total(row: ImportRow) -> bool:
    """Whether the row sums up the list, as *Totalt: 3 kontaktpersoner* does, instead of being about somebody."""
    first = next((str(cell) for cell in (row.organisation, row.code, row.name) if cell), "")
    return not row.email and bool(TOTAL.match(first))
