"""Reads the metadata of pictures. What a picture shows is not read: a person must look at it.

No picture is unpacked, so a decompression bomb does no harm.
"""

import re
import zlib
from collections.abc import Callable, Iterator
from typing import BinaryIO

from .formats import HEIF_BRANDS
from .image_text import Block, DamagedMetadata, texts_of
from .limits import Bytes, map_file
from .passages import DAMAGED, Budget, Fault, Passage, Unreadable

PICTURE = "Bilden har ingen text som kan läsas av programmet. Titta på den och avgör om den kan visas."
APPENDED = "Efter bildens slut finns något annat gömt i filen. Spara om bilden."
PLACE = "bildens metadata"
MAX_TEXT = 2_000_000  # bytes of a packed text
MAX_BLOCKS = 100_000
MAX_PICTURES = 8  # one after the other in the same file
_FEWEST = 16  # bytes after the end that are reported as hidden content

Blocks = Iterator[Block | Fault]


def read(source: BinaryIO, budget: Budget) -> Iterator[Passage | Fault]:
    """Yields the metadata of a picture, and a fault unless a person has approved what it shows."""
    yield from metadata(map_file(source), budget)
    if not budget.picture_is_read:
        yield Fault(PICTURE)


def metadata(data: Bytes, budget: Budget) -> Iterator[Passage | Fault]:
    """Yields the metadata of a picture, which may lie inside another file."""
    head = bytes(data[:16])
    blocks_of = next((blocks for blocks, is_it in _FORMATS if is_it(head)), _damaged)
    try:
        for block in blocks_of(data):
            budget.check_time()
            if isinstance(block, Fault):
                yield block
            else:
                yield from (Passage(PLACE, budget.take(text)) for text in texts_of(block))
    except (Unreadable, MemoryError):
        raise
    except (DamagedMetadata, ArithmeticError, LookupError, TypeError, ValueError):
        yield Fault(DAMAGED)


def _damaged(data: Bytes) -> Blocks:
    yield Fault(DAMAGED)


# JPEG

_MARKER = re.compile(rb"\xff++[^\x00\xd0-\xd7\xff]")
_EXTENDED_XMP = b"http://ns.adobe.com/xmp/extension/\x00"
_SAMSUNG = b"SEFT"  # ends what Samsung phones add to every picture
_NO_TEXT = (b"ICC_PROFILE\x00", b"JFIF\x00", b"JFXX\x00", b"Adobe", b"MPF\x00")


def _jpeg(data: Bytes, position: int = 0, picture: int = 0) -> Blocks:
    extended = bytearray()
    while True:
        marker = _MARKER.search(data, position)
        if not marker:
            yield Fault(DAMAGED)
            break
        position, code = marker.end(), marker[0][-1]
        if code == 0xD8:
            continue
        if code == 0xD9:
            yield from _after_jpeg(data, position, picture)
            break
        size = int.from_bytes(data[position : position + 2], "big")
        if size < 2 or position + size > len(data):
            yield Fault(DAMAGED)
            break
        part = bytes(data[position + 2 : position + size]) if code == 0xFE or 0xE0 <= code <= 0xEF else b""
        if part.startswith(_EXTENDED_XMP) and len(extended) < MAX_TEXT:
            extended += part[75:]  # one text in several segments
        elif code == 0xFE:
            yield "text", part
        elif part.startswith(b"Exif\x00"):
            yield "exif", part[6:]
        elif part.startswith(b"http://ns.adobe.com/xap/1.0/\x00"):
            yield "xmp", part[29:]
        elif part.startswith(b"Photoshop 3.0\x00"):
            yield "photoshop", part[14:]
        elif part and not part.startswith(_NO_TEXT):
            yield "bytes", part
        position += size
    if extended:
        yield "xmp", bytes(extended)


