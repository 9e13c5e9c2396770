"""PowerPoint presentations: slides, hidden ones too, with notes, comments and what else hangs on them.

Plain Python: no Django.
"""

from collections.abc import Iterator
from typing import BinaryIO

from .markup import Attributes, Walker, attribute, root_of, walk
from .opc import kept, read_other, relations
from .package import BROKEN, Package, Part
from .paragraphs import OFF, Paragraphs
from .pieces import DAMAGED, Budget, Fault, Piece

# The outermost element, and what a part is called that hangs on a slide, and one that does not.
_PARTS = {
    "sld": ("", "en lös bild"),
    "notes": ("anteckningar till", "anteckningar"),
    "cmLst": ("kommentar till", "en kommentar"),
    "chartSpace": ("ett diagram på", "ett diagram"),
    "dataModel": ("en figur på", "en figur"),
    "drawing": ("en figur på", "en figur"),
    "tagLst": ("märkning av", "märkning"),
    "sldMaster": ("", "bildmallen"),
    "sldLayout": ("", "en bildlayout"),
    "notesMaster": ("", "mallen för anteckningar"),
    "handoutMaster": ("", "mallen för åhörarkopior"),
    "presentation": ("", "presentationens inställningar"),
}


class _Order(Walker):
    """The slides in the order in which they are shown."""

    def __init__(self, budget: Budget) -> None:
        super().__init__(budget)
        self.ids: list[str] = []

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "sldId":
            self.ids.append(next((value for key, value in attributes.items() if key.endswith(":id")), ""))


class SlideText(Paragraphs):
    def start(self, name: str, attributes: Attributes) -> None:
        if name == "sld" and attribute(attributes, "show") in OFF and "show" in attributes:
            self.scope += " (dold)"
        super().start(name, attributes)


def read(source: BinaryIO, budget: Budget) -> Iterator[Piece | Fault]:
    """Every part, slides with their numbers."""
    package = Package(source, budget)
    yield from package.beside()
    roots = []
    for part in package.parts:
        try:
            roots.append((part, root_of(part.head())))
        except BROKEN:
            yield Fault(DAMAGED)
    slides = _slides(package, roots, budget)
    for part, root in roots:
        yield from kept(part, _read_part(part, root, slides, budget))


def _slides(package: Package, roots: list[tuple[Part, str]], budget: Budget) -> dict[str, str]:
    """For each part on a slide, which slide: "bild 3"."""
    slides: dict[str, str] = {}
    try:
        for part in (part for part, root in roots if root == "presentation"):
            order = _Order(budget)
            for _ in walk(part.chunks(), order):
                pass
            targets = {relation.id: relation.target for relation in relations(package, part.folded, budget)}
            for number, key in enumerate(order.ids, 1):
                slides.setdefault(targets.get(key, ""), f"bild {number}")
        for slide, place in list(slides.items()):
            for relation in relations(package, slide, budget):
                if relation.type not in {"slideLayout", "slide"} and not relation.is_external:
                    slides.setdefault(relation.target, place)
    except BROKEN:
        pass  # told when the part itself is read
    return slides


def _read_part(part: Part, root: str, slides: dict[str, str], budget: Budget) -> Iterator[Piece | Fault]:
    if root not in _PARTS:
        yield from read_other(part, root, budget)
        return
    on_slide, alone = _PARTS[root]
    slide = slides.get(part.folded)
    yield from walk(part.chunks(), SlideText(budget, f"{on_slide} {slide}".strip() if slide else alone))
