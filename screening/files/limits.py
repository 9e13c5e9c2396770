"""The bounds of the process that reads a file. Plain Python: no Django.

The process that asks is a web server or a command of some 150 MB, so the reader gets what is left of 300 MB.
"""

import resource

ORDER = "SCREENING_ORDER"  # the variable with the file's name and what the caller says of it
WALL_SECONDS = 7.0  # until the reader is ended from outside
_CPU_SECONDS = 7
_HEAP_BYTES = 112_000_000
_OPEN_FILES = 32


def bound() -> None:
    """Bound this process for good: memory, processor time and open files; it may write no file."""
    resource.setrlimit(resource.RLIMIT_DATA, (_HEAP_BYTES, _HEAP_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (_CPU_SECONDS, _CPU_SECONDS + 1))
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
