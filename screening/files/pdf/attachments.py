"""Reads the files inside a pdf: text is read, anything else is refused."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from pypdf.generic import DictionaryObject

from ..formats import CSV, MARKUP, TEXT, format_of
from ..passages import Fault, Passage, quoted
from .document import Document
from .objects import dict_of, list_of, number_of, unpack, value_of
from .properties import new_string, strings_of

MAX_DEPTH = 20
MAX_NODES = 10_000
TEXTS = (TEXT, CSV, MARKUP)


def attachments(document: Document) -> Iterator[Passage | Fault]:
    """The files that the document lists, by name or as belonging to it."""
    waiting: list[tuple[Any, int]] = [(dict_of(dict_of(document.root, "/Names"), "/EmbeddedFiles"), 0)]
    visited = 0
    while waiting and visited < MAX_NODES:
        node, depth = waiting.pop()
        visited += 1
        if not isinstance(node, DictionaryObject) or depth > MAX_DEPTH:
            continue
        for item in list_of(node, "/Names"):
            yield from new_string(document, "namnet på en bilaga", item)
            if isinstance(item, DictionaryObject):
                yield from attachment(document, item)
        waiting.extend((kid, depth + 1) for kid in list_of(node, "/Kids"))
    for owner in (document.root, *list_of(document.root, "/Collection")):
        for item in list_of(owner, "/AF"):
            yield from attachment(document, item)


def attachment(document: Document, file: Any) -> Iterator[Passage | Fault]:
    """One file: its name, its description and what it holds."""
    if not isinstance(file, DictionaryObject) or not file:
        return
    name = str(value_of(file, "/UF") or value_of(file, "/F") or "")
    yield from strings_of(document, "namnet på en bilaga", file, without=("/Desc", "/EF"))
    yield from new_string(document, f"beskrivningen av bilagan {quoted(name)}", value_of(file, "/Desc"))
    inner = dict_of(file, "/EF")
    for key in inner:
        number = number_of(inner, key)
        if number not in document.unpacked:
            document.unpacked.add(number)
            data, is_damaged = unpack(value_of(inner, key), document.budget)
            if is_damaged:
                yield Fault("En bilaga i filen är skadad. Ta bort den.")
            yield from words_of(document, data, name)


def words_of(document: Document, data: bytes, name: str) -> Iterator[Passage | Fault]:
    """Yields the text of an attachment, or a fault if it is not a text."""
    called = f"bilagan {quoted(name)}" if name else "en bilaga utan namn"
    file_format = format_of(BytesIO(data), name)
    if file_format not in TEXTS or not file_format.reader:
        if data:
            yield Fault(f"Filen har {called}, som inte läses. Ta bort bilagan och ladda upp den för sig.")
        return
    for passage in file_format.read(BytesIO(data), document.budget):
        if isinstance(passage, Fault):
            yield passage
        else:
            yield passage.inside(called)
