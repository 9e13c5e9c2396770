"""Reads a list of addresses as people write it, or copy it from a mail program or a spreadsheet."""

import re
from collections.abc import Iterator

from .addresses import bare_address

COMMENT = re.compile(r"\([^()]*\)")


def fragments(text: str) -> Iterator[str]:
    """The parts of a list, in its order: each is an address without its name, or what stands where one should be.

    Between the parts stand lines, semicolons, tabs, commas or, where no names are written, spaces. A comma before `<`
    is part of the name: `Berg, Anna <anna@nacka.se>` is one.
    """
    for entry in _split(text, ";\n\r\t"):
        name: list[str] = []
        for part in filter(None, map(str.strip, _split(entry, ","))):
            if "<" in part:
                # What stood before it, up to the comma, was the beginning of the name.
                name = []
                yield from _named(part)
            elif "@" in part:
                yield from name
                name = []
                yield from _bare(part)
            else:
                name.append(part)
        yield from name


def _named(part: str) -> Iterator[str]:
    """The addresses in angle brackets, and those that stand bare after them."""
    closed = re.findall(r"<([^<>]*)>", part)
    if not closed:
        yield part
        return
    yield from map(bare_address, closed)
    rest = part.rpartition(">")[2]
    if "@" in rest:
        yield from _bare(rest)


def _bare(part: str) -> Iterator[str]:
    """The addresses that stand without brackets, and the words between them."""
    words: list[str] = []
    for word in COMMENT.sub(" ", part).split():
        if "@" not in word:
            words.append(word)
            continue
        if words:
            yield " ".join(words)
            words = []
        yield bare_address(word)
    if words:
        yield " ".join(words)


def _split(text: str, separators: str) -> Iterator[str]:
    """The text between the separators, which are text within quotation marks and angle brackets; a line ends both."""
    part, quoted, bracketed = "", False, False
    for character in text:
        if character in "\n\r":
            quoted = bracketed = False
        elif character == '"' and not part.endswith("\\"):
            quoted = not quoted
        elif character in "<>" and not quoted:
            bracketed = character == "<"
        if character in separators and not (quoted or bracketed):
            yield part
            part = ""
        else:
            part += character
    yield part
