"""The mailbox in maildir format that incoming messages are read from. What is read is marked so, and moved to `cur`."""

from collections.abc import Iterator
from pathlib import Path

SEEN = "S"
INFO = ":2,"  # stands before the flags in a file's name


def unread(maildir: Path) -> Iterator[Path]:
    """The messages that nobody has read, the oldest first. Raises NotADirectoryError for what is no maildir."""
    folders = [maildir / "new", maildir / "cur"]
    if not all(folder.is_dir() for folder in folders):
        raise NotADirectoryError(f"{maildir} är ingen brevlåda i maildir-format: new och cur saknas.")
    # Other programs that look into the mailbox move what is new to `cur`, without having read it.
    files = [path for folder in folders for path in folder.iterdir() if not path.name.startswith(".")]
    yield from sorted((path for path in files if SEEN not in flags(path)), key=lambda path: path.name)


def mark_read(path: Path) -> Path:
    """Move a message to `cur` with the flag S; return where it is now."""
    name = path.name.partition(INFO)[0]
    return path.rename(path.parent.parent / "cur" / f"{name}{INFO}{''.join(sorted({*flags(path), SEEN}))}")


def flags(path: Path) -> str:
    return path.name.partition(INFO)[2]
