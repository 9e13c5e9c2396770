"""Pictures with a text in one place of their metadata."""

import struct
import zlib
from collections.abc import Callable
from io import BytesIO

from PIL import Image

from screening.findings import Verdict

from .packages import zipped
from .pdf import one_page, xmp

XMP_NAME = b"http://ns.adobe.com/xap/1.0/\x00"
EXTENDED = b"http://ns.adobe.com/xmp/extension/\x00"


def picture(kind: str = "JPEG") -> bytes:
    """A small grey picture."""
    file = BytesIO()
    Image.new("RGB", (16, 16), "grey").save(file, kind)
    return file.getvalue()


def jpeg(*segments: tuple[int, bytes]) -> bytes:
    """A JPEG with segments after its beginning: (marker, content) each."""
    parts = b"".join(bytes([0xFF, code]) + struct.pack(">H", len(part) + 2) + part for code, part in segments)
    return b"\xff\xd8" + parts + picture()[2:]


def png(*chunks: tuple[bytes, bytes]) -> bytes:
    """A PNG with chunks before its pixels: (kind, content) each."""
    file = picture("PNG")
    added = b"".join(
        struct.pack(">I", len(part)) + kind + part + struct.pack(">I", zlib.crc32(kind + part)) for kind, part in chunks
    )
    return file[:33] + added + file[33:]


def gif(*blocks: tuple[int, bytes]) -> bytes:
    """A GIF with extensions: (label, content) each."""
    small = b"\x21%c%s\x00"
    start = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff"
    parts = b"".join(small % (label, sub_blocks(part)) for label, part in blocks)
    return start + parts + b"\x2c\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02\x44\x01\x00\x3b"


def sub_blocks(part: bytes) -> bytes:
    return b"".join(bytes([len(part[at : at + 255])]) + part[at : at + 255] for at in range(0, len(part), 255))


def gif_with_xmp(text: str) -> bytes:
    trailer = b"\x01" + bytes(range(255, -1, -1)) + b"\x00"
    extension = b"\x21\xff\x0bXMP DataXMP" + xmp(text) + trailer
    whole = gif()
    return whole[:19] + extension + whole[19:]


def webp(kind: bytes, part: bytes) -> bytes:
    file = picture("WEBP")
    added = kind + struct.pack("<I", len(part)) + part + b"\x00" * (len(part) % 2)
    return b"RIFF" + struct.pack("<I", len(file) + len(added) - 8) + file[8:] + added


def exif(*tags: tuple[int, int, bytes], table: int = 0, order: str = "<") -> bytes:
    """A table of tags, (number, type, value) each; in a table of its own if `table` leads to one."""
    start = 8 if not table else 26
    head = (b"II*\x00" if order == "<" else b"MM\x00*") + struct.pack(order + "I", 8)
    if table:
        head += struct.pack(order + "HHHIII", 1, table, 4, 1, start, 0)
    place, rows, values = start + 2 + 12 * len(tags) + 4, b"", b""
    for number, kind, value in tags:
        size = len(value)
        inline = value.ljust(4, b"\x00") if size <= 4 else struct.pack(order + "I", place + len(values))
        rows += struct.pack(order + "HHI", number, kind, size) + inline
        values += value if size > 4 else b""
    return head + struct.pack(order + "H", len(tags)) + rows + struct.pack(order + "I", 0) + values


def with_exif(*tags: tuple[int, int, bytes], table: int = 0, order: str = "<") -> bytes:
    return jpeg((0xE1, b"Exif\x00\x00" + exif(*tags, table=table, order=order)))


def iptc(number: int, text: str) -> bytes:
    value = text.encode()
    field = b"\x1c\x02" + bytes([number]) + struct.pack(">H", len(value)) + value
    return b"Photoshop 3.0\x008BIM\x04\x04\x00\x00" + struct.pack(">I", len(field)) + field


def extended_xmp(text: str) -> bytes:
    """XMP too long for one segment: the text is cut in two."""
    whole = xmp(text)
    cut = whole.index(text.encode()) + 4
    head = EXTENDED + b"0" * 32 + struct.pack(">I", len(whole))
    return jpeg((0xE1, head + struct.pack(">I", 0) + whole[:cut]), (0xE1, head + struct.pack(">I", cut) + whole[cut:]))


