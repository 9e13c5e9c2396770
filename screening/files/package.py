"""Opens the zip that a modern office document is, and reads its parts without trusting the sizes that it declares."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from .passages import DAMAGED, LOCKED, TOO_LARGE, Budget, Fault, Passage, Unreadable

CHUNK = 65536
MAX_PARTS = 5000
_ENCRYPTED = 0x1
_LOCAL_HEADER = 30  # bytes before the name of a part
_DESCRIPTOR = 24  # bytes that may follow a part
_END = 22  # bytes of the end of a zip, before its comment
APPENDED = "Före, efter eller mellan dokumentets delar finns något annat gömt. Spara om filen."
# Names that programs make up for pictures and settings: their digits are nobody's number.
_MADE_UP = re.compile(r"[0-9A-Fa-f]{20,}|\{?[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}\}?")
# What the library raises for parts that are damaged or packed in a way that it does not know.
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError, RuntimeError)


class Part:
    """One entry of the package; two may have the same name."""

    def __init__(self, package: zipfile.ZipFile, info: zipfile.ZipInfo, budget: Budget) -> None:
        self.name = info.filename
        self._package, self._info, self._budget = package, info, budget

    @property
    def folded(self) -> str:
        """The name as names are compared: without regard to case or to the kind of slash."""
        return self.name.replace("\\", "/").lstrip("/").lower()

    @property
    def suffix(self) -> str:
        return self.folded.rpartition(".")[2]

    def head(self, size: int = 4096) -> bytes:
        with self._package.open(self._info) as source:
            return self._budget.take_bytes(source.read(size))

    def chunks(self) -> Iterator[bytes]:
        """What the part holds, counted as it comes: the sizes that the zip declares may be lies."""
        with self._package.open(self._info) as source:
            while chunk := source.read(CHUNK):
                yield self._budget.take_bytes(chunk)

    def whole(self, most: int) -> bytes | None:
        """All of the part, or nothing if it is larger than `most` bytes."""
        parts, size = [], 0
        for chunk in self.chunks():
            parts.append(chunk)
            size += len(chunk)
            if size > most:
                return None
        return b"".join(parts)


class Package:
    """An opened package. Raises `Unreadable` when it is locked or damaged, or has too many parts."""

    def __init__(self, source: BinaryIO, budget: Budget) -> None:
        try:
            package = zipfile.ZipFile(source)
        except BROKEN:
            raise Unreadable(DAMAGED) from None
        infos = package.infolist()
        if len(infos) > MAX_PARTS:
            raise Unreadable(TOO_LARGE)
        if any(info.flag_bits & _ENCRYPTED for info in infos):
            raise Unreadable(LOCKED)
        if any(info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for info in infos):
            raise Unreadable(DAMAGED)  # no office program packs otherwise, and the other ways cost memory
        infos.sort(key=lambda info: info.header_offset)
        for info, following in zip(infos, infos[1:], strict=False):
            if info.header_offset + info.compress_size > following.header_offset:
                raise Unreadable(DAMAGED)  # overlapping parts: a small file that would take hours to read
        # An empty folder has an entry too, which LibreOffice writes.
        self.parts = [Part(package, info, budget) for info in infos if not info.is_dir() or info.compress_size]
        self._package, self._source, self._infos, self._budget = package, source, infos, budget

    def names_and_comments(self) -> Iterator[Passage | Fault]:
        """Yields the names of the parts and the comments of the zip, and a fault for bytes that belong to no part."""
        for info in self._package.infolist():
            stem = info.filename.replace("_", " ").rpartition(".")[0] or info.filename
            if not _MADE_UP.fullmatch(stem.rpartition("/")[2]):
                yield Passage("namnet på en fil i dokumentet", self._budget.take(stem))
        for comment in (self._package.comment, *(info.comment for info in self._infos)):
            if comment:
                yield Passage("kommentar i filens förpackning", self._budget.take(comment.decode("utf-8", "replace")))
        try:
            if self._has_strays():
                yield Fault(APPENDED)
        except BROKEN:
            yield Fault(DAMAGED)

    def _has_strays(self) -> bool:
        """Whether there are bytes before the first part, between two, before the directory or after the end."""
        end = 0
        for info in self._infos:
            if info.header_offset - end > _DESCRIPTOR:
                return True
            self._source.seek(info.header_offset)
            header = self._source.read(_LOCAL_HEADER)
            lengths = int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
            end = info.header_offset + _LOCAL_HEADER + lengths + info.compress_size
        first = self._infos[0].header_offset if self._infos else 0
        self._source.seek(-_END - len(self._package.comment), 2)
        return first > 0 or self._package.start_dir - end > _DESCRIPTOR or self._source.read(4) != b"PK\5\6"

    def named(self, name: str) -> list[Part]:
        """All parts with this name: normally one or none, but a zip may have several."""
        return [part for part in self.parts if part.folded == name.lower()]
