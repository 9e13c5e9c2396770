"""The passages and faults that a reader of files yields, and the budget of what it may read.

A reader is a module of this package with one function:

    def read(source: BinaryIO, budget: Budget) -> Iterator[Passage | Fault]

`source` is seekable and belongs to the caller. The reader yields as it goes, so that what was read before
a fault is screened too. It raises `Unreadable` when it cannot go on and yields a `Fault` when it can. Any
other exception means a damaged file, and the process that it runs in has limits on time and memory.
`formats.py` says which reader is called for which content.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO, NamedTuple

from .limits import SHORT

MAX_CHARACTERS = 20_000_000
MAX_PASSAGES = 1_000_000
MAX_UNPACKED_BYTES = 400_000_000

TOO_LARGE = "Filen är för stor för att läsas i sin helhet."
TOO_SLOW = "Filen tog för lång tid att läsa."
TOO_MUCH_MEMORY = "Filen kräver för mycket minne för att läsas."
DAMAGED = "Filen är skadad och kunde inte läsas i sin helhet."
LOCKED = "Filen är skyddad med lösenord och kan inte läsas. Spara den utan lösenord."


class Passage(NamedTuple):
    """A text and its place in the file, in Swedish: "stycke 12", "blad Lön, cell B7", "sida 2".

    `context` is text that belongs to it but stands elsewhere, such as the heading of its column.
    `first_line` is the number of the first line, for a part of a long text whose lines are counted.
    `fuller_than` is a text that was handed over already and that this one contains, together with hidden or
    deleted text. What is found in that text is not reported again for this one.
    """

    where: str
    text: str
    context: str = ""
    first_line: int | None = None
    fuller_than: str = ""

    def inside(self, place: str) -> "Passage":
        """The passage of a file that lies inside another, with the place of that file before its own."""
        return self._replace(where=f"{place}: {self.where}" if self.where else place)


@dataclass(frozen=True)
class Fault:
    """A part that could not be read, as a Swedish sentence that says what to do if anything can be done."""

    sentence: str


@dataclass(frozen=True)
class Note(Fault):
    """A sentence that is shown only together with a fault, to the person who then reads the file instead."""


class Unreadable(Exception):
    """Nothing more can be read. The message is a Swedish sentence for the editor."""


Reader = Callable[[BinaryIO, "Budget"], Iterator[Passage | Fault]]


class Budget:
    """How much may still be read of one file. Every method raises `Unreadable` when it is used up."""

    def __init__(self, *, depth: int = 1, picture_is_read: bool = False, seconds: float = SHORT.reading) -> None:
        self.depth = depth  # how many files inside each other may still be opened
        self.picture_is_read = picture_is_read  # a person has approved what pictures and scanned pages show
        self._characters = MAX_CHARACTERS
        self._passages = MAX_PASSAGES
        self._bytes = MAX_UNPACKED_BYTES
        # Processor time, so that a busy machine reads as far as an idle one; the parent process limits clock time.
        self._deadline = time.process_time() + seconds

    def take(self, text: str) -> str:
        """Count a text and give it back."""
        self._characters -= len(text)
        self._passages -= 1
        if self._characters < 0 or self._passages < 0:
            raise Unreadable(TOO_LARGE)
        self.check_time()
        return text

    def take_bytes(self, data: bytes) -> bytes:
        """Count unpacked bytes and give them back."""
        self._bytes -= len(data)
        if self._bytes < 0:
            raise Unreadable(TOO_LARGE)
        self.check_time()
        return data

    def check_time(self) -> None:
        if time.process_time() > self._deadline:
            raise Unreadable(TOO_SLOW)


def quoted(name: str) -> str:
    """Shortens a name from the file (of a sheet, a column) for use in a place; six digits or more are masked.

    Places are shown and stored, so they must not reveal a number that stands in a name.
    """
    name = " ".join(name.split())
    name = name if len(name) <= 40 else name[:39] + "…"
    if sum(character.isdigit() for character in name) >= 6:
        name = "".join("•" if character.isdigit() else character for character in name)
    return name