def heif(*payloads: bytes) -> bytes:
    def box(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content) + 8) + kind + content

    return box(b"ftyp", b"heic\x00\x00\x00\x00mif1heic") + box(b"meta", b"\x00" * 8) + box(b"mdat", b"".join(payloads))


def tiff(*tags: tuple[int, int, bytes]) -> bytes:
    return exif((0x0100, 3, b"\x01\x00"), *tags)


def raw_profile(text: str) -> bytes:
    data = b"Exif\x00\x00" + exif((0x010E, 2, text.encode()))
    return b"Raw profile type exif\x00\x00" + zlib.compress(b"\nexif\n%8d\n" % len(data) + data.hex().encode() + b"\n")


PLACE = "bildens metadata"


PLACES: dict[str, tuple[str, str, Callable[[str], bytes]]] = {
    "EXIF description": ("a.jpg", PLACE, lambda text: with_exif((0x010E, 2, text.encode()))),
    "EXIF of the other order": (
        "a.jpg",
        PLACE,
        lambda text: with_exif((0x010E, 2, text.encode()), order=">"),
    ),
    "EXIF artist": ("a.jpg", PLACE, lambda text: with_exif((0x013B, 2, text.encode()))),
    "EXIF copyright": ("a.jpg", PLACE, lambda text: with_exif((0x8298, 2, text.encode()))),
    "EXIF comment": (
        "a.jpg",
        PLACE,
        lambda text: with_exif((0x9286, 7, b"ASCII\x00\x00\x00" + text.encode()), table=0x8769),
    ),
    "EXIF comment in Unicode": (
        "a.jpg",
        PLACE,
        lambda text: with_exif((0x9286, 7, b"UNICODE\x00" + text.encode("utf-16-le")), table=0x8769),
    ),
    "Windows' title": ("a.jpg", PLACE, lambda text: with_exif((0x9C9B, 1, text.encode("utf-16-le")))),
    "Windows' keywords": ("a.jpg", PLACE, lambda text: with_exif((0x9C9E, 1, text.encode("utf-16-le")))),
    "name of the place": (
        "a.jpg",
        PLACE,
        lambda text: with_exif((0x001C, 7, b"ASCII\x00\x00\x00" + text.encode()), table=0x8825),
    ),
    "a tag of nobody's": ("a.jpg", PLACE, lambda text: with_exif((0xC000, 2, text.encode()))),
    "IPTC caption": ("a.jpg", PLACE, lambda text: jpeg((0xED, iptc(120, text)))),
    "IPTC keyword": ("a.jpg", PLACE, lambda text: jpeg((0xED, iptc(25, text)))),
    "XMP in JPEG": ("a.jpg", PLACE + ", rad 1", lambda text: jpeg((0xE1, XMP_NAME + xmp(text)))),
    "XMP in two parts": ("a.jpg", PLACE + ", rad 1", extended_xmp),
    "JPEG comment": ("a.jpg", PLACE, lambda text: jpeg((0xFE, text.encode()))),
    "a segment of nobody's": ("a.jpg", PLACE, lambda text: jpeg((0xEC, b"Ducky\x00" + text.encode()))),
    "PNG text": ("a.png", PLACE, lambda text: png((b"tEXt", b"Description\x00" + text.encode()))),
    "PNG packed text": (
        "a.png",
        PLACE,
        lambda text: png((b"zTXt", b"Comment\x00\x00" + zlib.compress(text.encode()))),
    ),
    "PNG international text": (
        "a.png",
        PLACE,
        lambda text: png((b"iTXt", b"Title\x00\x00\x00sv\x00Titel\x00" + text.encode())),
    ),
    "PNG keyword": ("a.png", PLACE, lambda text: png((b"tEXt", text.encode() + b"\x00ja"))),
    "XMP in PNG": (
        "a.png",
        PLACE + ", rad 1",
        lambda text: png((b"iTXt", b"XML:com.adobe.xmp\x00\x00\x00\x00\x00" + xmp(text))),
    ),
    "EXIF in PNG": ("a.png", PLACE, lambda text: png((b"eXIf", exif((0x010E, 2, text.encode()))))),
    "EXIF as digits in PNG": ("a.png", PLACE, lambda text: png((b"zTXt", raw_profile(text)))),
    "GIF comment": ("a.gif", PLACE, lambda text: gif((0xFE, text.encode()))),
    "XMP in GIF": ("a.gif", PLACE + ", rad 1", gif_with_xmp),
    "a program's part of a GIF": (
        "a.gif",
        PLACE,
        lambda text: gif((0xFF, b"PROGRAM 1.0" + text.encode())),
    ),
    "EXIF in WebP": ("a.webp", PLACE, lambda text: webp(b"EXIF", exif((0x010E, 2, text.encode())))),
    "XMP in WebP": ("a.webp", PLACE + ", rad 1", lambda text: webp(b"XMP ", xmp(text))),
    "TIFF description": ("a.tif", PLACE, lambda text: tiff((0x010E, 2, text.encode()))),
    "XMP in TIFF": ("a.tif", PLACE + ", rad 1", lambda text: tiff((0x02BC, 1, xmp(text)))),
    "EXIF in HEIF": (
        "a.heic",
        PLACE,
        lambda text: heif(b"\x00\x00\x00\x06Exif\x00\x00" + exif((0x010E, 2, text.encode()))),
    ),
    "XMP in HEIF": ("a.heic", PLACE + ", rad 1", lambda text: heif(xmp(text))),
    "a few signs after the end": ("a.jpg", PLACE, lambda text: picture() + text.encode()),
}


