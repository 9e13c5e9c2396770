"""Reads the text of pages and their comments, and finds the pages whose text cannot be read."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from itertools import product
from typing import Any

from pypdf.generic import DictionaryObject, StreamObject

from ..images import metadata
from ..passages import Fault, Passage, Unreadable
from .attachments import attachment
from .content import Canvas
from .document import Document
from .fonts import UNKNOWN
from .layout import Part, broken, by_place, in_order, read_on
from .objects import bytes_of, dict_of, list_of, text_of, value_of
from .properties import strings_of

# A page is a picture when pictures cover half of it and hardly any text is drawn with ink, or when they cover all of
# it and there is less text than a page has: a scan may have lines of a stamp. A cover with a large photograph may be
# taken for one: then a person looks, which costs less than a scan let through. A picture behind several pages is
# their background.
COVERED, WHOLE = 0.5, 0.9
FEW_LETTERS, PAGE_OF_LETTERS = 100, 600
# Text turned into outlines is curves and nothing else.
HARDLY_ANY_LETTERS = 20
MANY_CURVES = 200
_UNREADABLE = re.compile(f"(?:{UNKNOWN}\\s*+){{6}}")
_WHITE = re.compile(r"\s+")
_LETTER = re.compile(r"\S")
_PAPER = 595.0 * 842.0
_ANNOTATIONS = {"/Link": "länk", "/Widget": "formulärfält", "/FileAttachment": "bifogad fil"}

PICTURE = "är en bild, och vad den visar kan programmet inte läsa. Läs den själv."
SCAN = "är inskannad. Texten är maskinläst och kan ha fel, så läs sidan själv."
OUTLINES = "är tecknad och har ingen text som kan läsas av programmet. Läs den själv."
NO_LETTERS = "har text i ett typsnitt som inte säger vilka bokstäver det är. Läs sidan själv."
DAMAGED = "är skadad och kunde inte läsas i sin helhet."
# The same of several pages.
_SEVERAL = {
    PICTURE: "är bilder, och vad de visar kan programmet inte läsa. Läs dem själv.",
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
        self._doubtful: list[tuple[int, str, dict[int, float]]] = []  # pages with pictures and some text
        self._pictures: Counter[int] = Counter()  # on how many pages each is
        self._ends: list[Part] = []  # the lines of the page before in which a number may be broken

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
        yield from self._broken(canvas, number)
        size = _size(page)
        self._note(_fault_of(canvas, size), number)
        self._pictures.update(canvas.pictures.keys())
        if doubt := _fault_of_pictures(canvas, size, PAGE_OF_LETTERS):
            self._doubtful.append((number, doubt, canvas.pictures))
        for hidden in self._document.undrawn(dict_of(page, "/Resources")):
            yield from passages_of(self._document, hidden, f"dold text på sida {number}{self._version}")
            self._note(_fault_of_text(hidden), number)

    def _broken(self, canvas: Canvas, number: int) -> Iterator[Passage]:
        """The numbers that are broken at the end of a line of a column, and those that go on from the page before."""
        whole, ends, tops = broken(canvas.runs)
        take = self._document.budget.take
        text = _WHITE.sub("", in_order(canvas.runs)) if whole else ""
        for lines in whole:
            if _WHITE.sub("", lines) not in text:
                yield Passage(f"sida {number}{self._version}", take(lines), fuller_than=lines.partition("\n")[0])
        for end, top in product(self._ends, tops):
            yield Passage(f"sida {number - 1}–{number}{self._version}", take(read_on(end, top)), fuller_than=top.text)
        self._ends = ends

    def _note(self, what: str, number: int) -> None:
        if what and number not in (numbers := self._wrong.setdefault(what, [])):
            numbers.append(number)

    def miss(self, number: int) -> None:
        """Note a page that is not there."""
        self._note(DAMAGED, number)

    def comments(self, page: DictionaryObject, number: int) -> Iterator[Passage | Fault]:
        """Yields the strings of the annotations of a page, and the text of their appearance."""
        document = self._document
        for mark in list_of(page, "/Annots"):
            if not isinstance(mark, DictionaryObject):
                continue
            where = f"{_ANNOTATIONS.get(str(value_of(mark, '/Subtype')), 'kommentar')} på sida {number}"
            yield from strings_of(document, where, mark, without=("/AP", "/DA", "/FS"))
            yield from strings_of(document, where, dict_of(mark, "/Popup"))
            yield from attachment(document, dict_of(mark, "/FS"))
            for look in _looks(mark):
                canvas = document.drawn_by(look, DictionaryObject())
                if in_order(canvas.runs) not in document.seen:
                    yield from passages_of(document, canvas, where)
                canvas.pictures = dict.fromkeys(canvas.pictures, _area(list_of(mark, "/Rect")))
                self._note(_fault_of_text(canvas) or _fault_of_pictures(canvas, _size(page)), number)

    def faults(self) -> Iterator[Fault]:
        """What could not be read on the pages so far."""
        for number, what, pictures in self._doubtful:
            own = sum(size for picture, size in pictures.items() if not picture or self._pictures[picture] == 1)
            if own > sum(pictures.values()) / 2:
                self._note(what, number)
        self._doubtful = []
        may_be_read = (DAMAGED,) if self._document.budget.picture_is_read else tuple(self._wrong)
        for what, unordered in self._wrong.items():
            numbers = sorted(unordered)
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
    for picture in canvas.photographs:
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


def _fault_of(canvas: Canvas, size: float) -> str:
    fault = _fault_of_text(canvas) or _fault_of_pictures(canvas, size)
    letters, hidden = _letters(canvas)
    if not fault and canvas.pictures and not letters and not hidden:
        return PICTURE
    if not fault and letters + hidden < HARDLY_ANY_LETTERS and canvas.curves > MANY_CURVES:
        return OUTLINES
    return fault


def _fault_of_text(canvas: Canvas) -> str:
    """Why what is written cannot be read, on a page or in the look of a field or a comment."""
    if canvas.is_damaged:
        return DAMAGED
    text = "".join(run.text for run in canvas.runs)
    unknown = text.count(UNKNOWN)
    is_unreadable = unknown and (_UNREADABLE.search(text) or unknown > (_letters(canvas)[0] + unknown) / 5)
    return NO_LETTERS if is_unreadable or _is_gibberish(text) else ""


def _fault_of_pictures(canvas: Canvas, size: float, most: int = FEW_LETTERS) -> str:
    """Whether it is a picture: pictures cover half, and the more they cover, the more letters must stand beside."""
    share = min(sum(canvas.pictures.values()) / size, WHOLE)
    if share < COVERED:
        return ""
    letters, hidden = _letters(canvas)
    if letters >= FEW_LETTERS + (share - COVERED) / (WHOLE - COVERED) * (most - FEW_LETTERS):
        return ""
    return SCAN if hidden >= HARDLY_ANY_LETTERS else PICTURE


def _letters(canvas: Canvas) -> tuple[int, int]:
    """How many letters are drawn with ink, those that cannot be told left out, and how many without."""
    text = "".join([run.text for run in canvas.runs if not run.is_hidden])
    hidden = "".join([run.text for run in canvas.runs if run.is_hidden])
    return len(_LETTER.findall(text)) - text.count(UNKNOWN), len(_LETTER.findall(hidden))


def _is_gibberish(text: str) -> bool:
    """Whether there are more symbols than letters and digits, as when the font's character map is wrong."""
    sorts = [unicodedata.category(sign)[0] for sign in text]
    return sorts.count("S") > max(HARDLY_ANY_LETTERS, sorts.count("L") + sorts.count("N"))


