"""Screening of files, in a process of its own with limits on time and memory."""

from pathlib import Path

from ..findings import Screening
from .passages import TOO_SLOW
from .process import run

__all__ = ["is_out_of_time", "screen_file"]


def screen_file(
    path: Path | str, *, name: str | None = None, picture_is_read: bool = False, has_time: bool = False
) -> Screening:
    """Screen a file: its name, its text wherever it hides, and what it says of itself.

    `name` is what the file is called where that is not the end of `path`. `picture_is_read` is the word of a
    person that what pictures and scanned pages show is in order; without it they are unscreened.

    Ends within ten seconds, or two minutes if it `has_time`, and never fails for what the file holds: what
    cannot be read is a `fault`. Raises `OSError` if the file is not there to open.
    """
    path = Path(path)
    return run(
        path, name=path.name if name is None else name, picture_is_read=picture_is_read, has_time=has_time
    ).screening


def is_out_of_time(screening: Screening) -> bool:
    """Whether the file was not read to its end for lack of time: with more of it, perhaps it can be."""
    return TOO_SLOW in screening.fault