def circle_of_tables() -> bytes:
    data = bytearray(exif((0x010E, 2, b"beskrivning")))
    data[22:26] = struct.pack("<I", 8)  # the table after this one is this one
    return jpeg((0xE1, b"Exif\x00\x00" + bytes(data)))


def tables_without_end() -> bytes:
    """A table that leads to hundreds of others."""
    table = struct.pack("<HHHIII", 1, 0x0131, 2, 4, 0x20202020, 0)
    places = [8 + 18 + 4 * 300 + len(table) * number for number in range(300)]
    head = b"II*\x00" + struct.pack("<I", 8) + struct.pack("<HHHIII", 1, 0x014A, 4, 300, 26, 0)
    return jpeg((0xE1, b"Exif\x00\x00" + head + struct.pack("<300I", *places) + table * 300))


U, C = Verdict.UNSCREENED, Verdict.CLEAN
# The verdict is that for a picture that a person has looked at: the rest must still be right.
HOSTILE: dict[str, tuple[str, Verdict, Callable[[], bytes]]] = {
    "a JPEG cut off": ("a.jpg", U, lambda: picture()[:200]),
    "a PNG cut off": ("a.png", U, lambda: picture("PNG")[:-20]),
    "a GIF cut off": ("a.gif", U, lambda: gif()[:-4]),
    "a WebP cut off": ("a.webp", U, lambda: picture("WEBP")[:-8]),
    "a bomb in a PNG's text": (
        "a.png",
        U,
        lambda: png((b"zTXt", b"Comment\x00\x00" + zlib.compress(b" " * 300_000_000, 9))),
    ),
    "a picture of a thousand million pixels": (
        "a.png",
        C,
        lambda: picture("PNG")[:16] + struct.pack(">II", 60_000, 60_000) + picture("PNG")[24:],
    ),
    "tables in a circle": ("a.jpg", C, circle_of_tables),
    "tables without end": ("a.jpg", U, tables_without_end),
    "a table that is not there": ("a.jpg", U, lambda: jpeg((0xE1, b"Exif\x00\x00II*\x00"))),
    "a zip after a JPEG": ("a.jpg", U, lambda: picture() + zipped({"a.txt": "hemligt"})),
    "a pdf after a PNG": ("a.png", U, lambda: picture("PNG") + one_page()),
    "a script after a GIF": ("a.gif", U, lambda: gif() + b"<script>alert('hej')</script>"),
    "50 MB of JPEG": ("a.jpg", C, lambda: picture()[:-2] + b"\x7f" * 50_000_000 + b"\xff\xd9"),
    "50 MB of markers": ("a.jpg", C, lambda: picture()[:-2] + b"\xff\x00\x01\x7f" * 12_500_000 + b"\xff\xd9"),
    "half a million chunks": ("a.png", U, lambda: png(*[(b"tEXt", b"a\x00b")] * 500_000)),
}

# Those that hold or unpack so much that the limits of a process of their own are what stops them.
LARGE = frozenset({"a bomb in a PNG's text", "50 MB of JPEG", "50 MB of markers", "half a million chunks"})
