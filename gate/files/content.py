"""The content of a file: its checksum, and how it is screened."""

import hashlib
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePath

from django.core.files.base import File
from django.db.models.fields.files import FieldFile

from screening import files
from screening.findings import Screening


@dataclass(frozen=True)
class Content:
    digest: str  # SHA-256, in hexadecimal
    suffix: str  # with its dot, in small letters; it decides how the content is read
    size: int  # bytes


def content_of(file: File) -> Content:
    """Compute the checksum and size of a file, and rewind it. Raises OSError if it is missing."""
    digest, size = hashlib.sha256(), 0
    file.open()
    for chunk in file.chunks():
        digest.update(chunk)
        size += len(chunk)
    file.seek(0)
    return Content(digest.hexdigest(), PurePath(file.name or "").suffix.lower()[:10], size)


def screen_content(file: File, content: Content, *, has_time: bool = False) -> Screening:
    """Screen the content of a file; `has_time` lets it take longer, where nobody waits.

    The file's name is not screened here, since several files may have the same content.
    """
    with on_disk(file, content.suffix) as path:
        return files.screen_file(path, name=f"fil{content.suffix}", has_time=has_time)


@contextmanager
def on_disk(file: File, suffix: str) -> Iterator[Path]:
    """Yield a path to the file: its own if it has one, else a temporary copy."""
    path = _own_path(file)
    if path is not None:
        yield path
        return
    with tempfile.NamedTemporaryFile(prefix="lumen-screening-", suffix=suffix) as copy:
        file.open()
        for chunk in file.chunks():
            copy.write(chunk)
        copy.flush()
        file.seek(0)
        yield Path(copy.name)


def _own_path(file: File) -> Path | None:
    if isinstance(file, FieldFile):
        if not file._committed:  # type: ignore[attr-defined]  # not stored yet, so it is what was uploaded
            return _own_path(file.file)
        try:
            return Path(file.path)
        except NotImplementedError:  # Object storage has no paths.
            return None
    temporary = getattr(file, "temporary_file_path", None)
    return Path(temporary()) if temporary else None
