"""What the metadata of pictures says: EXIF, IPTC, XMP and plain texts. Plain Python: no Django."""

import re
import struct
from collections.abc import Iterator

from ..pieces import Budget, Piece
from ..xmp import decoded, is_id_or_time, words_of_xml
from .blocks import Block

MAX_TABLES = 60
MAX_ENTRIES = 2_000
MAX_VALUE = 1_000_000
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4}
_TABLES = {0x8769, 0x8825, 0xA005, 0x014A}  # tags that lead to a table of more tags
_NAMES = {
    0x010E: "Beskrivning",
    0x010D: "Dokumentets namn",
    0x0131: "Program",
    0x013B: "Upphovsperson",
    0x013C: "Dator",
    0x8298: "Upphovsrätt",
    0x9286: "Kommentar",
    0x9C9B: "Titel",
    0x9C9C: "Kommentar",
    0x9C9D: "Upphovsperson",
    0x9C9E: "Nyckelord",
    0x9C9F: "Ämne",
    0xA430: "Kamerans ägare",
}
_WIDE = frozenset({0x9C9B, 0x9C9C, 0x9C9D, 0x9C9E, 0x9C9F})
_CODED = frozenset({0x9286, 0x001B, 0x001C})  # they begin with eight bytes that tell their code
# Times, numbers of cameras and lenses, unique marks of pictures, and what only the maker can read.
_NO_TEXT = frozenset({0x0132, 0x9003, 0x9004, 0x9010, 0x9011, 0x9012, 0xA431, 0xA435, 0xC62F, 0xA420, 0x001D, 0x927C})
_IPTC_NAMES = {5: "Titel", 25: "Nyckelord", 80: "Upphovsperson", 105: "Rubrik", 116: "Upphovsrätt", 120: "Beskrivning"}
_IPTC_TIMES = frozenset({30, 35, 37, 38, 47, 55, 60, 62, 63, 70})
_READABLE = re.compile(rb"[\x20-\x7e\xa0-\xff\t\r\n]{8,}")


class BeyondRepair(Exception):
    """The metadata goes in circles or never ends."""


def pieces_of(block: Block, budget: Budget) -> Iterator[Piece]:
    """The texts of one block, each with its place."""
    for name, text in _READERS[block.kind](block):
        if text.strip("\x00 \r\n\t") and not is_id_or_time(text):
            yield Piece(f"bildens metadata ({name})" if name else "bildens metadata", budget.take(text))


Texts = Iterator[tuple[str, str]]


