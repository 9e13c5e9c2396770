"""The formats of files, recognised by their content, and the module that reads each."""

import codecs
import importlib
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import BinaryIO

from .passages import LOCKED, Budget, Fault, Passage, Reader
from .plain_text import encoding_of_head

HEAD = 4096


@dataclass(frozen=True)
class FileFormat:
    """A format of files. Without a `reader` its files cannot be screened, and `refusal` says what to do instead."""

    name: str  # in Swedish, as in "Innehållet är …"
    suffixes: tuple[str, ...]
    reader: str = ""  # a module of this package
    refusal: str = ""

    def read(self, source: BinaryIO, budget: Budget) -> Iterator[Passage | Fault]:
        """Read a file of this format. Its module is imported only here, since a process starts for each file."""
        read: Reader = importlib.import_module(f"{__package__}.{self.reader}").read
        return read(source, budget)


_AS_PDF = "Spara den som pdf, eller i ett nyare format, och ladda upp den i stället."
_UNPACK = "Packa upp den och ladda upp filerna var för sig."

PDF = FileFormat("pdf", (".pdf",), "pdf")
IMAGE = FileFormat(
    "en bild", (".jpg", ".jpeg", ".png", ".gif", ".webp", ".tif", ".tiff", ".heic", ".heif", ".avif", ".bmp"), "images"
)
DOCX = FileFormat("ett Word-dokument", (".docx", ".dotx"), "office")
PPTX = FileFormat("en PowerPoint-presentation", (".pptx", ".ppsx", ".potx"), "office")
XLSX = FileFormat("en Excel-arbetsbok", (".xlsx", ".xltx"), "office")
ODF = FileFormat("ett OpenDocument", (".odt", ".ods", ".odp", ".ott", ".ots", ".otp"), "office")
CSV = FileFormat("en tabell i text", (".csv", ".tsv"), "csv_tables")
TEXT = FileFormat("text", (".txt", ".md", ".srt", ".vtt"), "plain_text")
# Read as text, but always with a fault: markup may hide what cannot be seen.
MARKUP = FileFormat(
    "text med koder",
    (".html", ".htm", ".xml", ".svg", ".rtf", ".json", ".eml", ".mht", ".fodt", ".fods", ".ics", ".vcf"),
    "plain_text",
    refusal=f"Filens format kan inte läsas i sin helhet. {_AS_PDF}",
)
LOCKED_OFFICE = FileFormat("ett skyddat Office-dokument", (), refusal=LOCKED)
OLD_OFFICE = FileFormat(
    "ett Office-dokument i gammalt format",
    (".doc", ".xls", ".ppt", ".msg"),
    refusal=f"Filens format är för gammalt för att läsas. {_AS_PDF}",
)
BINARY_WORKBOOK = FileFormat("en binär Excel-arbetsbok", (".xlsb",), refusal=f"Filens format kan inte läsas. {_AS_PDF}")
ARCHIVE = FileFormat(
    "ett arkiv",
    (".zip", ".7z", ".rar", ".gz", ".tar", ".bz2", ".xz"),
    refusal=f"Filen är ett arkiv och läses inte. {_UNPACK}",
)
EMPTY = FileFormat("tom", (), refusal="Filen är tom.")
UNKNOWN = FileFormat("okänt", (), refusal=f"Filens innehåll är av ett okänt slag och kan inte läsas. {_AS_PDF}")
DAMAGED_PACKAGE = FileFormat("skadat", (), refusal="Filen är skadad och kan inte öppnas. Spara om den och försök igen.")

_ARCHIVES = (
    b"7z\xbc\xaf\x27\x1c",
    b"Rar!\x1a\x07",
    b"\x1f\x8b",
    b"BZh",
    b"\xfd7zXZ\x00",
    b"(\xb5/\xfd",
    b"MSCF",
    b"\x1f\x9d",
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IMAGES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a", b"II*\x00", b"MM\x00*", b"BM")
HEIF_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1", b"avif", b"avis")


def format_of(source: BinaryIO, name: str) -> FileFormat:
    """The format of what the stream holds. The name decides only between formats that are all text."""
    source.seek(0)
    head = source.read(HEAD)
    found = _format_of_head(head)
    if found is ARCHIVE and head.startswith(b"PK"):
        found = _format_of_zip(source)
    elif found is OLD_OFFICE and _is_locked_office(source):
        found = LOCKED_OFFICE
    elif found is TEXT:
        suffix = PurePath(name).suffix.lower()
        found = next((other for other in (CSV, MARKUP) if suffix in other.suffixes), found)
    source.seek(0)
    return found


def has_right_suffix(file_format: FileFormat, name: str) -> bool:
    """Whether the name ends as that of a file of this format does."""
    return PurePath(name).suffix.lower() in file_format.suffixes


def _format_of_head(head: bytes) -> FileFormat:
    if not head:
        return EMPTY
    if b"%PDF-" in head[:1024]:
        return PDF
    if head.startswith(b"PK") or head.startswith(_ARCHIVES) or head[257:262] == b"ustar":
        return ARCHIVE
    if head.startswith(_OLE):
        return OLD_OFFICE
    is_brand = head[4:8] == b"ftyp" and head[8:12] in HEIF_BRANDS
    is_webp = head[:4] == b"RIFF" and head[8:12] == b"WEBP"
    if head.startswith(_IMAGES) and not is_text(head) or is_brand or is_webp:
        return IMAGE
    if not is_text(head):
        return UNKNOWN
    start = head.removeprefix(codecs.BOM_UTF8).lstrip()[:200].lower()
    return MARKUP if start.startswith((b"<", b"{\\rtf")) else TEXT


def is_text(head: bytes) -> bool:
    """Whether the beginning of a file looks like text: no control characters but for UTF-16 and -32."""
    if encoding_of_head(head):
        return True
    return not any(byte < 32 and byte not in b"\t\n\v\f\r\x1b" for byte in head)


def _format_of_zip(source: BinaryIO) -> FileFormat:
    try:
        with zipfile.ZipFile(source) as package:
            names = {info.filename for info in package.infolist()}
            if "mimetype" in names and "META-INF/manifest.xml" in names:
                return ODF
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError):
        return DAMAGED_PACKAGE
    if "[Content_Types].xml" not in names:
        return ARCHIVE
    if "xl/workbook.bin" in names:
        return BINARY_WORKBOOK
    for folder, found in (("word/", DOCX), ("ppt/", PPTX), ("xl/", XLSX)):
        if any(name.startswith(folder) for name in names):
            return found
    return ARCHIVE


def _is_locked_office(source: BinaryIO) -> bool:
    """Whether it is a document with a password: the old format around the new one, as its directory tells."""
    source.seek(0)
    return "EncryptedPackage".encode("utf-16-le") in source.read(1_000_000)
