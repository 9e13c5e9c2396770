"""The limits on time and memory of the process that reads a file.

The process that asks is a web server or a command of some 150 MB, so the reader gets what is left of 300 MB.
"""

import resource
from dataclasses import dataclass

ORDER = "SCREENING_ORDER"  # the environment variable with the file's name and the caller's options
_HEAP_BYTES = 112_000_000
_OPEN_FILES = 32


@dataclass(frozen=True)
class Time:
    """How long a file may take, in seconds. A reader that stops by itself can say how far it came."""

    reading: float  # processor time, until the reader stops by itself
    processor: int  # processor time, until the operating system ends it
    wall: float  # clock time, until the caller ends it; longer, since a busy machine is no fault of the file


SHORT = Time(reading=5, processor=7, wall=9)  # while a person waits
LONG = Time(reading=60, processor=65, wall=90)  # in the worker, where nobody waits


def bound(time: Time) -> None:
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
