"""Reads files inside an office document: pictures, texts and other documents. Sound, film and macros are refused."""

import re
from collections.abc import Iterator
from io import BytesIO

from .formats import ARCHIVE, IMAGE, MARKUP, PDF, TEXT, UNKNOWN, FileFormat, format_of
from .images import APPENDED
from .package import Part
from .passages import Budget, Fault, Passage, Unreadable, quoted

MAX_EMBEDDED = 20_000_000
MAX_THUMBNAIL = 200_000
# The picture of the first page that the program makes and nobody can exchange. PowerPoint leaves bytes after its end,
# which are screened as text.
_THUMBNAIL = re.compile(r"^(?:docprops|thumbnails)/thumbnail\.")
# Fonts, printer settings, caches, and vector or HDR pictures: no text of the document.
_OF_PROGRAMS = re.compile(
    r"\.(?:odttf|ttf|otf|ttc|fntdata|wdp|emf|wmf|emz|wmz)$|(?:^|/)printersettings[^/]*\.bin$|^layout-cache$"
    r"|(?:^|/)objectreplacements/"
)
_MEDIA = frozenset({"mp3", "mp4", "m4a", "m4v", "wav", "wma", "wmv", "avi", "mov", "mpg", "mpeg", "ogg", "webm"})


def read_embedded(part: Part, budget: Budget) -> Iterator[Passage | Fault]:
    """Reads a part that is not XML, or yields a fault if it cannot be read and may hold text."""
    head = part.head()
    if not head:
        return
    name = quoted(part.name.rpartition("/")[2])
    file_format = format_of(BytesIO(head), part.folded)
    if f".{part.suffix}" in IMAGE.suffixes and file_format is not IMAGE:
        yield Fault(_not_read(name))
    if head.startswith(b"PK") or file_format is PDF:
        yield from _read_document(part, name, budget)
    elif file_format is IMAGE:
        yield from _read_picture(part, name, budget)
    elif file_format in (TEXT, MARKUP) or (file_format.reader and not file_format.refusal):
        content = part.whole(MAX_EMBEDDED)
        if content is None or file_format is MARKUP:
            yield Fault(_not_read(name))
        if content is not None:
            yield from _read_as(file_format, content, name, budget)
    elif name.lower() == "vbaproject.bin":
        yield Fault("Filen innehåller makron, som inte kan granskas. Spara den utan makron.")
    elif part.suffix in _MEDIA:
        yield Fault(f"Filen innehåller ljud eller film ({name}) som inte kan granskas.")
    elif file_format is not UNKNOWN or not _OF_PROGRAMS.search(part.folded):
        yield Fault(_not_read(name))


def _not_read(name: str) -> str:
    return f"Filen innehåller en annan fil ({name}) som inte kan läsas. Ta bort den eller ladda upp den för sig."


def _read_document(part: Part, name: str, budget: Budget) -> Iterator[Passage | Fault]:
    """A document inside another, such as the workbook behind a chart. Only one deep, and no archives."""
    content = part.whole(MAX_EMBEDDED) if budget.depth else None
    file_format = format_of(BytesIO(content), part.folded) if content is not None else ARCHIVE
    if content is None or file_format is ARCHIVE or not file_format.reader:
        yield Fault(_not_read(name))
        return
    budget.depth -= 1
    try:
        yield from _read_as(file_format, content, name, budget)
    finally:
        budget.depth += 1


def _read_picture(part: Part, name: str, budget: Budget) -> Iterator[Passage | Fault]:
    """Reads a picture's metadata. What it shows needs no approval: nearly every document has a logotype."""
    content = part.whole(MAX_EMBEDDED)
    if content is None:
        yield Fault(_not_read(name))
        return
    is_thumbnail = bool(_THUMBNAIL.search(part.folded))
    shown, budget.picture_is_read = budget.picture_is_read, True
    try:
        for passage in _read_as(IMAGE, content, name, budget):
            if not isinstance(passage, Fault):
                yield passage
            elif not is_thumbnail:
                yield Fault(f"En bild i filen ({name}) är skadad eller har något annat gömt i sig. Byt ut bilden.")
            elif passage.sentence != APPENDED or len(content) > MAX_THUMBNAIL:
                yield Fault(f"Filens miniatyrbild ({name}) är skadad. Spara filen utan miniatyrbild.")
    except Unreadable:
        yield Fault(_not_read(name))
    finally:
        budget.picture_is_read = shown


def _read_as(file_format: FileFormat, content: bytes, name: str, budget: Budget) -> Iterator[Passage | Fault]:
    for passage in file_format.read(BytesIO(content), budget):
        yield passage.inside(f"inbäddad fil {name}") if isinstance(passage, Passage) else passage
