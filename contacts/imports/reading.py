"""Reads the rows of an uploaded file, within limits."""

from itertools import islice
from pathlib import PurePath

from .csv_reader import text_rows
from .excel_reader import OLE_MARK, ZIP_MARK, workbook_rows
from .forbidden_numbers import refuse_headings
from .headings import read_headings
from .rows import MAX_FILE_BYTES, MAX_ROWS, Cell, ImportFile, ImportFileError, ImportRow

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
    heading = next(rows, None)
    if heading is None or not any(heading[1]):
        raise ImportFileError("Första raden är tom. Den ska vara rubriker.", row=1)
    refuse_headings(heading[1])
    places, ignored = read_headings(heading[1])
    filled = ((number, cells) for number, cells in rows if any(cells))
    found = [_import_row(number, cells, places) for number, cells in islice(filled, MAX_ROWS + 1)]
    if not found:
        raise ImportFileError("Filen har rubriker men inga rader med kontaktpersoner.", row=1)
    if len(found) > MAX_ROWS:
        raise ImportFileError(
            f"Filen har fler än {MAX_ROWS} rader. Dela den i flera och läs in en i taget.", row=found[-1].row
        )
    notes = [f"Kolumner som inte används: {', '.join(ignored)}."] if ignored else []
    return ImportFile(rows=found, notes=notes)


def _import_row(number: int, cells: list[Cell], places: dict[str, int]) -> ImportRow:
    values = {field: cells[place] for field, place in places.items() if place < len(cells)}
    return ImportRow(row=number, **values)
