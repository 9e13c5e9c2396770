"""Import of contact persons: a row of a long file should cost no more than a row of a short one."""

from io import BytesIO

import openpyxl

from contacts.imports.actions import apply_import
from contacts.imports.reading import read_file
from contacts.official_organisations import kommuner_and_regioner

from .gauges import Gauge, compare, gauge
from .scratch import load_organisations, rolled_back

HEADINGS = ("Kod", "Organisation", "Namn", "E-post", "Titel", "Från och med")
ORGANISATIONS = 311
SHORT, LONG = 1, 10  # contact persons in each
RUNS = ("new", "unchanged")  # the list is stored, and then stored once more


def measure() -> None:
    short, long = _import(SHORT), _import(LONG)
    rows, more = ORGANISATIONS * SHORT, ORGANISATIONS * LONG
    cases = [(f"all {run}", rows, short[run], more, long[run]) for run in RUNS]
    compare("Import of contact persons from .xlsx", "row", cases)


def _import(persons: int) -> dict[str, Gauge]:
    """What the two runs took."""
    content = _workbook(persons)
    measured = {}
    with rolled_back():
        load_organisations()
        for run in RUNS:
            with gauge() as taken:
                report = apply_import(rows=read_file("lista.xlsx", content).rows, by=None).as_json()
            assert report[run] == report["rows"] == ORGANISATIONS * persons, report
            measured[run] = taken
    return measured


def _workbook(persons: int) -> bytes:
    """A list with so many made-up contact persons for each kommun and region."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(HEADINGS)
    for organisation in kommuner_and_regioner():
        for n in range(persons):
            email = f"p{organisation.code}.{n}@ort.example"
            sheet.append([organisation.code, organisation.name, f"Påhittad {n}", email, "Jurist", "2025-10-01"])
    file = BytesIO()
    book.save(file)
    return file.getvalue()
