"""Rows of a .csv file: comma, semicolon or tab; UTF-8, UTF-16 with a mark, or Windows-1252."""

import codecs
import csv
import io
from collections.abc import Iterator

from .headings import ROWS_ABOVE, known_headings
from .rows import MAX_COLUMNS, MAX_SHEET_ROWS, ImportFileError, NumberedRow

DELIMITERS = (";", ",", "\t")


def text_rows(content: bytes) -> Iterator[NumberedRow]:
    """The rows with their numbers as a spreadsheet would show them. Raises ImportFileError."""
    text = _decode(content)
    delimiter = _delimiter(text)
    # `strict` makes a quotation mark in the wrong place an error, instead of swallowing rows.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            if number > MAX_SHEET_ROWS:
                raise ImportFileError(f"Filen har fler än {MAX_SHEET_ROWS} rader. Dela den i flera.", row=number)
            yield number, [cell.strip() for cell in cells[:MAX_COLUMNS]]
    except csv.Error:
        raise ImportFileError(
            f'Rad {number + 1} går inte att tolka. Står det ett citattecken (") på fel ställe?', row=number + 1
        ) from None


def _decode(content: bytes) -> str:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise ImportFileError("Filen är ingen textfil. Spara den som CSV eller .xlsx och försök igen.")


def _delimiter(text: str) -> str:
    """The delimiter that makes the most of the first lines: known headings, or else as many lines as possible."""
    lines = text.splitlines()[:ROWS_ABOVE]

    def merits(mark: str) -> tuple[int, int, int]:
        headings = max((known_headings(line.split(mark)) for line in lines), default=0)
        return headings, sum(mark in line for line in lines), max((line.count(mark) for line in lines), default=0)

    return max(DELIMITERS, key=merits)
