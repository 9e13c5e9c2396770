"""Hostile spreadsheets: how soon they are refused, and how much memory that takes."""

import time
import tracemalloc
import zipfile
from collections.abc import Callable
from io import BytesIO

import openpyxl

from contacts.imports.reading import read_file
from contacts.imports.rows import ImportFileError

from .gauges import ms, tell

SHEET = "xl/worksheets/sheet1.xml"
NAMESPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def measure() -> None:
    tell(
        "Spreadsheets that are refused (memory is what Python allocates at most)",
        ("file", "packed", "unpacked", "time", "memory"),
        [_row(name, make()) for name, make in BOMBS.items()],
    )


def _row(name: str, part: bytes) -> tuple[str, ...]:
    content = _workbook_with(part)
    start = time.perf_counter()
    _refused(content)
    seconds = time.perf_counter() - start
    tracemalloc.start()  # apart, since it makes everything slower
    _refused(content)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return name, f"{len(content) / 1e3:.0f} kB", f"{len(part) / 1e6:.0f} MB", ms(seconds), f"{peak / 1e6:.1f} MB"


def _refused(content: bytes) -> None:
    try:
        read_file("lista.xlsx", content)
    except ImportFileError:
        return
    raise AssertionError("the file was read")


def _zeros() -> bytes:
    """What packs best: refused by the sizes that the zip declares."""
    return b"<!--" + b" " * 80_000_000 + b"-->"


def _cells() -> bytes:
    """A sheet that declares decent sizes and has too many cells: refused when they have been counted."""
    numbers = iter(range(10**9))
    rows = ("".join(f"<c><v>{next(numbers) * 7919 % 100_003}</v></c>" for _ in range(30)) for _ in range(18_000))
    body = "".join(f"<row>{row}</row>" for row in rows)
    return f"<worksheet {NAMESPACE}><sheetData>{body}</sheetData></worksheet>".encode()


BOMBS: dict[str, Callable[[], bytes]] = {"80 MB of nothing": _zeros, "half a million cells": _cells}


def _workbook_with(sheet: bytes) -> bytes:
    """An ordinary workbook whose sheet is replaced."""
    ordinary, file = BytesIO(), BytesIO()
    openpyxl.Workbook().save(ordinary)
    with zipfile.ZipFile(ordinary) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, sheet if name == SHEET else old.read(name))
    return file.getvalue()
