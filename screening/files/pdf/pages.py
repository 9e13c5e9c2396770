"""Reads the text of pages and their comments, and finds the pages whose text cannot be read."""

import re
import unicodedata
from collections.abc import Iterator

from pypdf.generic import DictionaryObject, StreamObject

from ..images import metadata
from ..passages import Fault, Passage, Unreadable
from .attachments import attachment
from .content import Canvas
from .document import Document
from .fonts import UNKNOWN
from .layout import by_place, in_order
from .objects import bytes_of, dict_of, list_of, text_of, value_of
from .properties import strings_of

# A page is a picture when pictures cover half of it and hardly any text is drawn with ink. A slide or a cover
# with a large photograph may be taken for one: then a person looks, which costs less than a scan let through.
COVERED = 0.5
FEW_LETTERS = 100
# Text turned into outlines is curves and nothing else.
HARDLY_ANY_LETTERS = 20
MANY_CURVES = 200
_UNREADABLE = re.compile(f"(?:{UNKNOWN}\\s*+){{6}}")
_WHITE = re.compile(r"\s+")
_LETTER = re.compile(r"\S")
_PAPER = 595.0 * 842.0
_ANNOTATIONS = {"/Link": "länk", "/Widget": "formulärfält", "/FileAttachment": "bifogad fil"}

PICTURE = "är en bild och har ingen text som kan läsas av programmet. Läs den själv."
SCAN = "är inskannad. Texten är maskinläst och kan ha fel, så läs sidan själv."
OUTLINES = "är tecknad och har ingen text som kan läsas av programmet. Läs den själv."
NO_LETTERS = "har text i ett typsnitt som inte säger vilka bokstäver det är. Läs sidan själv."
DAMAGED = "är skadad och kunde inte läsas i sin helhet."
# The same of several pages.
_SEVERAL = {
    PICTURE: "är bilder och har ingen text som kan läsas av programmet. Läs dem själv.",
    SCAN: "är inskannade. Texten är maskinläst och kan ha fel, så läs sidorna själv.",
    OUTLINES: "är tecknade och har ingen text som kan läsas av programmet. Läs dem själv.",
    NO_LETTERS: "har text i ett typsnitt som inte säger vilka bokstäver det är. Läs sidorna själv.",
    DAMAGED: "är skadade och kunde inte läsas i sin helhet.",
}


class Pages:
    """Reads pages one by one, and gathers their faults to be reported in one sentence for each kind."""

    def __init__(self, document: Document, version: str = "") -> None:
        self._document = document
        self._version = f" {version}" if version else ""
        self._wrong: dict[str, list[int]] = {}

    def read(self, page: DictionaryObject, number: int) -> Iterator[Passage]:
        """The text of one page."""
        canvas = Canvas()
        try:
            self._document.draw(page, canvas)
        except (Unreadable, MemoryError):
            raise
        except Exception:  # whatever a broken page makes the library raise; what was drawn before counts
            canvas.is_damaged = True
        yield from passages_of(self._document, canvas, f"sida {number}{self._version}")
        fault = _fault_of(canvas, page)
        if fault:
            self._wrong.setdefault(fault, []).append(number)
        for hidden in self._document.undrawn(dict_of(page, "/Resources")):
            yield from passages_of(self._document, hidden, f"dold text på sida {number}{self._version}")

    def miss(self, number: int) -> None:
        """Note a page that is not there."""
        self._wrong.setdefault(DAMAGED, []).append(number)

    def faults(self) -> Iterator[Fault]:
        """What could not be read on the pages so far."""
        may_be_read = (DAMAGED,) if self._document.budget.picture_is_read else tuple(self._wrong)
        for what, numbers in self._wrong.items():
            if what in may_be_read:
                yield Fault(f"{_pages(numbers)}{self._version} {what if len(numbers) == 1 else _SEVERAL[what]}")


