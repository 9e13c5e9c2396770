"""Files to import, made up for each test."""

import io
import zipfile
from collections.abc import Sequence
from typing import Any

import openpyxl

HEADINGS = ["Organisation", "Namn", "E-post"]


def xlsx(rows: Sequence[Sequence[Any]], headings: Sequence[Any] = HEADINGS) -> bytes:
    book = openpyxl.Workbook()
    book.active.append(list(headings))
    for row in rows:
        book.active.append(list(row))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def csv_file(
    rows: Sequence[Sequence[str]], headings: Sequence[str] = HEADINGS, mark: str = ";", encoding: str = "utf-8"
) -> bytes:
    return "\r\n".join(mark.join(row) for row in [headings, *rows]).encode(encoding)


def repacked(content: bytes, replaced: dict[str, bytes]) -> bytes:
    """The workbook with some of its parts replaced or added."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in replaced:
                new.writestr(name, old.read(name))
        for name, part in replaced.items():
            new.writestr(name, part)
    return file.getvalue()
