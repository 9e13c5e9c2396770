"""Files that are made to do harm, are damaged, or are not what they say."""

import random
import struct
import zipfile
from collections.abc import Callable, Iterable
from io import BytesIO

from tests.screening.numbers import personal_number

from . import excel, opendocument, word
from .packages import TYPES, XML, relations, zipped

MB = 1_000_000
NUMBER = personal_number()

Make = Callable[[], bytes]


def streamed(parts: Iterable[tuple[str, Iterable[bytes]]], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip whose parts come in chunks, since they would not fit in memory."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", method, compresslevel=1) as package:
        for name, chunks in parts:
            with package.open(name, "w") as part:
                for chunk in chunks:
                    part.write(chunk)
    return file.getvalue()


def repeated(head: bytes, chunk: bytes, size: int, tail: bytes = b"") -> Iterable[bytes]:
    yield head
    block = chunk * max(1, MB // len(chunk))
    for _ in range(size // len(block)):
        yield block
    yield tail


def document_of(chunks: Iterable[bytes]) -> bytes:
    """A Word document whose body is written as it comes."""
    return streamed(
        [
            ("[Content_Types].xml", [TYPES.encode()]),
            ("_rels/.rels", [relations(("officeDocument", "word/document.xml")).encode()]),
            ("word/document.xml", chunks),
        ]
    )


def sheet_of(chunks: Iterable[bytes], *more: tuple[str, Iterable[bytes]]) -> bytes:
    """A workbook whose only sheet is written as it comes."""
    ordinary = excel.workbook()
    with zipfile.ZipFile(BytesIO(ordinary)) as package:
        parts = {name: [package.read(name)] for name in package.namelist()}
    parts["xl/worksheets/sheet1.xml"] = chunks
    return streamed([*parts.items(), *more])


HEAD = f"{XML}<w:document {word.NAMESPACES}><w:body>".encode()
NUMBERED = HEAD + word.paragraph(f"Om {NUMBER}").encode()
TAIL = b"</w:body></w:document>"
SHEET = f"{XML}<worksheet {excel.MAIN}><sheetData>".encode()


# Bombs


def bomb_of_spaces() -> bytes:
    return document_of(repeated(HEAD + b"<!--", b" ", 600 * MB, b"-->" + TAIL))


def bomb_after_a_number() -> bytes:
    return document_of(repeated(NUMBERED + b"<!--", b" ", 600 * MB, b"-->" + TAIL))


def bomb_of_one_text() -> bytes:
    return document_of(repeated(HEAD + b"<w:p><w:r><w:t>", b"ord ", 350 * MB, b"</w:t></w:r></w:p>" + TAIL))


def bomb_of_one_attribute() -> bytes:
    return document_of(repeated(HEAD + b'<w:p w:x="', b"a", 100 * MB, b'"/>' + TAIL))


def bomb_of_depth() -> bytes:
    return document_of(repeated(HEAD, b"<w:p>", 100 * MB))


def bomb_of_empty_paragraphs() -> bytes:
    return document_of(repeated(HEAD, b"<w:p/>", 300 * MB, TAIL))


def bomb_of_attributes() -> bytes:
    return document_of([HEAD, b"<w:p ", b"".join(b'a%d="1" ' % n for n in range(150_000)), b"/>", TAIL])


def _with_type(definition: str, body: str) -> bytes:
    text = f"{XML}<!DOCTYPE w [{definition}]>" + HEAD.decode().removeprefix(XML) + word.paragraph(body) + TAIL.decode()
    return word.document("", {"word/document.xml": text})


def laughs() -> bytes:
    rows = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    return _with_type('<!ENTITY a0 "ha">' + rows, "&a11;")


def quadratic() -> bytes:
    return _with_type(f'<!ENTITY a "{"a" * 100_000}">', "&a;" * 20_000)


def outside_entity() -> bytes:
    return _with_type('<!ENTITY a SYSTEM "file:///etc/passwd">', "&a;")


def million_cells() -> bytes:
    def rows() -> Iterable[bytes]:
        yield SHEET
        for row in range(1, 50_001):
            cells = "".join(f'<c t="inlineStr"><is><t>Ord{row}x{column} a1</t></is></c>' for column in range(20))
            yield f"<row>{cells}</row>".encode()
        yield b"</sheetData></worksheet>"

    return sheet_of(rows())


def million_shared_texts() -> bytes:
    def texts() -> Iterable[bytes]:
        yield f"{XML}<sst {excel.MAIN}>".encode()
        for block in range(2000):
            yield "".join(f"<si><t>Ord {block * 1000 + n} i mängd</t></si>" for n in range(1000)).encode()
        yield b"</sst>"

    return sheet_of([SHEET, b"</sheetData></worksheet>"], ("xl/sharedStrings.xml", texts()))


def one_long_text_in_every_cell() -> bytes:
    text = f"{XML}<sst {excel.MAIN}><si><t>{'Ord 12 ' * 4500}</t></si></sst>".encode()
    cells = repeated(SHEET + b"<row>", b'<c t="s"><v>0</v></c>', 20 * MB, b"</row></sheetData></worksheet>")
    return sheet_of(cells, ("xl/sharedStrings.xml", [text]))


def bomb_behind_bombs() -> bytes:
    """Each part alone is within bounds."""
    parts = [(f"word/del{n}.xml", repeated(b"<a>", b" ", 30 * MB, b"</a>")) for n in range(20)]
    return streamed([("[Content_Types].xml", [TYPES.encode()]), ("word/document.xml", [HEAD, TAIL]), *parts])


def repeated_rows() -> bytes:
    cell = '<table:table-cell table:number-columns-repeated="1000000000"><text:p>12</text:p></table:table-cell>'
    return opendocument.sheet(
        "<table:table-column table:visibility='collapse' table:number-columns-repeated='1000000000'/>"
        + opendocument.row(cell, attributes='table:number-rows-repeated="1000000000"') * 1000
    )


def many_parts() -> bytes:
    return zipped([("[Content_Types].xml", TYPES), *((f"word/del{n}.xml", "<a/>") for n in range(40_000))])


def overlapping() -> bytes:
    """Every entry of the directory points at the same packed bytes."""
    content = word.document("", {"word/zeros.xml": b"<a>" + b" " * 10 * MB + b"</a>"})
    end = content.rindex(b"PK\5\6")
    count, size, start = struct.unpack("<HII", content[end + 10 : end + 20])
    directory = content[start : start + size]
    last = directory[directory.rindex(b"PK\1\2") :]
    copies = 900
    tail = struct.pack(
        "<4sHHHHIIH", b"PK\5\6", 0, 0, count + copies, count + copies, size + copies * len(last), start, 0
    )
    return content[:start] + directory + last * copies + tail


def packed_otherwise() -> bytes:
    return streamed(
        [("[Content_Types].xml", [TYPES.encode()]), ("word/document.xml", [HEAD, TAIL])], method=zipfile.ZIP_LZMA
    )


# Files inside files


def _archive() -> bytes:
    return zipped({"brev.txt": NUMBER})


def archive_in_document() -> bytes:
    return word.document("", {"word/embeddings/arkiv.zip": _archive()})


def old_object_in_document() -> bytes:
    return word.document("", {"word/embeddings/oleObject1.bin": OLE})


def document_three_deep() -> bytes:
    inner = word.document(word.paragraph(NUMBER))
    middle = word.document("", {"word/embeddings/b.docx": inner})
    return word.document("", {"word/embeddings/a.docx": middle})


def film_in_document() -> bytes:
    return word.document("", {"word/media/film.mp4": b"\0\0\0\x18ftypmp42" + bytes(1000)})


def macro() -> bytes:
    return word.document("", {"word/vbaProject.bin": OLE})


# Locked and old

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000)


def locked_office() -> bytes:
    return OLE + "EncryptedPackage".encode("utf-16-le") + bytes(2000)


def locked_opendocument() -> bytes:
    manifest = opendocument.MANIFEST.replace("/>", "><manifest:encryption-data/></manifest:manifest>")
    return opendocument.written("", parts={"META-INF/manifest.xml": manifest, "content.xml": bytes(range(256)) * 9})


def locked_parts() -> bytes:
    """A zip with a password on each part: a bit in both places that tell of the part."""
    content = bytearray(word.document())
    for mark, offset in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        position = content.find(mark)
        while position >= 0:
            content[position + offset] |= 1
            position = content.find(mark, position + 4)
    return bytes(content)


# Damaged


def _long_document() -> bytes:
    letters = random.Random(7)
    text = ("".join(letters.choices("abcdefghijklmno ", k=80)) for _ in range(3000))
    return word.document("".join(word.paragraph(line) for line in text))


def cut_at(share: float) -> Make:
    return lambda: (content := _long_document())[: int(len(content) * share)]


def _changed_at(mark: bytes, offset: int, value: bytes, *, last: bool = False) -> bytes:
    content = bytearray(_long_document())
    position = (content.rfind(mark) if last else content.find(mark)) + offset
    content[position : position + len(value)] = value
    return bytes(content)


def wrong_checksum() -> bytes:
    return _changed_at(b"PK\1\2", 16, b"\1\2\3\4", last=True)


def broken_packing() -> bytes:
    content = bytearray(_long_document())
    start = content.find(b"word/document.xml") + 2000
    content[start : start + 300] = bytes(300)
    return bytes(content)


def lying_sizes() -> bytes:
    return _changed_at(b"PK\1\2", 24, b"\x05\0\0\0", last=True)


def broken_xml() -> bytes:
    return word.document("", {"word/document.xml": HEAD + b"<w:p><w:r><w:t>" + TAIL})


# Something else than the name says, or nothing that can be read


def noise(size: int) -> Make:
    return lambda: random.Random(7).randbytes(size)


def csv_without_end() -> bytes:
    return b'Namn;Nummer\nA;"' + b"ord och mer;\n" * (50 * MB // 13)


# The file's name, how it is made, and the verdict.
HOSTILE: dict[str, tuple[str, Make, str]] = {
    "bomb of spaces": ("a.docx", bomb_of_spaces, "unscreened"),
    "bomb after a number": ("a.docx", bomb_after_a_number, "block"),
    "bomb of one text": ("a.docx", bomb_of_one_text, "unscreened"),
    "bomb of one attribute": ("a.docx", bomb_of_one_attribute, "unscreened"),
    "bomb of depth": ("a.docx", bomb_of_depth, "unscreened"),
    "bomb of empty paragraphs": ("a.docx", bomb_of_empty_paragraphs, "unscreened"),
    "150,000 attributes": ("a.docx", bomb_of_attributes, "clean"),
    "twenty bombs of 30 MB": ("a.docx", bomb_behind_bombs, "unscreened"),
    "billion laughs": ("a.docx", laughs, "unscreened"),
    "quadratic entities": ("a.docx", quadratic, "unscreened"),
    "entity outside the file": ("a.docx", outside_entity, "unscreened"),
    "a million cells": ("a.xlsx", million_cells, "unscreened"),
    "two million shared texts": ("a.xlsx", million_shared_texts, "unscreened"),
    "a long text in every cell": ("a.xlsx", one_long_text_in_every_cell, "unscreened"),
    "rows and cells repeated a billion times": ("a.ods", repeated_rows, "clean"),
    "40,000 parts": ("a.docx", many_parts, "unscreened"),
    "parts over each other": ("a.docx", overlapping, "unscreened"),
    "packed in a way no office program does": ("a.docx", packed_otherwise, "unscreened"),
    "archive in a document": ("a.docx", archive_in_document, "unscreened"),
    "old object in a document": ("a.docx", old_object_in_document, "unscreened"),
    "document in a document in a document": ("a.docx", document_three_deep, "unscreened"),
    "film in a document": ("a.docx", film_in_document, "unscreened"),
    "macro": ("a.docm", macro, "unscreened"),
    "zip": ("a.zip", _archive, "unscreened"),
    "7z": ("a.7z", lambda: b"7z\xbc\xaf\x27\x1c" + bytes(500), "unscreened"),
    "gzip": ("a.gz", lambda: b"\x1f\x8b\x08" + bytes(500), "unscreened"),
    "rar": ("a.rar", lambda: b"Rar!\x1a\x07\x01" + bytes(500), "unscreened"),
    "locked Word document": ("a.docx", locked_office, "unscreened"),
    "locked OpenDocument": ("a.odt", locked_opendocument, "unscreened"),
    "zip with a password": ("a.docx", locked_parts, "unscreened"),
    "old Word document": ("a.doc", lambda: OLE, "unscreened"),
    "binary workbook": ("a.xlsb", lambda: zipped({"[Content_Types].xml": TYPES, "xl/workbook.bin": "x"}), "unscreened"),
    "cut at a tenth": ("a.docx", cut_at(0.1), "unscreened"),
    "cut in the middle": ("a.docx", cut_at(0.5), "unscreened"),
    "cut at the end": ("a.docx", cut_at(0.999), "unscreened"),
    "wrong checksum": ("a.docx", wrong_checksum, "unscreened"),
    "broken packing": ("a.docx", broken_packing, "unscreened"),
    "a size that lies": ("a.docx", lying_sizes, "unscreened"),
    "broken XML": ("a.docx", broken_xml, "unscreened"),
    "letters of an encoding that is none": (
        "a.docx",
        lambda: word.document("", {"word/header1.xml": '<?xml version="1.0" encoding="UTF-9"?><w:hdr/>'}),
        "unscreened",
    ),
    "empty file": ("a.docx", lambda: b"", "unscreened"),
    "noise called Word": ("a.docx", noise(100_000), "unscreened"),
    "program called text": ("a.txt", lambda: b"\x7fELF\2\1\1" + bytes(500), "unscreened"),
    "Word document called pdf": ("a.pdf", word.document, "unscreened"),
    "Word document called Excel": ("a.xlsx", word.document, "unscreened"),
    "misnamed document with a number": ("a.pdf", lambda: word.document(word.paragraph(NUMBER)), "block"),
    "text without a suffix": ("protokoll", lambda: b"Hej", "unscreened"),
    "web page": ("a.html", lambda: b"<html><body>Hej</body></html>", "unscreened"),
    "web page called text": ("a.txt", lambda: b"<html><body>Hej</body></html>", "unscreened"),
    "web page with a number": ("a.html", lambda: f"<p>{NUMBER}</p>".encode(), "block"),
    "rtf": ("a.rtf", lambda: b"{\\rtf1 Hej}", "unscreened"),
    "the same part twice": (
        "a.docx",
        lambda: zipped(
            [
                ("[Content_Types].xml", TYPES),
                ("word/document.xml", HEAD + word.paragraph(NUMBER).encode() + TAIL),
                ("word/document.xml", HEAD + TAIL),
            ]
        ),
        "block",
    ),
    "a path that leads out": ("a.docx", lambda: word.document("", {"../../ut.xml": f"<a>{NUMBER}</a>"}), "block"),
    "a part in UTF-16": (
        "a.docx",
        lambda: word.document("", {"word/document.xml": f"<a>{NUMBER}</a>".encode("utf-16")}),
        "block",
    ),
    "50 MB of noise": ("a.docx", noise(50 * MB), "unscreened"),
    "50 MB of text": ("a.txt", lambda: b"En rad med ord om 2027 och mer\n" * (50 * MB // 31), "unscreened"),
    "50 MB of text on one line": ("a.txt", lambda: b"ord 12 " * (50 * MB // 7), "unscreened"),
    "50 MB of digits": ("a.txt", lambda: b"1" * 50 * MB, "unscreened"),
    "50 MB of digits and dashes": ("a.txt", lambda: b"1-" * (25 * MB), "unscreened"),
    "50 MB of table": ("a.csv", lambda: b"Namn;Nummer;Ort\nA;12;Arboga 3\n" * (50 * MB // 31), "unscreened"),
    "table with a cell without end": ("a.csv", csv_without_end, "unscreened"),
    "table with one row": ("a.csv", lambda: b"12;" * (15 * MB), "unscreened"),
}

# Those that hold or unpack so much that the limits of a process of their own are what stops them.
LARGE = frozenset(
    {"bomb of spaces", "bomb after a number", "bomb of one text", "bomb of one attribute", "bomb of depth"}
    | {"bomb of empty paragraphs", "150,000 attributes", "twenty bombs of 30 MB", "a million cells"}
    | {"two million shared texts", "a long text in every cell", "rows and cells repeated a billion times"}
    | {"40,000 parts", "parts over each other", "table with a cell without end", "table with one row"}
    | {case for case in HOSTILE if case.startswith("50 MB")}
)