def passages_of(document: Document, canvas: Canvas, where: str) -> Iterator[Passage]:
    """Yields a canvas's text, its numbers put together by position, and its pictures' metadata and alternatives."""
    text = in_order(canvas.runs)
    if text.strip():
        yield Passage(where, document.budget.take(text))
    if canvas.soft:
        hard = in_order(run for count, run in enumerate(canvas.runs) if count not in canvas.soft)
        yield Passage(where, document.budget.take(hard), fuller_than=text)
    squeezed = ""
    for line in by_place(canvas.runs):
        squeezed = squeezed or _WHITE.sub("", text)
        if _WHITE.sub("", line) not in squeezed:
            yield Passage(where, document.budget.take(line), fuller_than=text)
    for picture in canvas.pictures:
        for passage in metadata(picture, document.budget):
            # Only the beginning was kept, so a picture that is cut short is no fault.
            if isinstance(passage, Passage):
                yield passage.inside(f"bild på {where}")
    for token in canvas.alternatives:
        alternative = text_of(bytes_of(token))
        document.seen.add(alternative)
        # It often says just what the page shows.
        if alternative.strip() and alternative not in text:
            yield Passage(f"alternativtext på {where}", document.budget.take(alternative))


def _fault_of(canvas: Canvas, page: DictionaryObject) -> str:
    if canvas.is_damaged:
        return DAMAGED
    text = "".join(run.text for run in canvas.runs)
    unknown = text.count(UNKNOWN)
    letters = sum(len(_LETTER.findall(run.text)) for run in canvas.runs if not run.is_hidden) - unknown
    hidden = sum(len(_LETTER.findall(run.text)) for run in canvas.runs if run.is_hidden)
    if unknown and (_UNREADABLE.search(text) or unknown > (letters + unknown) / 5) or _is_gibberish(text):
        return NO_LETTERS
    if canvas.covered >= COVERED * _size(page) and letters < FEW_LETTERS:
        return SCAN if hidden >= HARDLY_ANY_LETTERS else PICTURE
    if canvas.covered and not letters and not hidden:
        return PICTURE
    if letters + hidden < HARDLY_ANY_LETTERS and canvas.curves > MANY_CURVES:
        return OUTLINES
    return ""


def _is_gibberish(text: str) -> bool:
    """Whether there are more symbols than letters and digits, as when the font's character map is wrong."""
    sorts = [unicodedata.category(sign)[0] for sign in text]
    return sorts.count("S") > max(HARDLY_ANY_LETTERS, sorts.count("L") + sorts.count("N"))


def _size(page: DictionaryObject) -> float:
    for key in ("/CropBox", "/MediaBox"):
        box = list_of(page, key)
        if len(box) == 4 and all(isinstance(side, (int, float)) for side in box):
            size = abs(float(box[2]) - float(box[0])) * abs(float(box[3]) - float(box[1]))
            if size:
                return size
    return _PAPER


def _pages(numbers: list[int]) -> str:
    """ "Sida 3", "Sidorna 3, 5 och 8", or of more than six "Sidorna 1, 2, 3, 4, 5, 6 och 14 till"."""
    if len(numbers) == 1:
        return f"Sida {numbers[0]}"
    shown = [str(number) for number in numbers]
    first, last = (shown[:-1], shown[-1]) if len(shown) <= 6 else (shown[:6], f"{len(shown) - 6} till")
    return f"Sidorna {', '.join(first)} och {last}"


def comments(document: Document, page: DictionaryObject, number: int) -> Iterator[Passage | Fault]:
    """Yields the strings of the annotations of a page, and the text of their appearance."""
    for mark in list_of(page, "/Annots"):
        if not isinstance(mark, DictionaryObject):
            continue
        where = f"{_ANNOTATIONS.get(str(value_of(mark, '/Subtype')), 'kommentar')} på sida {number}"
        yield from strings_of(document, where, mark, without=("/AP", "/DA", "/FS"))
        yield from strings_of(document, where, dict_of(mark, "/Popup"))
        yield from attachment(document, dict_of(mark, "/FS"))
        yield from _appearance(document, mark, where)


def _appearance(document: Document, mark: DictionaryObject, where: str) -> Iterator[Passage]:
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
