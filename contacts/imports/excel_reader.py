"""Rows of an .xlsx file, read so that a hostile file costs neither time nor memory.

An .xlsx is a zip with XML. Before openpyxl builds anything of it, the sizes that the zip declares
are summed, and each XML part is run through a parser that keeps nothing and stops at a limit. (The
zip module never gives out more bytes of a part than it declares.)
"""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any
from xml.parsers import expat

import openpyxl
from openpyxl.utils import column_index_from_string

from .headings import ROWS_ABOVE, known_headings
from .rows import MAX_COLUMNS, MAX_ROWS, MAX_SHEET_ROWS, Cell, ImportFileError, NumberedRow

ZIP_MARK = b"PK\x03\x04"
OLE_MARK = bytes.fromhex("d0cf11e0a1b11ae1")  # the old .xls, and encrypted .xlsx

MAX_UNPACKED_BYTES = 20 * 1024 * 1024
MAX_RATIO = 150  # an ordinary workbook packs to a tenth; a bomb to a thousandth
MAX_PARTS = 500
MAX_SHEETS = 50  # among which the one with the headings is sought
MAX_ELEMENTS = 400_000  # of cells and texts in all
MAX_ELEMENTS_ELSEWHERE = 20_000  # in a part such as the styles, which openpyxl makes large objects of
MAX_CHARACTERS = 5_000_000
CHUNK = 64 * 1024
MERGED_DOWN = re.compile(r"([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})")
WITH_VALUE = ("v", "f", "is")  # what a cell holds that is more than a format

UNREADABLE = "Filen går inte att läsa som en Excelfil. Öppna den i Excel, spara den på nytt som .xlsx och försök igen."
TOO_BIG = (
    "Excelfilen innehåller mer än vad som går att läsa in. "
    "Kopiera bara raderna med kontaktpersoner till en ny fil och försök igen."
)


def workbook_rows(content: bytes) -> Iterator[NumberedRow]:
    """The rows of the visible sheet with the headings, or of the first, with their numbers. Raises ImportFileError."""
    _refuse_what_is_no_workbook(content)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            merged = _check_parts(archive)
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        try:
            sheet = _sheet_with_headings([sheet for sheet in book.worksheets if sheet.sheet_state == "visible"])
            rows = sheet.iter_rows(max_row=MAX_SHEET_ROWS, max_col=MAX_COLUMNS, values_only=True)
            below = MergedCells(merged.get(sheet._worksheet_path, ()))
            for number, values in enumerate(rows, start=1):
                yield number, below.filled(number, [_cell(value) for value in values])
        finally:
            book.close()
    except ImportFileError:
        raise
    except Exception as fault:
        # openpyxl may raise any exception for a damaged file. The original is dropped, since its text may
        # hold personal data.
        raise ImportFileError(UNREADABLE) from (fault if isinstance(fault, MemoryError) else None)


def _sheet_with_headings(sheets: Sequence[Any]) -> Any:
    """The sheet among whose first rows the most known headings stand, or else addresses; the first among equals."""
    if not sheets:
        raise ImportFileError("Excelfilen har inget blad.")

    def headings(sheet: Any) -> tuple[int, int]:
        values = sheet.iter_rows(max_row=ROWS_ABOVE, max_col=MAX_COLUMNS, values_only=True)
        rows = [[_cell(value) for value in row] for row in values]
        addresses = sum("@" in str(cell) for cells in rows for cell in cells)
        return max(map(known_headings, rows), default=0), addresses

    return max(sheets[:MAX_SHEETS], key=headings) if len(sheets) > 1 else sheets[0]


def _refuse_what_is_no_workbook(content: bytes) -> None:
    if content.startswith(OLE_MARK):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise ImportFileError("Excelfilen är skyddad med lösenord. Ta bort lösenordet, spara och försök igen.")
        raise ImportFileError("Filen är i det äldre Excelformatet .xls. Spara den som .xlsx och försök igen.")
    if not content.startswith(ZIP_MARK):
        raise ImportFileError(
            "Filen heter .xlsx men är ingen Excelfil. Är det en textfil, döp om den till .csv och försök igen."
        )