def _after_jpeg(data: Bytes, position: int, picture: int) -> Blocks:
    """Reads what follows a picture: another one (a thumbnail, an HDR gain map), a trailer, or something appended."""
    next_one = data.find(b"\xff\xd8\xff", position, position + 4096)
    if next_one >= 0 and picture < MAX_PICTURES and not bytes(data[position:next_one]).strip(b"\x00"):
        yield from _jpeg(data, next_one, picture + 1)
    elif bytes(data[-4:]) == _SAMSUNG and len(data) - position < MAX_TEXT:
        yield "bytes", bytes(data[position:])
    else:
        yield from _appended(data, position)


# PNG

_PIXELS = frozenset(
    {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"iCCP", b"fdAT", b"fcTL", b"acTL", b"tRNS", b"gAMA", b"cHRM", b"bKGD"}
)


def _png(data: Bytes) -> Blocks:
    position = 8
    for _ in range(MAX_BLOCKS):
        size, kind = int.from_bytes(data[position : position + 4], "big"), bytes(data[position + 4 : position + 8])
        start, position = position + 8, position + size + 12
        if len(kind) < 4 or position > len(data):
            break
        if kind in (b"tEXt", b"zTXt", b"iTXt"):
            yield from _png_text(kind, bytes(data[start : start + size]))
        elif kind == b"eXIf":
            yield "exif", bytes(data[start : start + size])
        elif kind == b"IEND":
            yield from _appended(data, position)
            return
        elif kind not in _PIXELS:
            yield "bytes", bytes(data[start : start + min(size, MAX_TEXT)])
    yield Fault(DAMAGED)


def _png_text(kind: bytes, part: bytes) -> Blocks:
    keyword, _, text = part.partition(b"\x00")
    is_packed = kind == b"zTXt"
    text = text[1:] if is_packed else text
    if kind == b"iTXt":
        is_packed = text[:1] == b"\x01"
        language, _, text = text[2:].partition(b"\x00")
        translated, _, text = text.partition(b"\x00")
        yield "text", translated
    if is_packed:
        unpacker = zlib.decompressobj()
        try:
            text = unpacker.decompress(text, MAX_TEXT)
        except zlib.error:
            text = b""
        if not unpacker.eof:
            yield Fault(DAMAGED)
    yield "text", keyword
    if keyword == b"XML:com.adobe.xmp":
        yield "xmp", text
    elif keyword.startswith(b"Raw profile type "):
        yield from _raw_profile(keyword.rsplit(b" ", 1)[1], text)
    else:
        yield "text", text


def _raw_profile(kind: bytes, text: bytes) -> Blocks:
    """Metadata as hexadecimal digits, after its name and its length on lines of their own."""
    try:
        data = bytes.fromhex(text.split(None, 2)[2].decode("ascii"))
    except (IndexError, ValueError):
        yield Fault(DAMAGED)
        return
    if kind in (b"exif", b"APP1") and b"Exif\x00" in data[:8]:
        yield "exif", data[6:]
    else:
        yield {b"xmp": "xmp", b"iptc": "photoshop", b"8bim": "photoshop"}.get(kind, "bytes"), data


# GIF


def _gif(data: Bytes) -> Blocks:
    position = 13 + _colours(data[10])
    for _ in range(MAX_BLOCKS):
        sign = bytes(data[position : position + 1])
        if sign == b"\x3b":
            yield from _appended(data, position + 1)
            return
        if sign == b"\x21":
            label, start = data[position + 1], position + 3
            content, position = _sub_blocks(data, position + 2)
            if label == 0xFE:
                yield "text", content
            elif label == 0xFF and content.startswith(b"XMP DataXMP"):
                # XMP is not divided into sub-blocks; a fixed trailer ends it.
                end = data.find(b"\x01\xff\xfe", start)
                yield "xmp", bytes(data[start + 11 : end if end >= 0 else position])
            elif label != 0xF9:
                # The name of the program is always eleven bytes.
                yield "bytes", content[:11]
                yield "bytes", content[11:]
        elif sign == b"\x2c" and position + 10 < len(data):
            position += 10 + _colours(data[position + 9]) + 1
            _, position = _sub_blocks(data, position)
        else:
            break
    yield Fault(DAMAGED)


