"""Maps a file into memory, to search it without a copy of its bytes where the system can do that."""

import mmap as system
import re
from collections.abc import Iterator
from mmap import ACCESS_READ, mmap
from typing import BinaryIO

Bytes = bytes | mmap
_WINDOW = 4_000_000
_LONGEST = 1_000  # bytes that a pattern may match


def map_file(source: BinaryIO, end: int = 0) -> Bytes:
    """The whole file, or the file up to a place."""
    try:
        return mmap(source.fileno(), end, access=ACCESS_READ)
    except (OSError, ValueError):  # not a file on disk, or an empty one
        source.seek(0)
        return source.read(end or -1)


def release(data: Bytes) -> None:
    """Give back the memory that the bytes take; they are read from the disk again when they are asked for."""
    if isinstance(data, mmap) and hasattr(system, "MADV_DONTNEED"):  # elsewhere the system lets go by itself
        data.madvise(system.MADV_DONTNEED)


def search(pattern: re.Pattern[bytes], data: Bytes, start: int = 0) -> tuple[int, int] | None:
    """Where a pattern is found first, without more than a window of the bytes in memory."""
    while start < len(data):
        found = pattern.search(data, start, start + _WINDOW + _LONGEST)
        if found:
            return found.span()
        start += _WINDOW
        release(data)
    return None


def windows(data: Bytes, start: int, end: int) -> Iterator[bytes]:
    """Yields a part of the bytes a window at a time; windows overlap, so that nothing is cut in two."""
    while start < end:
        yield data[start : min(start + _WINDOW + _LONGEST, end)]
        start += _WINDOW
        release(data)
