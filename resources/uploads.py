"""Checks uploaded files, by their content and not by their name."""

import zipfile
from collections.abc import Callable, Iterator
from pathlib import PurePath
from typing import BinaryIO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.template.defaultfilters import filesizeformat

from gate.files.content import on_disk
from screening.files import does_something

MAX_UNPACKED_BYTES = 300 * 1024 * 1024
MAX_UNPACKED_RATIO = 200  # times the packed size; an office document of text reaches some 20
MAX_PARTS = 5_000
MAX_DIRECTORY_BYTES = 1024 * 1024  # of the part that lists the content of an office document
CHUNK = 256 * 1024
TEXT_SAMPLE = 100_000  # bytes of a text file that are searched for markup

OOXML_MAIN_PART = {
    "docx": b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "xlsx": b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
    "pptx": b"application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml",
}
ODF_TYPE = {
    "odt": b"application/vnd.oasis.opendocument.text",
    "ods": b"application/vnd.oasis.opendocument.spreadsheet",
    "odp": b"application/vnd.oasis.opendocument.presentation",
}
MACRO_PARTS = ("vbaproject.bin", "vbadata.xml", "activex", "macrosheets", "basic/", "scripts/")
SCRIPTS_IN_PDF = (b"/JavaScript", b"/Launch", b"/JS ", b"/JS(", b"/JS<")
ARCHIVES = ("zip", "7z", "rar", "gz", "tar", "bz2", "xz")
MARKUP = (b"<script", b"<svg", b"<html", b"<!doctype", b"<iframe", b"<?xml", b"<?php", b"<body", b"javascript:")
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # also what Office packs an encrypted document in
OTHER_MAGIC = (b"%PDF", b"PK\x03\x04", b"MZ", b"\x7fELF", b"#!", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", OLD_OFFICE)


def check_upload(file: File) -> None:
    """Check that a file is what its name says and can do no harm; the file is left at its beginning.

    Raises ValidationError, in Swedish, that says what is wrong and what to do.
    """
    kind = PurePath(file.name or "").suffix.lower().lstrip(".")
    if kind in ARCHIVES:
        raise ValidationError("Packade filer tas inte emot. Packa upp filen och ladda upp det som ligger i den.")
    if kind not in settings.WAGTAILDOCS_EXTENSIONS:
        allowed = ", ".join(settings.WAGTAILDOCS_EXTENSIONS)
        raise ValidationError(f"Filer av det här slaget går inte att ladda upp. Det går bra med {allowed}.")
    if not file.size:
        raise ValidationError("Filen är tom. Kontrollera att du valde rätt fil.")
    if file.size > settings.MAX_UPLOAD_BYTES:
        limit = filesizeformat(settings.MAX_UPLOAD_BYTES)
        raise ValidationError(f"Filen är för stor. Den får vara högst {limit}.")
    file.seek(0)
    try:
        _CHECKS[kind](file, kind)
    finally:
        file.seek(0)


def _check_pdf(file: File, kind: str) -> None:
    if file.read(5) != b"%PDF-":
        raise _not_what_it_says(kind)
    with on_disk(file, ".pdf") as path:
        answer = does_something(path)
    # Too large or too damaged to be read as a pdf: then its bytes must do.
    if answer is None:
        answer = any(script in piece for piece in _pieces(file) for script in SCRIPTS_IN_PDF)
    if answer:
        raise ValidationError("Pdf-filen innehåller skript. Spara om den utan skript och försök igen.")


def _pieces(file: File) -> Iterator[bytes]:
    """The file in pieces that overlap, so that no short word is cut in two."""
    file.seek(0)
    tail = b""
    while piece := file.read(CHUNK):
        yield tail + piece
        tail = piece[-16:]


def _check_text(file: File, kind: str) -> None:
    content = file.read()
    sample = _as_ascii(content[:TEXT_SAMPLE])
    if content.startswith(OTHER_MAGIC) or b"\x00" in sample or not _is_text(content):
        raise _not_what_it_says(kind)
    if any(mark in sample.lower() for mark in MARKUP):
        raise ValidationError("Textfilen innehåller programkod eller en webbsida. Ladda upp vanlig text.")


def _as_ascii(content: bytes) -> bytes:
    """The text with one byte a character if it is UTF-16, which Windows may write."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace").encode("utf-8", "replace")
    return content


def _is_text(content: bytes) -> bool:
    for encoding in ("utf-16",) if content.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return not any(character < " " and character not in "\t\r\n\f" for character in text)
    return False


def _check_ooxml(file: File, kind: str) -> None:
    with _open_zip(file, kind) as archive:
        types = _read_part(archive, "[Content_Types].xml", kind)
        if b"macroEnabled" in types:
            raise _has_macros()
        if OOXML_MAIN_PART[kind] not in types:
            raise _not_what_it_says(kind)


def _check_odf(file: File, kind: str) -> None:
    with _open_zip(file, kind) as archive:
        if _read_part(archive, "mimetype", kind).strip() != ODF_TYPE[kind]:
            raise _not_what_it_says(kind)
        if b"manifest:encryption-data" in _read_part(archive, "META-INF/manifest.xml", kind):
            raise _is_locked()


def _open_zip(file: File, kind: str) -> zipfile.ZipFile:
    """Opens the file as a zip archive, and refuses macros, encryption and decompression bombs."""
    start = file.read(len(OLD_OFFICE))
    if start == OLD_OFFICE:
        raise ValidationError("Filen är låst med lösenord eller i ett gammalt format. Spara om den och försök igen.")
    if not start.startswith(b"PK\x03\x04"):
        raise _not_what_it_says(kind)
    try:
        archive = zipfile.ZipFile(_binary(file))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise _not_what_it_says(kind) from error
    try:
        _check_parts(archive)
    except ValidationError:
        archive.close()
        raise
    return archive


def _check_parts(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    unpacked, packed = sum(part.file_size for part in parts), sum(part.compress_size for part in parts)
    if len(parts) > MAX_PARTS or unpacked > MAX_UNPACKED_BYTES or unpacked > MAX_UNPACKED_RATIO * (packed + CHUNK):
        raise ValidationError("Filen är orimligt stor när den packas upp och går inte att ladda upp.")
    if any(part.flag_bits & 0x1 for part in parts):
        raise _is_locked()
    names = [part.filename.lower().replace("\\", "/") for part in parts]
    if any(mark in name for name in names for mark in MACRO_PARTS):
        raise _has_macros()
    if any(name.startswith("/") or ".." in name.split("/") for name in names):
        raise ValidationError("Filen är trasig. Spara om den och försök igen.")


def _read_part(archive: zipfile.ZipFile, name: str, kind: str) -> bytes:
    try:
        with archive.open(name) as part:
            return part.read(MAX_DIRECTORY_BYTES)
    # zlib.error and friends: what a broken archive raises depends on where it is broken.
    except Exception as error:
        raise _not_what_it_says(kind) from error


def _binary(file: File) -> BinaryIO:
    # Django's File has all that zipfile asks for.
    return file  # type: ignore[return-value]


def _not_what_it_says(kind: str) -> ValidationError:
    return ValidationError(f"Filen slutar på .{kind} men innehåller något annat, eller är trasig. Välj en annan fil.")


def _has_macros() -> ValidationError:
    return ValidationError("Filen innehåller makron. Spara den utan makron och försök igen.")


def _is_locked() -> ValidationError:
    return ValidationError("Filen är låst med lösenord. Ta bort lösenordet och försök igen.")


_CHECKS: dict[str, Callable[[File, str], None]] = {
    "pdf": _check_pdf,
    "csv": _check_text,
    "txt": _check_text,
    **dict.fromkeys(OOXML_MAIN_PART, _check_ooxml),
    **dict.fromkeys(ODF_TYPE, _check_odf),
}
