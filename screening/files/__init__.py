"""Screening of files, in a process of its own with limits on time and memory."""

from pathlib import Path

from ..findings import Screening
from .passages import TOO_SLOW
from .process import does_something, read_pages, run

__all__ = ["does_something", "is_out_of_time", "read_pages", "screen_file"]


def screen_file(
    path: Path | str, *, name: str | None = None, picture_is_read: bool = False, has_time: bool = False
) -> Screening:
    """Screen a file: its name, its text (also what is hidden) and its metadata.

    `name` is the file's name, if `path` has another. `picture_is_read` says that a person has approved what
    pictures and scanned pages show; otherwise they are unscreened.

    Takes at most eight seconds of the processor, or a minute if it `has_time`, and never fails because of the
    content: what cannot be read is a `fault`. Raises `OSError` if the file cannot be opened.
    """
    path = Path(path)
    return run(
        path, name=path.name if name is None else name, picture_is_read=picture_is_read, has_time=has_time
    ).screening


def is_out_of_time(screening: Screening) -> bool:
    """Whether time ran out before the file was read to its end; a run that `has_time` may manage."""
    return TOO_SLOW in screening.fault
