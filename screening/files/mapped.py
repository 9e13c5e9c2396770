"""The bytes of a file to search in, without a copy of them where that can be. Plain Python: no Django."""

from mmap import ACCESS_READ, mmap
from typing import BinaryIO

Bytes = bytes | mmap


def mapped(source: BinaryIO, end: int = 0) -> Bytes:
    """The whole file, or the file up to a place."""
    try:
        return mmap(source.fileno(), end, access=ACCESS_READ)
    except (OSError, ValueError):  # no file of the disk, or an empty one
        source.seek(0)
        return source.read(end or -1)