def _exif(block: Block) -> Texts:
    data = block.data
    order = "<" if data.startswith(b"II") else ">"
    waiting, seen = [struct.unpack_from(order + "I", data, 4)[0]], set[int]()
    while waiting:
        place = waiting.pop()
        if place in seen or not place or place + 2 > len(data):
            continue
        seen.add(place)
        if len(seen) > MAX_TABLES:
            raise BeyondRepair
        (count,) = struct.unpack_from(order + "H", data, place)
        for entry in range(place + 2, place + 2 + 12 * min(count, MAX_ENTRIES), 12):
            if entry + 12 > len(data):
                raise BeyondRepair
            tag, kind, length = struct.unpack_from(order + "HHI", data, entry)
            size = _SIZES.get(kind, 0) * length
            (start,) = struct.unpack_from(order + "I", data, entry + 8) if size > 4 else (entry + 8,)
            value = data[start : start + min(size, MAX_VALUE)]
            if tag in _TABLES:
                waiting += struct.unpack(f"{order}{len(value) // 4}I", value[: len(value) // 4 * 4])[:MAX_TABLES]
            elif tag not in _NO_TEXT and kind in (1, 2, 7, 13) and size >= 4:
                yield from _value(tag, kind, value, order)
        end = place + 2 + 12 * count
        if end + 4 <= len(data):
            waiting.append(struct.unpack_from(order + "I", data, end)[0])


def _value(tag: int, kind: int, value: bytes, order: str) -> Texts:
    name = _NAMES.get(tag, "annat fält")
    if tag == 0x02BC:
        yield from _xmp(Block("xmp", value))
    elif tag == 0x83BB:
        yield from _iptc(Block("iptc", value))
    elif tag == 0x8649:
        yield from _photoshop(Block("photoshop", value))
    elif tag in _WIDE:
        yield name, value.decode("utf-16-le", "replace").rstrip("\x00")
    elif tag in _CODED:
        yield name, _coded(value, order)
    elif kind == 2:
        yield name, _letters(value).replace("\x00", "\n").strip("\n")
    else:
        yield from _bytes(Block("bytes", value))


def _coded(value: bytes, order: str) -> str:
    code, text = value[:8], value[8:]
    if code.startswith(b"UNICODE"):
        if text[:2] in (b"\xff\xfe", b"\xfe\xff"):
            return text.decode("utf-16", "replace")
        guess = "utf-16-le" if text[1::2].count(0) > text[::2].count(0) else "utf-16-be"
        return text.decode(guess, "replace").rstrip("\x00")
    return _letters(text).rstrip("\x00")


def _iptc(block: Block) -> Texts:
    data, position, encoding = block.data, 0, ""
    while (position := data.find(b"\x1c", position)) >= 0 and position + 5 <= len(data):
        record, number, size = data[position + 1], data[position + 2], int.from_bytes(data[position + 3 : position + 5])
        position += 5
        if size & 0x8000:  # the size of a long value stands in the bytes that follow
            width = size & 0x7FFF
            size, position = int.from_bytes(data[position : position + min(width, 4)]), position + width
        value = data[position : position + min(size, MAX_VALUE)]
        position += size
        if record == 1 and number == 90 and value == b"\x1b%G":
            encoding = "utf-8"
        if record == 2 and number not in _IPTC_TIMES:
            yield (
                _IPTC_NAMES.get(number, "annat fält"),
                value.decode(encoding, "replace") if encoding else _letters(value),
            )


def _photoshop(block: Block) -> Texts:
    """A row of resources, each with a number, a name and a size."""
    data, position = block.data, 0
    while (position := data.find(b"8BIM", position)) >= 0 and position + 12 <= len(data):
        number = int.from_bytes(data[position + 4 : position + 6])
        name_size = data[position + 6]
        position += 6 + (name_size + 1 + (name_size + 1) % 2)
        size = int.from_bytes(data[position : position + 4])
        value = data[position + 4 : position + 4 + size]
        position += 4 + min(size, len(data))
        if number == 0x0404:
            yield from _iptc(Block("iptc", value))
        elif number == 0x0424:
            yield from _xmp(Block("xmp", value))
        elif number in (0x0422, 0x0423):
            yield from _exif(Block("exif", value))
        elif number not in (0x040C, 0x0409, 0x040F, 0x0425):  # small pictures, colours and a digest
            yield from _bytes(Block("bytes", value))
    if b"8BIM" not in data:
        yield from _iptc(block)


def _xmp(block: Block) -> Texts:
    yield "XMP", words_of_xml(decoded(block.data))


def _text(block: Block) -> Texts:
    text = block.data.decode(block.encoding, "replace") if block.encoding == "latin-1" else _letters(block.data)
    yield _PNG_NAMES.get(block.name, block.name if block.name in ("kommentar", "namn") else "annat fält"), text


_PNG_NAMES = {"Title": "Titel", "Author": "Upphovsperson", "Description": "Beskrivning", "Copyright": "Upphovsrätt"}
_PNG_NAMES |= {"Comment": "kommentar", "Software": "Program", "Source": "Källa"}


def _bytes(block: Block) -> Texts:
    """Whatever can be read in a part that no one knows, if it is long enough to be a number."""
    found = [run for run in _READABLE.findall(block.data) if sum(48 <= byte <= 57 for byte in run) >= 8]
    wide = re.findall(rb"(?:[\x20-\x7e\xa0-\xff]\x00){8,}", block.data)
    texts = [_letters(run) for run in found] + [run.decode("utf-16-le") for run in wide]
    yield "övrigt", "\n".join(texts)


def _letters(value: bytes) -> str:
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("cp1252", "replace")


_READERS = {
    "exif": _exif,
    "iptc": _iptc,
    "photoshop": _photoshop,
    "xmp": _xmp,
    "text": _text,
    "bytes": _bytes,
}