def _colours(flags: int) -> int:
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _sub_blocks(data: Bytes, position: int) -> tuple[bytes, int]:
    parts, kept = [], 0
    while position < len(data) and data[position]:
        size = data[position]
        if kept < MAX_TEXT:
            parts.append(bytes(data[position + 1 : position + 1 + size]))
            kept += size
        position += 1 + size
    return b"".join(parts), position + 1


# WebP, TIFF, HEIF and BMP


def _webp(data: Bytes) -> Blocks:
    end = 8 + int.from_bytes(data[4:8], "little")
    position = 12
    while position + 8 <= min(end, len(data)):
        kind, size = bytes(data[position : position + 4]), int.from_bytes(data[position + 4 : position + 8], "little")
        part = bytes(data[position + 8 : position + 8 + min(size, MAX_TEXT)])
        if kind == b"EXIF":
            yield "exif", part.removeprefix(b"Exif\x00\x00")
        elif kind == b"XMP ":
            yield "xmp", part
        elif not kind.startswith((b"VP8", b"AL", b"AN", b"IC")):
            yield "bytes", part
        position += 8 + size + size % 2
    if end > len(data):
        yield Fault(DAMAGED)
    yield from _appended(data, end)


def _tiff(data: Bytes) -> Blocks:
    yield "exif", data[:]


_EXIF = re.compile(rb"Exif\x00\x00(?=II\*\x00|MM\x00\*)")
_XMP = re.compile(rb"<x:xmpmeta\b")


def _heif(data: Bytes) -> Blocks:
    """Reads the boxes. Metadata lies uncompressed in one of them, so it is searched for rather than looked up."""
    position = 0
    for _ in range(MAX_BLOCKS):
        size, kind = int.from_bytes(data[position : position + 4], "big"), bytes(data[position + 4 : position + 8])
        if size == 1:
            size = int.from_bytes(data[position + 8 : position + 16], "big")
        if len(kind) < 4 or size < 8 or not kind.isalnum() or position + size > len(data):
            break
        position += size
    for found in _EXIF.finditer(data):
        yield "exif", bytes(data[found.end() : found.end() + MAX_TEXT])
    for found in _XMP.finditer(data):
        end = data.find(b"</x:xmpmeta>", found.start(), found.start() + MAX_TEXT)
        yield "xmp", bytes(data[found.start() : end if end >= 0 else found.start() + MAX_TEXT])
    rest = int.from_bytes(data[position : position + 4], "big") if position < len(data) else 0
    # A last box may be said to reach to the end of the file.
    if position < len(data) and (position == 0 or rest != 0):
        yield from _appended(data, position)


def _bmp(data: Bytes) -> Blocks:
    size = int.from_bytes(data[2:6], "little")
    if size > len(data) or size < 26:
        yield Fault(DAMAGED)
    else:
        yield from _appended(data, size)


def _appended(data: Bytes, position: int) -> Blocks:
    """Reads what follows the end of the picture: padding, which repeats a byte or two, or something hidden there."""
    rest = bytes(data[position : position + MAX_TEXT])
    yield "bytes", rest
    hidden = rest.strip(b"\x00\r\n ")
    if (len(hidden) >= _FEWEST and len(set(hidden)) > 2) or len(data) - position >= MAX_TEXT:
        yield Fault(APPENDED)


_FORMATS: tuple[tuple[Callable[[Bytes], Blocks], Callable[[bytes], bool]], ...] = (
    (_jpeg, lambda head: head.startswith(b"\xff\xd8\xff")),
    (_png, lambda head: head.startswith(b"\x89PNG\r\n\x1a\n")),
    (_gif, lambda head: head.startswith((b"GIF87a", b"GIF89a"))),
    (_webp, lambda head: head.startswith(b"RIFF") and head[8:12] == b"WEBP"),
    (_tiff, lambda head: head.startswith((b"II*\x00", b"MM\x00*"))),
    (_heif, lambda head: head[4:8] == b"ftyp" and head[8:12] in HEIF_BRANDS),
    (_bmp, lambda head: head.startswith(b"BM")),
)
