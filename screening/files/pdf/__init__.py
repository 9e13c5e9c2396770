"""Reads pdf: the text of its pages and everything beside them."""

import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from ..limits import Bytes, map_file, release_memory
from ..passages import DAMAGED, TOO_LARGE, Budget, Fault, Passage, Unreadable
from .attachments import attachments
from .document import Document, LeanReader
from .objects import is_text
from .pages import Pages
from .properties import fields, metadata, properties
from .unreferenced import unreferenced
from .versions import earlier

APPENDED = "Efter pdf-filens slut finns något annat gömt. Spara filen på nytt."
CUT_OFF = "Filen är avkortad eller skadad: slutet saknas."
MAX_APPENDED = 1_000
MAX_PAGES = 10_000
_LENGTH = re.compile(rb"/Linearized[^>]{0,200}/L\s{1,10}(\d{1,12})")


def read(source: BinaryIO, budget: Budget) -> Iterator[Passage | Fault]:
    """Yields what is on the pages and beside them. A string comes once, so the best known places come first."""
    data = map_file(source)
    yield from _ends(data)
    try:
        reader = LeanReader.of(source)
        reader.unlock()
        document = Document(reader, budget)
    except (Unreadable, MemoryError):
        raise
    except Exception as error:
        raise Unreadable(DAMAGED) from error
    yield from _despite_damage(properties(document), "egenskaper")
    yield from _despite_damage(metadata(document, document.root, "metadata"), "metadata")
    yield from _despite_damage(fields(document), "formulär")
    yield from _despite_damage(attachments(document), "bilagor")
    yield from _despite_damage(_pages(document), "sidor")
    yield from _despite_damage(unreferenced(document, data), "dolda delar")
    yield from _despite_damage(earlier(document, data, source), "tidigare versioner")


def _pages(document: Document) -> Iterator[Passage | Fault]:
    pages = Pages(document)
    number = 0
    for number, page in enumerate(document.pages(), 1):
        if number > MAX_PAGES:
            raise Unreadable(TOO_LARGE)
        if page is None:
            pages.miss(number)
            continue
        yield from pages.read(page, number)
        yield from _despite_damage(pages.comments(page, number), f"kommentarer på sida {number}")
        yield from _despite_damage(metadata(document, page, f"metadata för sida {number}"), "metadata")
    yield from pages.faults()
    if not number:
        yield Fault(DAMAGED)


def _despite_damage(passages: Iterable[Passage | Fault], what: str) -> Iterator[Passage | Fault]:
    """The passages of one part of the file; if it cannot be read to its end, the others still are."""
    try:
        yield from passages
    except (Unreadable, MemoryError):
        raise
    except Exception:  # the library may raise anything for a damaged file
        yield Fault(f"{DAMAGED} Det gäller {what}.")


def _ends(data: Bytes) -> Iterator[Passage | Fault]:
    """What stands before the beginning and after the end, and whether there is an end."""
    start, end = max(data.find(b"%PDF-"), 0), data.rfind(b"%%EOF")
    length = _LENGTH.search(data[:1024])
    if end < 0 or (length and int(length[1]) > len(data)):
        yield Fault(CUT_OFF)
        return
    before, after = data[: min(start, 10 * MAX_APPENDED)], data[end + 5 : end + 5 + 10 * MAX_APPENDED]
    release_memory(data)
    for beside in (before, after):
        text = beside.strip(b"\x00\t\n\f\r ").decode("latin-1")
        if is_text(text):
            yield Passage("text före eller efter innehållet", text)
        if len(text) > MAX_APPENDED or (text and not is_text(text)):
            yield Fault(APPENDED)
