"""Files inside a pdf: text is read, anything else is refused. Plain Python: no Django."""

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from typing import Any

from pypdf.generic import DictionaryObject

from ..kinds import CSV, MARKUP, TEXT, kind_of
from ..pieces import Fault, Piece, quoted
from .document import Document
from .properties import all_told, told
from .streams import Damaged, dict_of, list_of, number_of, unpack, value_of

MAX_DEPTH = 20
MAX_NODES = 10_000
TEXTS = (TEXT, CSV, MARKUP)


def attachments(document: Document) -> Iterator[Piece | Fault]:
    """The files that the document lists, by name or as belonging to it."""
    waiting: list[tuple[Any, int]] = [(dict_of(dict_of(document.root, "/Names"), "/EmbeddedFiles"), 0)]
    visited = 0
    while waiting and visited < MAX_NODES:
        node, depth = waiting.pop()
        visited += 1
        if not isinstance(node, DictionaryObject) or depth > MAX_DEPTH:
            continue
        for item in list_of(node, "/Names"):
            yield from told(document, "namnet på en bilaga", item)
            if isinstance(item, DictionaryObject):
                yield from attachment(document, item)
        waiting.extend((kid, depth + 1) for kid in list_of(node, "/Kids"))
    for owner in (document.root, *list_of(document.root, "/Collection")):
        for item in list_of(owner, "/AF"):
            yield from attachment(document, item)


def attachment(document: Document, file: Any) -> Iterator[Piece | Fault]:
    """One file: its name, its description and what it holds."""
    if not isinstance(file, DictionaryObject) or not file:
        return
    name = str(value_of(file, "/UF") or value_of(file, "/F") or "")
    yield from all_told(document, "namnet på en bilaga", file, without=("/Desc", "/EF"))
    yield from told(document, f"beskrivningen av bilagan {quoted(name)}", value_of(file, "/Desc"))
    inner = dict_of(file, "/EF")
    for key in inner:
        number = number_of(inner, key)
        if number not in document.unpacked:
            document.unpacked.add(number)
            try:
                data = unpack(value_of(inner, key), document.budget)
            except Damaged as damage:
                data = damage.data
                yield Fault("En bilaga i filen är skadad. Ta bort den.")
            yield from words_of(document, data, name)


def words_of(document: Document, data: bytes, name: str) -> Iterator[Piece | Fault]:
    """What an attachment says, if it is a text."""
    called = f"bilagan {quoted(name)}" if name else "en bilaga utan namn"
    kind = kind_of(BytesIO(data), name)
    if kind not in TEXTS or not kind.reader:
        if data:
            yield Fault(f"Filen har {called}, som inte läses. Ta bort bilagan och ladda upp den för sig.")
        return
    for piece in kind.read()(BytesIO(data), document.budget):
        if isinstance(piece, Fault):
            yield piece
            continue
        where = f"{called}: {piece.where}" if piece.where else called
        yield replace(piece, where=where)
