"""Runs the process that reads a file, and gathers what it finds."""

import json
import logging
import os
import signal
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..findings import Finding, Kind, Screening
from .limits import LONG, ORDER, SHORT
from .passages import DAMAGED, TOO_SLOW
from .shown_text import ShownText

_ROOT = Path(__file__).resolve().parents[2]
_COMMAND = (sys.executable, "-m", f"{__package__}.child")
_KEPT = ("PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH")  # what Python itself may need; no secret of the site
_MAX_NAME = 500
_OUT_OF_TIME = (-signal.SIGXCPU, -signal.SIGKILL)

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Run:
    """A screening and its use of memory: `peak` in bytes, as last reported by the child process."""

    screening: Screening
    peak: int = 0


def run(path: Path, *, name: str, picture_is_read: bool, has_time: bool = False) -> Run:
    """Screen a file in a child process, which reads it from standard input; see `screen_file`."""
    order = {"name": name[-_MAX_NAME:], "picture_is_read": picture_is_read, "has_time": has_time}
    output, status = _answer(path, order, seconds=(LONG if has_time else SHORT).wall)
    # The last line has no end if the process was ended in the middle of it.
    lines = map(json.loads, output.decode().split("\n")[:-1])
    # Ended by a signal: by the limit on processor time, or by a fault in a parser.
    return summary(lines, died=TOO_SLOW if status in _OUT_OF_TIME else DAMAGED)


def does_something(path: Path) -> bool | None:
    """Whether a pdf runs a script or starts a program; None if it cannot be told in time.

    Raises `OSError` if the file cannot be opened.
    """
    order = {"name": "", "picture_is_read": False, "has_time": False, "only_actions": True}
    output, status = _answer(path, order, seconds=SHORT.wall)
    return bool(json.loads(output)["does_something"]) if status == 0 else None


def read_pages(path: Path, *, name: str) -> list[ShownText]:
    """The text that a file shows, page by page, as far as it can be read in the worker's time.

    Raises `OSError` if the file cannot be opened.
    """
    order = {"name": name[-_MAX_NAME:], "picture_is_read": True, "has_time": True, "only_text": True}
    output, _ = _answer(path, order, seconds=LONG.wall)
    lines = map(json.loads, output.decode().split("\n")[:-1])
    return [ShownText(*line["text"]) for line in lines]


def _answer(path: Path, order: dict[str, Any], *, seconds: float) -> tuple[bytes, int]:
    """What the child process writes about the file, and its exit status: that of a killed one if its time ran out."""
    environment = {key: os.environ[key] for key in _KEPT if key in os.environ}
    environment |= {ORDER: json.dumps(order), "PYTHONPATH": str(_ROOT), "PYTHONHASHSEED": "0"}
    if path.exists() and not path.is_file():  # a pipe could be waited for, a device has no end
        raise IsADirectoryError(str(path))
    with path.open("rb") as source:
        try:
            child = subprocess.run(  # noqa: S603  our own module, nothing in it comes from outside
                _COMMAND,
                stdin=source,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=environment,
                timeout=seconds,
                check=False,
            )
        except subprocess.TimeoutExpired as late:
            return late.stdout or b"", -signal.SIGKILL
    return child.stdout, child.returncode


def summary(lines: Iterable[dict[str, Any]], *, died: str) -> Run:
    """Sums up the lines that the child process wrote; `died` is the fault if the last line is missing."""
    found: dict[str, list[Finding]] = {"findings": [], "advice": []}
    fault, peak, place = died, 0, ""
    notes: list[str] = []
    for line in lines:
        if "fault" in line:
            if line["error"]:
                log.warning("A reader of files failed: %s", line["error"])
            fault, peak = line["fault"], line["peak"]
        elif "place" in line:
            place, peak = line["place"], line["peak"]
        elif "note" in line:
            notes.append(line["note"])
        else:
            for sort, (kind, where, excerpt) in line.items():
                found[sort].append(Finding(Kind(kind), where, excerpt))
    if TOO_SLOW in fault and place:
        fault = f"{fault} Den är läst till och med {place}."
    if fault:
        fault = " ".join([fault, *notes])
    return Run(Screening(tuple(found["findings"]), tuple(found["advice"]), fault), peak)
