"""Reads earlier versions of the pages, which a pdf keeps when it is changed by adding to its end."""

import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from pypdf.generic import ArrayObject, DictionaryObject

from ..limits import Bytes, search_bytes
from ..passages import Fault, Passage
from .document import Document, LeanReader
from .objects import dict_of
from .pages import Pages

MAX_VERSIONS = 20
_END = re.compile(rb"startxref[\x00\t\n\f\r ]++\d{1,12}[\x00\t\n\f\r ]++%%EOF")
UNREADABLE = "En tidigare version, som finns kvar i filen, kunde inte läsas. Spara filen på nytt med «Spara som»."
TOO_MANY = "Filen har för många tidigare versioner. Spara den på nytt med «Spara som»."


def earlier(document: Document, data: Bytes, source: BinaryIO) -> Iterator[Passage | Fault]:
    """The text of pages that a later version changed or took away; `data` is what `source` holds."""
    ends: list[int] = []
    while found := search_bytes(_END, data, ends[-1] if ends else 0):
        ends.append(found[1])
    if ends and b"/Linearized" in data[:1024]:
        ends.pop(0)  # the first page comes first in such a file, with an end of its own
    ends.pop() if ends else None
    if len(ends) > MAX_VERSIONS:
        yield Fault(TOO_MANY)
    later = document
    for end in reversed(ends[-MAX_VERSIONS:]):
        try:
            version = Document(LeanReader.of(source, end), document.budget)
            version.seen = document.seen
            changed = _changed(version.reader, later.reader)
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
            yield Fault(UNREADABLE)
            return
        pages = Pages(version, "i en tidigare version av filen")
        for number, page in enumerate(version.pages(), 1):
            if page is not None and _object_numbers(page) & changed:
                yield from pages.read(page, number)
        yield from pages.faults()
        later = version


def _changed(version: LeanReader, later: LeanReader) -> set[int]:
    """The numbers of the objects that differ in a later version."""
    before, after = version.places(), later.places()
    return {number for number, place in before.items() if after.get(number) != place}


def _object_numbers(page: DictionaryObject) -> set[int]:
    """The numbers of a page, of its content and of what it draws, one step deep."""
    parts = {page.indirect_reference.idnum} if page.indirect_reference else set()
    for value in (*page.values(), *dict_of(dict_of(page, "/Resources"), "/XObject").values()):
        parts |= {item.idnum for item in _references(value)}
    return parts


def _references(value: Any) -> Iterator[Any]:
    if hasattr(value, "idnum"):
        yield value
        value = value.get_object()
    if isinstance(value, ArrayObject):
        yield from (item for item in list.__iter__(value) if hasattr(item, "idnum"))