def _size(page: DictionaryObject) -> float:
    return next(filter(None, (_area(list_of(page, key)) for key in ("/CropBox", "/MediaBox"))), _PAPER)


def _area(box: list[Any]) -> float:
    """The area of a rectangle; 0 for what is none."""
    if len(box) != 4 or not all(isinstance(side, (int, float)) for side in box):
        return 0.0
    return abs(float(box[2]) - float(box[0])) * abs(float(box[3]) - float(box[1]))


def _pages(numbers: list[int]) -> str:
    """ "Sida 3", "Sidorna 3, 5 och 8", or of more than six "Sidorna 1, 2, 3, 4, 5, 6 och 14 till"."""
    if len(numbers) == 1:
        return f"Sida {numbers[0]}"
    shown = [str(number) for number in numbers]
    first, last = (shown[:-1], shown[-1]) if len(shown) <= 6 else (shown[:6], f"{len(shown) - 6} till")
    return f"Sidorna {', '.join(first)} och {last}"


def _looks(mark: DictionaryObject) -> Iterator[StreamObject]:
    """The appearances of an annotation: one, or one for each state of a checkbox."""
    looks = dict_of(mark, "/AP")
    for key in looks:
        look = value_of(looks, key)
        states = [look] if isinstance(look, StreamObject) else [value_of(look, state) for state in look or ()]
        yield from (state for state in states if isinstance(state, StreamObject))