class MergedCells:
    """Gives each row below the first of merged cells what is written in them, as a reader sees it."""

    def __init__(self, areas: Iterable[str]) -> None:
        self.last_rows: dict[tuple[int, int], int] = {}  # by row and column of the upper left corner
        for match in filter(None, map(MERGED_DOWN.fullmatch, areas)):
            column, first, last = column_index_from_string(match[1]) - 1, int(match[2]), int(match[4])
            if first < last and column < MAX_COLUMNS:
                self.last_rows[first, column] = last
        self.open: dict[int, tuple[int, Cell]] = {}  # of each column: to which row, and what is written

    def filled(self, number: int, cells: list[Cell]) -> list[Cell]:
        for column, (last, written) in list(self.open.items()):
            if number > last:
                del self.open[column]
            elif column < len(cells) and not cells[column] and any(cells):
                cells[column] = written
        for column, cell in enumerate(cells):
            if (number, column) in self.last_rows:
                self.open[column] = (self.last_rows[number, column], cell)
        return cells


def _check_parts(archive: zipfile.ZipFile) -> dict[str, list[str]]:
    """Raise ImportFileError at a limit; return the areas of merged cells in each part."""
    parts = archive.infolist()
    if any(part.flag_bits & 0x1 for part in parts):
        raise ImportFileError("Excelfilen är skyddad med lösenord. Ta bort lösenordet, spara och försök igen.")
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts)
    if len(parts) > MAX_PARTS or unpacked > MAX_UNPACKED_BYTES or unpacked > MAX_RATIO * max(packed, 4096):
        raise ImportFileError(TOO_BIG)
    if not any(part.filename.lower() == "xl/workbook.xml" for part in parts):
        raise ImportFileError(UNREADABLE)
    gauge = PartGauge()
    merged: dict[str, list[str]] = {}
    for part in parts:
        if part.filename.lower().endswith((".xml", ".rels")):
            with archive.open(part) as stream:
                gauge.measure(part.filename.lower(), stream)
            merged[part.filename] = gauge.merged
    return merged


class PartGauge:
    """Runs XML through a parser that keeps nothing, and raises ImportFileError at a limit."""

    def __init__(self) -> None:
        self.elements = 0
        self.characters = 0
        self.merged: list[str] = []  # the areas of merged cells in the last part

    def measure(self, name: str, stream: Any) -> None:
        self.allowed = MAX_ELEMENTS if "/worksheets/" in name or "sharedstrings" in name else MAX_ELEMENTS_ELSEWHERE
        self.elements_here = self.cells = self.rows = 0
        self.is_far_down = False
        self.merged = []
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.CharacterDataHandler = self._characters
        # Without a document type there are no entities, and so no text that expands.
        parser.StartDoctypeDeclHandler = self._refuse_doctype
        while chunk := stream.read(CHUNK):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self.elements += 1
        self.elements_here += 1
        tag = tag.rpartition(":")[2]
        if tag == "row":
            self.rows += 1
            self.cells = 0
            number = attributes.get("r", "0")
            if not number.isdecimal() or len(number) > 7:
                raise ImportFileError(_too_many_rows())
            self.is_far_down = int(number) > MAX_SHEET_ROWS
        elif tag == "c":
            self.cells += 1
        elif tag == "mergeCell":
            self.merged.append(attributes.get("ref", ""))
        elif tag in WITH_VALUE and self.is_far_down:  # A format alone, as of a whole column, is no row.
            raise ImportFileError(_too_many_rows())
        self._count(sum(map(len, attributes.values())))
        if self.rows > MAX_SHEET_ROWS:
            raise ImportFileError(_too_many_rows())
        if self.elements > MAX_ELEMENTS or self.elements_here > self.allowed or self.cells > 10 * MAX_COLUMNS:
            raise ImportFileError(TOO_BIG)

    def _characters(self, text: str) -> None:
        self._count(len(text))

    def _count(self, characters: int) -> None:
        self.characters += characters
        if self.characters > MAX_CHARACTERS:
            raise ImportFileError(TOO_BIG)

    def _refuse_doctype(self, *ignored: object) -> None:
        raise ImportFileError(UNREADABLE)


def _too_many_rows() -> str:
    return (
        f"Excelbladet har fler rader än vad som går att läsa in (högst {MAX_ROWS} kontaktpersoner åt gången). "
        "Ta bort tomma rader längst ner, eller dela filen i flera."
    )


def _cell(value: object) -> Cell:
    """The value as text, as the spreadsheet would show it; dates stay dates."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
