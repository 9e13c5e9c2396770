"""The limits on time and memory of the process that reads a file, and a large file searched within them.

The process that asks is a web server or a command of some 150 MB, so the reader gets what is left of 300 MB.
"""

import mmap as system
import re
import resource
from collections.abc import Iterator
from dataclasses import dataclass
from mmap import ACCESS_READ, mmap
from typing import BinaryIO

ORDER = "SCREENING_ORDER"  # the environment variable with the file's name and the caller's options
_HEAP_BYTES = 112_000_000
_OPEN_FILES = 32
_WINDOW = 4_000_000
_LONGEST = 1_000  # bytes that a pattern may match

Bytes = bytes | mmap


@dataclass(frozen=True)
class Time:
    """How long a file may take, in seconds. A reader that stops by itself can say how far it came."""

    reading: float  # processor time, until the reader stops by itself
    processor: int  # processor time, until the operating system ends it
    wall: float  # clock time, until the caller ends it; many times longer: a busy machine is no fault of the file


SHORT = Time(reading=5, processor=7, wall=25)  # while a person waits; a web server gives a request thirty seconds
LONG = Time(reading=60, processor=65, wall=540)  # in the worker, where nobody waits


def limit_process(time: Time) -> None:
    """Limit the memory, processor time and open files of this process for good; it may write no file."""
    resource.setrlimit(resource.RLIMIT_DATA, (_HEAP_BYTES, _HEAP_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (time.processor, time.processor + 1))
    resource.setrlimit(resource.RLIMIT_NOFILE, (_OPEN_FILES, _OPEN_FILES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def peak_bytes() -> int:
    """The most memory that this process has held."""
    try:
        with open("/proc/self/status") as status:
            lines = dict(line.split(":", 1) for line in status)
        return int(lines["VmHWM"].split()[0]) * 1024
    except (OSError, KeyError):  # not Linux; elsewhere the figure may be that of the parent
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def map_file(source: BinaryIO, end: int = 0) -> Bytes:
    """The whole file, or the file up to a place, mapped into memory: without a copy where the system can do that."""
    try:
        return mmap(source.fileno(), end, access=ACCESS_READ)
    except (OSError, ValueError):  # not a file on disk, or an empty one
        source.seek(0)
        return source.read(end or -1)


def release_memory(data: Bytes) -> None:
    """Give back the memory that the bytes take; they are read from the disk again when they are asked for."""
    if isinstance(data, mmap) and hasattr(system, "MADV_DONTNEED"):  # elsewhere the system lets go by itself
        data.madvise(system.MADV_DONTNEED)


def search_bytes(pattern: re.Pattern[bytes], data: Bytes, start: int = 0) -> tuple[int, int] | None:
    """Where a pattern is found first, without more than a window of the bytes in memory."""
    while start < len(data):
        found = pattern.search(data, start, start + _WINDOW + _LONGEST)
        if found:
            return found.span()
        start += _WINDOW
        release_memory(data)
    return None


def windows(data: Bytes, start: int, end: int) -> Iterator[bytes]:
    """Yields a part of the bytes a window at a time; windows overlap, so that nothing is cut in two."""
    while start < end:
        yield data[start : min(start + _WINDOW + _LONGEST, end)]
        start += _WINDOW
        release_memory(data)
