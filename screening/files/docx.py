"""Word documents. Plain Python: no Django.

A part is known by its outermost element, not by its name, which differs between programs.
"""

from collections.abc import Iterator
from typing import BinaryIO

from .markup import Attributes, attribute, root_of, walk
from .opc import kept, read_other
from .package import BROKEN, Package, Part
from .paragraphs import Paragraphs
from .pieces import DAMAGED, Budget, Fault, Piece

# The outermost element, and what the part is called in a place.
_PARTS = {
    "document": "",
    "hdr": "sidhuvudet",
    "ftr": "sidfoten",
    "footnotes": "",
    "endnotes": "",
    "comments": "",
    "glossaryDocument": "byggblock",
    "settings": "inställningarna",
    "drawing": "en teckning",
    "dataModel": "en figur",
    "chartSpace": "ett diagram",
}
_NOTES = {"footnote": "fotnot", "endnote": "slutnot", "comment": "kommentar"}
_COUNTED = frozenset({"document", "glossaryDocument"})


class WordText(Paragraphs):
    """Footnotes, endnotes and comments are counted as the reader of the document counts them."""

    _note = 0

    def start(self, name: str, attributes: Attributes) -> None:
        # The lines above the notes are notes as well, and have a type.
        if name in _NOTES and not self._open and not attribute(attributes, "type"):
            self._note += 1
            self.scope = f"{_NOTES[name]} {self._note}"
        super().start(name, attributes)


def read(source: BinaryIO, budget: Budget) -> Iterator[Piece | Fault]:
    """Every part: the body first, since it is what an editor looks at first."""
    package = Package(source, budget)
    yield from package.beside()
    roots = []
    for part in package.parts:
        try:
            roots.append((part, root_of(part.head())))
        except BROKEN:
            yield Fault(DAMAGED)
    for part, root in sorted(roots, key=lambda known: known[1] != "document"):
        yield from kept(part, _read_part(part, root, budget))


def _read_part(part: Part, root: str, budget: Budget) -> Iterator[Piece | Fault]:
    if root in _PARTS:
        yield from walk(part.chunks(), WordText(budget, _PARTS[root], is_counted=root in _COUNTED))
    else:
        yield from read_other(part, root, budget)
