"""The passages and faults that a reader of files yields, and the budget of what it may read.

A reader is a module of this package with one function:

    def read(source: BinaryIO, budget: Budget) -> Iterator[Passage | Fault]

`source` is seekable and belongs to the caller. The reader yields as it goes, so that what was read before
a fault is screened too. It raises `Unreadable` when it cannot go on and yields a `Fault` when it can. What
else it raises is taken as a damaged file, and the process that it runs in has limits on time and memory.
Its line in `formats.py` says for which content it is called.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO, NamedTuple

MAX_CHARACTERS = 20_000_000
MAX_PASSAGES = 1_000_000
MAX_UNPACKED_BYTES = 400_000_000
SECONDS = 5.0

TOO_LARGE = "Filen är för stor för att läsas i sin helhet."
TOO_SLOW = "Filen tog för lång tid att läsa."
TOO_MUCH_MEMORY = "Filen kräver för mycket minne för att läsas."
DAMAGED = "Filen är skadad och kunde inte läsas i sin helhet."
LOCKED = "Filen är skyddad med lösenord och kan inte läsas. Spara den utan lösenord."


class Passage(NamedTuple):
    """A text and its place in the file, in Swedish: "stycke 12", "blad Lön, cell B7", "sida 2".

    `context` is words that belong to the text without standing in it, such as the heading of its column.
    `first_line` is set for a part of a long text whose lines are counted: the number of its first line.
    `fuller_than` is a text that was handed over already and that this one contains, together with what is
    hidden or deleted. What is found in that text is not reported again for this one.
    """

    where: str
    text: str
    context: str = ""
    first_line: int | None = None
    fuller_than: str = ""


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

    def __init__(self, *, depth: int = 1, picture_is_read: bool = False, seconds: float = SECONDS) -> None:
        self.depth = depth  # how many files inside each other may still be opened
        self.picture_is_read = picture_is_read  # a person vouches for what pictures and scanned pages show
        self._characters = MAX_CHARACTERS
        self._passages = MAX_PASSAGES
        self._bytes = MAX_UNPACKED_BYTES
        # Of the processor, so that a busy machine reads as far as a quiet one; the clock is kept from outside.
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
        """Count what came out of something packed and give it back."""
        self._bytes -= len(data)
        if self._bytes < 0:
            raise Unreadable(TOO_LARGE)
        self.check_time()
        return data

    def check_time(self) -> None:
        if time.process_time() > self._deadline:
            raise Unreadable(TOO_SLOW)


def quoted(name: str) -> str:
    """A name out of the file (of a sheet, a column) as a part of a place: short, and with no digits to read.

    A place is shown and kept, so a number that stands in a name must not come out that way.
    """
    name = " ".join(name.split())
    name = name if len(name) <= 40 else name[:39] + "…"
    if sum(character.isdigit() for character in name) >= 6:
        name = "".join("•" if character.isdigit() else character for character in name)
    return name
