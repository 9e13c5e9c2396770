"""Reads every string of a pdf that its pages do not lead to: bookmarks, names, alternative texts, older versions.

The file is searched as bytes, since its strings need not belong to any page, and parsing every object of a
large file takes too long.
"""

import re
from collections.abc import Iterator

from pypdf.generic import ArrayObject, ByteStringObject, DictionaryObject, TextStringObject

from ..limits import Bytes, search_bytes, windows
from ..markup import text_of_xml
from ..passages import Fault, Passage
from .attachments import words_of
from .document import Document
from .objects import HEX, SPACE, STRING, bytes_of, inflate, original_bytes, text_of
from .properties import NAMES, new_text

_STREAM = re.compile(rb"\bstream(?:\r\n|\n|\r)")
_END_OF_STREAM = re.compile(rb"endstream")
_OBJECT_STREAM = re.compile(rb"/Type" + SPACE + rb"*+/ObjStm")
_DEFLATED = re.compile(rb"/Filter" + SPACE + rb"*+\[?" + SPACE + rb"*+/Fl")
_PREDICTOR = re.compile(rb"/Predictor" + SPACE + rb"*+(?!1\b)\d")
_XML = re.compile(rb"/Subtype" + SPACE + rb"*+/XML\b|/Type" + SPACE + rb"*+/Metadata\b")
_OF_A_FILE = re.compile(rb"/Type" + SPACE + rb"*+/EmbeddedFile\b")
_NUMBER = re.compile(rb"(\d{1,10})" + SPACE + rb"++\d{1,5}" + SPACE + rb"++obj\b")
_KEYED = re.compile(
    rb"/ID%b*+\[[^\]]*+\]|(?:/(?P<key>[A-Za-z]{1,40})%b*+)?+(?P<text>%b|%b)|%%[^\r\n]*+" % (SPACE, SPACE, STRING, HEX),
    re.DOTALL,
)
_MAX_DICT = 4_000  # bytes before a stream that may be its dictionary
_NO_TEXT = frozenset({b"ID", b"IDS", b"O", b"U", b"OE", b"UE", b"Perms", b"CreationDate", b"ModDate", b"M", b"DA"})
_PLACES = {
    b"Title": "bokmärke eller rubrik",
    b"Alt": "alternativtext",
    b"ActualText": "alternativtext",
    b"E": "alternativtext",
    b"Contents": "kommentar",
    b"RC": "kommentar",
    b"T": "namnet på ett fält eller på den som kommenterat",
    b"TU": "formulärfält",
    b"V": "formulärfält",
    b"DV": "formulärfält",
    b"URI": "länk",
    b"JS": "skript",
    b"P": "sidnumrering",
    b"Name": "namnet på ett lager",
    b"F": "namnet på en bilaga",
    b"UF": "namnet på en bilaga",
    b"Desc": "beskrivningen av en bilaga",
}
UNREADABLE = "Filen har en dold del som är skadad eller för stor för att läsas. Spara filen på nytt."
_ELSEWHERE = "text i filen utanför sidorna"


def unreferenced(document: Document, data: Bytes) -> Iterator[Passage | Fault]:
    """Yields every string that was not handed over before, and the XML and files that nothing refers to."""
    if document.reader.is_encrypted:
        yield from _of_objects(document)  # encrypted bytes cannot be searched
        return
    position = 0
    while True:
        start = search_bytes(_STREAM, data, position)
        end = start[0] if start else len(data)
        for window in windows(data, position, end):
            yield from _strings(document, window)
        if not start:
            return
        head = data[max(position, end - _MAX_DICT) : end]
        close = search_bytes(_END_OF_STREAM, data, start[1])
        position = close[0] if close else len(data)
        yield from _stream(document, head, data, start[1], position)
        position += len(b"endstream")


def _stream(document: Document, head: bytes, data: Bytes, start: int, end: int) -> Iterator[Passage | Fault]:
    head = head[head.rfind(b" obj") - 20 if b" obj" in head else 0 :]
    is_objects, is_xml = _OBJECT_STREAM.search(head), _XML.search(head)
    if not (is_objects or is_xml or _OF_A_FILE.search(head)):
        return
    number = _NUMBER.search(head)
    if not is_objects and number and int(number[1]) in document.unpacked | document.drawn:
        return
    content = data[start:end]
    if _DEFLATED.search(head) and not _PREDICTOR.search(head):
        content, is_damaged = inflate(content.rstrip(b"\r\n") if not content.startswith(b"x") else content)
        if is_damaged:
            yield Fault(UNREADABLE)
        document.budget.take_bytes(content)
    elif b"/Filter" in head:
        return
    if is_objects:
        yield from _strings(document, content)
    elif is_xml:
        words = text_of_xml(content)
        if words and words not in document.seen:
            document.seen.add(words)
            yield Passage("metadata i filen", document.budget.take(words))
    else:
        yield from words_of(document, content, "")


def _of_objects(document: Document) -> Iterator[Passage]:
    """The strings of all objects, one by one: slow, but a file that is encrypted is read in no other way."""
    reader = document.reader
    for number in sorted(reader.places()):
        document.budget.check_time()
        waiting = [(b"", reader.get_object(number))]
        while waiting:
            key, value = waiting.pop()
            if isinstance(value, DictionaryObject):
                waiting.extend((str(name)[1:].encode("ascii", "replace"), value.raw_get(name)) for name in value)
            elif isinstance(value, ArrayObject):
                waiting.extend((b"", item) for item in list.__iter__(value))
            elif isinstance(value, (TextStringObject, ByteStringObject)) and key not in _NO_TEXT:
                yield from _keyed_text(document, key, text_of(original_bytes(value)))


def _strings(document: Document, data: bytes) -> Iterator[Passage]:
    for count, found in enumerate(_KEYED.finditer(data)):
        if count % 5_000 == 0:
            document.budget.check_time()
        token = found["text"]
        if token is None or len(token) < 8 or found["key"] in _NO_TEXT:
            continue
        yield from _keyed_text(document, found["key"] or b"", text_of(bytes_of(token)))


def _keyed_text(document: Document, key: bytes, text: str) -> Iterator[Passage]:
    name = NAMES.get("/" + key.decode("ascii")) if key != b"Title" else None
    where = f"egenskapen {name}" if name else _PLACES.get(key, _ELSEWHERE)
    yield from new_text(document, where, text)
