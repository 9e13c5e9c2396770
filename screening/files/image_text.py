"""Reads the texts in the metadata of pictures: EXIF, IPTC, XMP and plain texts."""

import re
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from io import BytesIO

from .markup import is_id_or_time, text_of_xml

Block = tuple[str, bytes]  # "exif", "iptc", "photoshop", "xmp", "text" or "bytes", and what the part holds
Texts = Iterator[str]

MAX_TABLES = 60
MAX_BLOCK = 2_000_000
MAX_VALUE = 1_000_000
_OFFSET = 13  # the type of a value that leads to another table
_TABLES = {0x8769, 0x8825, 0xA005, 0x014A}  # tags that lead to a table of more tags
_INNER = {0x02BC: "xmp", 0x83BB: "iptc", 0x8649: "photoshop"}  # tags that hold metadata of another kind
_WIDE = frozenset({0x9C9B, 0x9C9C, 0x9C9D, 0x9C9E, 0x9C9F})  # those of Windows, two bytes a letter
_CODED = frozenset({0x9286, 0x001B, 0x001C})  # they begin with eight bytes that name their encoding
# Times, numbers of cameras and lenses, unique ids of pictures, and what only the maker can read.
_NO_TEXT = frozenset({0x0132, 0x9003, 0x9004, 0x9010, 0x9011, 0x9012, 0xA431, 0xA435, 0xC62F, 0xA420, 0x001D, 0x927C})
_IPTC_TIMES = frozenset({30, 35, 37, 38, 47, 55, 60, 62, 63, 70})
_READABLE = re.compile(rb"[\x20-\x7e\xa0-\xff\t\r\n]{8,}")
_WIDE_READABLE = re.compile(rb"(?:[\x20-\x7e\xa0-\xff]\x00){8,}")


class DamagedMetadata(Exception):
    """The metadata goes in circles or never ends."""


def texts_of(block: Block) -> Texts:
    """The texts of one part of a picture, without timestamps and ids of files."""
    kind, data = block
    for text in _READERS[kind](data):
        if text.strip("\x00 \r\n\t") and not is_id_or_time(text):
            yield text


def _exif(data: bytes) -> Texts:
    # Imported only where there is something to read with it, since a process starts for each file.
    from PIL.TiffImagePlugin import ImageFileDirectory_v2

    if len(data) < 8:
        raise DamagedMetadata
    if not data.startswith((b"II*\x00", b"MM\x00*")):
        yield from _bytes(data)
        return
    waiting, seen = [ImageFileDirectory_v2(data[:8]).next], set[int]()
    while waiting:
        place = waiting.pop()
        if not place or place in seen or place + 2 > len(data):
            continue
        seen.add(place)
        if len(seen) > MAX_TABLES:
            raise DamagedMetadata
        table, source = ImageFileDirectory_v2(data[:8]), BytesIO(data)
        source.seek(place)
        with warnings.catch_warnings(record=True) as complaints:
            warnings.simplefilter("always")
            table.load(source)
            is_damaged = bool(complaints)  # what comes after is about values of odd types, which are no text
            texts = list(_values(table))
        yield from texts
        if is_damaged or _has_more(data, place, table.tagtype):
            yield from _bytes(data[:MAX_BLOCK])
        waiting.append(table.next)
        for tag in _TABLES & set(table):
            places = table[tag] if isinstance(table[tag], tuple) else (table[tag],)
            waiting += [place for place in places if isinstance(place, int)]


def _values(table: Mapping[int, object]) -> Texts:
    """The texts among the tags of one table."""
    for tag in set(table) - _TABLES - _NO_TEXT:
        value = table[tag]
        data = value.encode("latin-1", "replace") if isinstance(value, str) else value
        if not isinstance(data, bytes):
            continue
        if tag in _INNER:
            yield from _READERS[_INNER[tag]](data)
        elif tag in _WIDE:
            yield data.decode("utf-16-le", "replace").rstrip("\x00")
        elif tag in _CODED:
            yield _coded(data)
        elif isinstance(value, str):
            yield _letters(data).replace("\x00", "\n").strip("\n")
        else:
            yield from _bytes(data)


def _has_more(data: bytes, place: int, kinds: Mapping[int, int]) -> bool:
    """Whether a table may hold text that Pillow does not hand over: in a tag written twice, or one of an odd type."""
    count = int.from_bytes(data[place : place + 2], "little" if data.startswith(b"II") else "big")
    tags = [data[start : start + 2] for start in range(place + 2, min(place + 2 + 12 * count, len(data)), 12)]
    return len(set(tags)) < len(tags) or any(kind == _OFFSET and tag not in _TABLES for tag, kind in kinds.items())


def _coded(value: bytes) -> str:
    code, text = value[:8], value[8:]
    if not code.startswith(b"UNICODE"):
        return _letters(text).rstrip("\x00")
    if text[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return text.decode("utf-16", "replace")
    guess = "utf-16-le" if text[1::2].count(0) > text[::2].count(0) else "utf-16-be"
    return text.decode(guess, "replace").rstrip("\x00")


def _iptc(data: bytes) -> Texts:
    position, encoding = 0, ""
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
            yield value.decode(encoding, "replace") if encoding else _letters(value)


def _photoshop(data: bytes) -> Texts:
    """A row of resources, each with a number, a name and a size."""
    position = 0
    while (position := data.find(b"8BIM", position)) >= 0 and position + 12 <= len(data):
        number = int.from_bytes(data[position + 4 : position + 6])
        name_size = data[position + 6]
        position += 6 + (name_size + 1 + (name_size + 1) % 2)
        size = int.from_bytes(data[position : position + 4])
        value = data[position + 4 : position + 4 + size]
        position += 4 + min(size, len(data))
        if number not in (0x040C, 0x0409, 0x040F, 0x0425):  # small pictures, colours and a digest
            inner = {0x0404: "iptc", 0x0424: "xmp", 0x0422: "exif", 0x0423: "exif"}.get(number, "bytes")
            yield from _READERS[inner](value)
    if b"8BIM" not in data:
        yield from _iptc(data)


def _bytes(data: bytes) -> Texts:
    """The readable runs of a part of unknown format, if they have digits enough for a number."""
    found = [run for run in _READABLE.findall(data) if sum(48 <= byte <= 57 for byte in run) >= 8]
    texts = [_letters(run) for run in found] + [run.decode("utf-16-le") for run in _WIDE_READABLE.findall(data)]
    yield "\n".join(texts)


def _letters(value: bytes) -> str:
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("cp1252", "replace")


_READERS: dict[str, Callable[[bytes], Iterable[str]]] = {
    "exif": _exif,
    "iptc": _iptc,
    "photoshop": _photoshop,
    "xmp": lambda data: [text_of_xml(data)],
    "text": lambda data: [_letters(data)],
    "bytes": _bytes,
}
