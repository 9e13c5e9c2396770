"""Reads comments, links and other annotations of a page."""

from collections.abc import Iterator

from pypdf.generic import DictionaryObject, StreamObject

from ..passages import Fault, Passage
from .attachments import attachment
from .document import Document
from .layout import in_order
from .pages import passages_of
from .properties import strings_of
from .streams import dict_of, list_of, value_of

NAMES = {"/Link": "länk", "/Widget": "formulärfält", "/FileAttachment": "bifogad fil"}


def comments(document: Document, page: DictionaryObject, number: int) -> Iterator[Passage | Fault]:
    """Yields the strings of the annotations of a page, and the text of their appearance."""
    for mark in list_of(page, "/Annots"):
        if not isinstance(mark, DictionaryObject):
            continue
        where = f"{NAMES.get(str(value_of(mark, '/Subtype')), 'kommentar')} på sida {number}"
        yield from strings_of(document, where, mark, without=("/AP", "/DA", "/FS"))
        yield from strings_of(document, where, dict_of(mark, "/Popup"))
        yield from attachment(document, dict_of(mark, "/FS"))
        yield from _looks(document, mark, where)


def _looks(document: Document, mark: DictionaryObject, where: str) -> Iterator[Passage]:
    looks = dict_of(mark, "/AP")
    for key in looks:
        look = value_of(looks, key)
        # One appearance, or one for each state of a checkbox.
        states = [look] if isinstance(look, StreamObject) else [value_of(look, state) for state in look or ()]
        for state in states:
            if not isinstance(state, StreamObject):
                continue
            canvas = document.drawn_by(state, DictionaryObject())
            if in_order(canvas.runs) not in document.seen:
                yield from passages_of(document, canvas, where)
