"""Finds the pages and slides of an office document that are pictures, as scans are, and that a person must read."""

import re
from collections import Counter
from collections.abc import Iterator

from .markup import Attributes, attribute
from .passages import Fault, Passage
from .shown_text import page_of

# As in a pdf (see `pdf/pages.py`): the more of a page a picture covers, the more letters must stand beside it.
COVERED, WHOLE = 0.5, 0.9
FEW_LETTERS, PAGE_OF_LETTERS = 100, 600
HARDLY_ANY_LETTERS = 20
TEXT_AREA = 16.0 * 24.7  # square centimetres within the margins of an A4 page
SLIDE = 28.0 * 15.75
ALL = 1e6  # of a picture that fills its page
_CENTIMETRES = {"cm": 1.0, "mm": 0.1, "in": 2.54, "pt": 2.54 / 72, "px": 2.54 / 96}
_EMU = 360_000  # a centimetre
_LENGTH = re.compile(r"(width|height)[:=]([0-9.]{1,12})(cm|mm|in|pt|px)")
_BEHIND = ("sidhuvud", "sidfot", "sidmall", "en mall")  # what stands on every page is no scan
DOCUMENT = "Dokumentet visar en sida som bild, och den kan programmet inte läsa. Läs den själv."
SLIDES = "visar knappt annat än en bild, som programmet inte kan läsa. Läs presentationen själv."


class PagePictures:
    """The largest picture of the document, or of each slide, and how many letters are shown there."""

    def __init__(self) -> None:
        self.slide_area = SLIDE
        self._largest: dict[int, float] = {}
        self._letters: Counter[int] = Counter()

    def add(self, place: str, size: float) -> None:
        if not place.startswith(_BEHIND):
            page = _slide(place)
            self._largest[page] = max(size, self._largest.get(page, 0.0))

    def count(self, passage: Passage) -> None:
        """Count the letters of a passage that is shown."""
        page = page_of(passage)
        if page is not None and self._letters[page] < PAGE_OF_LETTERS:
            self._letters[page] += len("".join(passage.text.split()))

    def faults(self) -> Iterator[Fault]:
        slides = []
        for page, size in sorted(self._largest.items()):
            share = min(size / (self.slide_area if page else TEXT_AREA), WHOLE)
            enough = FEW_LETTERS + (share - COVERED) / (WHOLE - COVERED) * (PAGE_OF_LETTERS - FEW_LETTERS)
            # A page of a document that a picture fills has no room for text; the letters are those of other pages.
            fills = share == WHOLE and not page
            if fills or self._letters[page] < (enough if share >= COVERED else HARDLY_ANY_LETTERS):
                slides += [page] if page else []
                yield from () if page else [Fault(DOCUMENT)]
        if slides:
            yield Fault(f"Bild {', '.join(map(str, slides[:6]))} {SLIDES}")


def size_of(attributes: Attributes) -> float:
    """The square centimetres that an element is said to have, in any of the ways of the formats; 0 if it says none."""
    if "cx" in attributes:
        width, height = attributes["cx"], attributes.get("cy", "")
        return int(width) * int(height) / _EMU**2 if width.isdecimal() and height.isdecimal() else 0.0
    said = f"width={attribute(attributes, 'width')} height={attribute(attributes, 'height')}"
    style = attribute(attributes, "style").replace(" ", "")
    lengths = {name: _length(number, unit) for name, number, unit in _LENGTH.findall(f"{said};{style}")}
    return lengths.get("width", 0.0) * lengths.get("height", 0.0)


def _length(number: str, unit: str) -> float:
    return float(number) * _CENTIMETRES[unit] if number.count(".") < 2 and number != "." else 0.0


def _slide(place: str) -> int:
    found = re.match(r"bild (\d{1,6})", place)
    return int(found[1]) if found else 0
