"""Reads an uploaded file, within limits: first its table, then the rows about contact persons."""

import re
from collections.abc import Sequence
from itertools import islice
from pathlib import PurePath

from ..exports import FORMULA_MARKS
from .csv_reader import text_rows
from .excel_reader import OLE_MARK, ZIP_MARK, workbook_rows
from .forbidden_numbers import refuse_headings, sentence_of
from .headings import ROWS_ABOVE, TITLES, Layout, layout_of
from .rows import MAX_FILE_BYTES, MAX_ROWS, Cell, ImportFile, ImportFileError, ImportRow
from .tables import Table

TOTAL = re.compile(r"(totalt?|summa|antal|sammanlagt)\b", re.IGNORECASE)
READERS = {".xlsx": workbook_rows, ".csv": text_rows}


def read_file(name: str, content: bytes) -> ImportFile:
    """Return the rows of a file whose headings we know. Raises ImportFileError with a sentence for the user."""
    table = read_table(name, content)
    layout = layout_of(table.rows)
    row = layout.heading_row or 1
    if layout.missing:
        raise ImportFileError(
            f"{'Första raden' if row == 1 else f'Rad {row}'} ska vara rubriker. "
            f"Det saknas: {', '.join(layout.missing)}. Rubriker som går att använda: {', '.join(TITLES.values())}.",
            row=row,
        )
    if layout.twin:
        raise ImportFileError(f"Kolumnen {layout.twin} finns två gånger. Ta bort den ena.", row=row)
    return read_rows(table, layout)


def read_table(name: str, content: bytes) -> Table:
    """Return the rows of the file that have a cell. Raises ImportFileError with a sentence for the user."""
    ending = PurePath(name).suffix.lower()
    if ending not in READERS:
        raise ImportFileError("Filen ska vara en Excelfil (.xlsx) eller en textfil (.csv).")
    if len(content) > MAX_FILE_BYTES:
        raise ImportFileError(f"Filen är större än {MAX_FILE_BYTES // 1024 // 1024} MB. Dela den i flera.")
    if not content.strip():
        raise ImportFileError("Filen är tom.")
    if ending == ".csv" and content.startswith((ZIP_MARK, OLE_MARK)):
        raise ImportFileError("Filen heter .csv men är en Excelfil. Döp om den till .xlsx och försök igen.")

    filled = ((number, _trimmed(cells)) for number, cells in READERS[ending](content) if any(cells))
    # One row more than can be read, below as many as may stand above the headings.
    table = Table(list(islice(filled, ROWS_ABOVE + MAX_ROWS + 1)))
    if not table.rows or table.rows[0][0] > ROWS_ABOVE:
        raise ImportFileError("De första raderna är tomma. Där ska rubrikerna stå.", row=1)
    layout = layout_of(table.rows)
    if layout.heading_row:
        refuse_headings(table.headings(layout.heading_row), layout.heading_row)
    return table


def read_rows(table: Table, layout: Layout) -> ImportFile:
    """Return the rows about contact persons, by a layout that is complete. Raises ImportFileError."""
    everything = [
        _import_row(number, cells, layout, table) for number, cells in table.rows if number >= layout.first_row
    ]
    if len(everything) > MAX_ROWS:
        raise ImportFileError(
            f"Filen har fler än {MAX_ROWS} rader. Dela den i flera och läs in en i taget.",
            row=everything[MAX_ROWS].row,
        )
    found = [row for row in everything if not _is_total(row)]
    if not found:
        raise ImportFileError("Filen har rubriker men inga rader med kontaktpersoner.", row=layout.heading_row)
    notes = []
    if layout.heading_row and layout.heading_row > 1:
        notes.append(f"Rubrikerna står på rad {layout.heading_row}. Det som står ovanför läses inte in.")
    if layout.ignored:
        notes.append(f"Kolumner som inte används: {', '.join(layout.ignored)}.")
    notes += [f"Rad {row.row} är en summering och läses inte in." for row in everything if _is_total(row)]
    return ImportFile(rows=found, notes=notes)


def _trimmed(cells: list[Cell]) -> list[Cell]:
    """The cells to the last one that is filled."""
    return cells[: max(place for place, cell in enumerate(cells, start=1) if cell)]


def _import_row(number: int, cells: Sequence[Cell], layout: Layout, table: Table) -> ImportRow:
    values, forbidden = {}, []
    for field, columns in layout.places().items():
        given = [_own(cells[column]) for column in columns if column < len(cells)]
        values[field] = given[0] if len(given) == 1 else " ".join(filter(None, map(str, given)))
        for column in columns:
            told = table.forbidden.get(number, {}).get(column, ())
            forbidden += [sentence_of(TITLES[field], found) for found in told]
    return ImportRow(row=number, forbidden=tuple(dict.fromkeys(forbidden)), **values)


def _own(cell: Cell) -> Cell:
    """The cell without the apostrophe that our own export puts before what could be a formula."""
    is_marked = isinstance(cell, str) and cell.startswith("'") and cell[1:].lstrip().startswith(FORMULA_MARKS)
    return str(cell)[1:] if is_marked else cell


def _is_total(row: ImportRow) -> bool:
    """Whether the row sums up the list, as *Totalt: 3 kontaktpersoner* does, instead of being about somebody."""
    first = next((str(cell) for cell in (row.organisation, row.code, row.name) if cell), "")
    return not row.email and bool(TOTAL.match(first))
