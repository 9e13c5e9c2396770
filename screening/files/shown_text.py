"""The text that a file shows, page by page: what its reader sees, without what is hidden or about the file."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from .passages import Fault, Passage

MAX_CHARACTERS = 2_000_000  # of a file
MAX_PAGES = 2_000
PART = 3_000  # characters, of a file without pages: it is handed over in parts

# A page of a pdf and a slide have numbers; the rest is read in order.
_PAGE = re.compile(r"(?:sida|bild) (\d{1,6})")
_BODY = re.compile(r"(?:stycke \d+|tabell \d+[^:]*|blad [^:]+|rad \d+[^:]*|)")
_NOT_SHOWN = re.compile(r"dol[dt]|borttagen|fältkod|kommentar|alternativtext|författare|infogad")
# What may be read in this way; pictures have no text of their own.
SUFFIXES = frozenset({".pdf", ".docx", ".pptx", ".xlsx", ".odt", ".odp", ".ods", ".csv", ".txt"})


class ShownText(NamedTuple):
    """A page of a file, or a part of one without pages (`page` is 0)."""

    page: int
    text: str


def shown_texts(passages: Iterable[Passage | Fault]) -> list[ShownText]:
    """The texts that the passages show, those of one page together."""
    texts: list[ShownText] = []
    length = 0
    for passage in passages:
        page = page_of(passage) if isinstance(passage, Passage) else None
        if page is None or isinstance(passage, Fault):
            continue
        text = " ".join(passage.text.split())
        length += len(text)
        if length > MAX_CHARACTERS:
            break
        if texts and texts[-1].page == page and (page or len(texts[-1].text) + len(text) < PART):
            texts[-1] = ShownText(page, f"{texts[-1].text} {text}")
        elif len(texts) < MAX_PAGES:
            texts += _parts(page, text)
    return [text for text in texts if text.text]


def page_of(passage: Passage) -> int | None:
    """The number of the page that a passage stands on, 0 where there are no pages; None if it is not shown."""
    if passage.fuller_than or _NOT_SHOWN.search(passage.where):
        return None
    if page := _PAGE.fullmatch(passage.where):
        return int(page[1])
    return 0 if _BODY.fullmatch(passage.where) else None


def _parts(page: int, text: str) -> list[ShownText]:
    if page:
        return [ShownText(page, text)]
    return [ShownText(0, text[start : start + PART]) for start in range(0, len(text), PART)]
