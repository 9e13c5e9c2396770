"""Reads the properties, the form and the XMP metadata of a pdf."""

from collections.abc import Iterator
from typing import Any

from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    StreamObject,
    TextStringObject,
)

from ..grid import Grid
from ..markup import is_id_or_time, text_of_rich_text, text_of_xml
from ..passages import Fault, Passage, quoted
from .document import Document
from .objects import dict_of, is_text, list_of, number_of, original_bytes, text_of, unpack, value_of

MAX_DEPTH = 12
MAX_FIELDS = 50_000
NAMES = {
    "/Title": "Titel",
    "/Author": "Författare",
    "/Subject": "Ämne",
    "/Keywords": "Nyckelord",
    "/Creator": "Program",
    "/Producer": "Tillverkare",
}
_NAMES_OF_NO_INTEREST = ("/CreationDate", "/ModDate", "/Trapped")
FORM_DATA = "formulärets data"


def properties(document: Document) -> Iterator[Passage]:
    """The document's information, one property at a time."""
    info = dict_of(document.reader.trailer, "/Info")
    for key in info:
        # The name of a custom property is read too, since it may be anything.
        yield from new_string(document, f"egenskapen {NAMES.get(key, quoted(key[1:]))}", value_of(info, key))
        if key not in NAMES and key not in _NAMES_OF_NO_INTEREST:
            yield from new_string(document, "namnet på en egenskap", TextStringObject(key[1:]))


def fields(document: Document) -> Iterator[Passage | Fault]:
    """The fields of the form: their names, explanations, choices and values, and the form as XML if there is one."""
    form = dict_of(document.root, "/AcroForm")
    parts = value_of(form, "/XFA")
    # An array has names and streams in turns.
    for part in list_of(form, "/XFA") if isinstance(parts, ArrayObject) else [parts]:
        if isinstance(part, StreamObject):
            yield from xml(document, FORM_DATA, part)
    names, values = dict[int, str](), list[tuple[int, str]]()
    waiting: list[tuple[Any, str]] = [(field, "") for field in reversed(value_of(form, "/Fields") or [])]
    seen: set[int] = set()
    while waiting and len(seen) < MAX_FIELDS:
        field, above = waiting.pop()
        number = field.idnum if isinstance(field, IndirectObject) else id(field)
        field = field.get_object()
        if number in seen or not isinstance(field, DictionaryObject):
            continue
        seen.add(number)
        name = _name(field) or above
        where = f"formulärfältet {quoted(name)}" if name else "ett formulärfält"
        yield from strings_of(document, where, field, without=("/Kids", "/AP", "/MK", "/DA"))
        yield from strings_of(document, where, dict_of(field, "/MK"))
        names[len(names)] = f"{name} {_text(value_of(field, '/TU'))}".strip()
        if value := _text(value_of(field, "/V")):
            values.append((len(names) - 1, value))
        waiting.extend((kid, name) for kid in reversed(value_of(field, "/Kids") or []))
    # The fields are read as the cells of a row as well, under their names: a number may stand in two or in ten.
    for cell in Grid(names).read(values):
        if cell.first != cell.last:
            where = f"formulärfälten {quoted(names[cell.first])} och {quoted(names[cell.last])}"
            yield Passage(where, document.budget.take(cell.text))


def xml(document: Document, where: str, stream: Any) -> Iterator[Passage | Fault]:
    """Yields the text of a stream of XML."""
    data, is_damaged = unpack(stream, document.budget)
    if is_damaged:
        yield Fault(f"Något i filen är skadat och kunde inte läsas: {where}.")
    words = text_of_xml(data)
    if words:
        yield Passage(where, document.budget.take(words))


def strings_of(
    document: Document, where: str, thing: DictionaryObject, *, without: tuple[str, ...] = ()
) -> Iterator[Passage | Fault]:
    """Yields the strings of an object and of its children, but not those of its parents or of other pages."""
    keys = {"/P", "/Parent", "/IRT", "/Dest", "/StructParent", "/Popup", *without}
    waiting: list[tuple[Any, int]] = [(thing, 0)]
    while waiting:
        value, depth = waiting.pop()
        document.budget.check_time()
        if isinstance(value, DictionaryObject) and depth < MAX_DEPTH and value_of(value, "/Type") not in _OTHERS:
            inner = [value_of(value, key) for key in value if key not in keys]
            if isinstance(value, StreamObject):
                yield from _text_of_stream(document, where, value)
        elif isinstance(value, ArrayObject) and depth < MAX_DEPTH:
            inner = [item.get_object() for item in value]
        else:
            yield from new_string(document, where, value)
            continue
        waiting.extend((item, depth + 1) for item in reversed(inner))


_OTHERS = ("/Page", "/Pages", "/Catalog", "/StructElem", "/Font", "/XObject", "/Filespec", "/EmbeddedFile")


def new_string(document: Document, where: str, value: Any) -> Iterator[Passage]:
    """Yields the text of a string, unless it was handed over before; other objects have none."""
    if isinstance(value, (TextStringObject, ByteStringObject)) and not isinstance(value, NameObject):
        yield from new_text(document, where, text_of(original_bytes(value)))


def new_text(document: Document, where: str, text: str) -> Iterator[Passage]:
    """Yields a text, unless it is the bytes of something else or was handed over before."""
    if text in document.seen or not is_text(text):
        return
    document.seen.add(text)
    if is_id_or_time(text):
        return
    yield Passage(where, document.budget.take(text))
    if "</" in text:
        yield Passage(where, document.budget.take(text_of_rich_text(text)), fuller_than=text)


def _text_of_stream(document: Document, where: str, stream: StreamObject) -> Iterator[Passage | Fault]:
    """Yields the text of a stream, in which a long value may be stored."""
    if value_of(stream, "/Subtype") in ("/Form", "/Image") or len(stream._data) > 1_000_000:
        return
    data, is_damaged = unpack(stream, document.budget)
    text = text_of(data)
    if is_damaged:
        yield Fault(f"Något i filen är skadat och kunde inte läsas: {where}.")
    if is_text(text):
        yield Passage(where, document.budget.take(text_of_rich_text(text) if "</" in text else text))


def _name(field: DictionaryObject) -> str:
    name = value_of(field, "/T")
    return str(name) if isinstance(name, TextStringObject) else ""


def _text(value: Any) -> str:
    """The text of a string; "" for anything else."""
    return text_of(original_bytes(value)) if isinstance(value, (TextStringObject, ByteStringObject)) else ""


def metadata(document: Document, owner: DictionaryObject, where: str) -> Iterator[Passage | Fault]:
    """Yields the XMP of the file, a page or a picture; each stream once."""
    number = number_of(owner, "/Metadata")
    stream = value_of(owner, "/Metadata")
    if isinstance(stream, StreamObject) and number not in document.drawn:
        document.drawn.add(number)
        yield from xml(document, where, stream)
