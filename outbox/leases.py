"""Leases: how long a worker keeps a mail or a connection slot to itself, and whether the worker still lives.

A lease keeps other workers away for minutes. When its holder is a process on this machine that has ended,
that is known at once and nobody need wait.
"""

import os
import socket
import uuid
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

from .smtp_steps import Timeouts

# Only after every wait of one delivery may another worker believe that this one has died: those for the mail server,
# and some minutes for a database that is away when the outcome is to be written.
LEASE = timedelta(seconds=Timeouts().to_deliver) + timedelta(minutes=5)
BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
PID_NAMESPACE = "/proc/self/ns/pid"


def this_machine() -> str:
    """Name the set of processes that share pid numbers with us.

    The host's name is not enough: containers may share one and still not see each other's pids.
    """
    try:
        return f"{BOOT_ID.read_text().strip()}:{os.readlink(PID_NAMESPACE)}"
    except OSError:  # not Linux
        return socket.gethostname()


def new_holder() -> str:
    """A name for one worker in this process, unlike that of any other, ever."""
    return f"{this_machine()}/{os.getpid()}/{uuid.uuid4().hex[:12]}"


def is_known_dead(holder: str) -> bool:
    """Whether the holder was a process on this machine that no longer runs."""
    machine, _, rest = holder.partition("/")
    pid, _, _ = rest.partition("/")
    if machine != this_machine() or not pid.isdecimal():
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except PermissionError:  # it runs, as somebody else
        return False
    return is_zombie(int(pid))


def is_zombie(pid: int) -> bool:
    """Whether the process has ended and only waits for its parent to take notice."""
    try:
        # The state follows the program's name, which stands in parentheses and may hold anything.
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return False


def known_dead(holders: Iterable[str]) -> list[str]:
    return [holder for holder in holders if is_known_dead(holder)]
