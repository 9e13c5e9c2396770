"""Finds the slides and sheets of an office document, and which parts belong to each."""

import posixpath
from dataclasses import dataclass

from .all_text import HIDDEN, AllText
from .grid import HIDDEN_SHEET
from .markup import Attributes, Walker, attribute, walk
from .package import BROKEN, Package, Part
from .page_pictures import size_of
from .passages import Budget, quoted

# What several slides share belongs to none of them.
_SHARED = frozenset({"slide", "slideLayout", "slideMaster", "notesMaster", "theme"})


@dataclass(frozen=True)
class Relation:
    """A reference from one part to another, or to an address outside the file."""

    id: str
    type: str  # the last part of its address: "slide", "comments"
    target: str  # the folded name of the other part, or the address
    is_external: bool


class Relations(Walker):
    """Reads the references of a part in `folder`, and hands over the addresses that lead out of the file."""

    def __init__(self, budget: Budget, folder: str) -> None:
        super().__init__(budget)
        self._folder = folder
        self.found: list[Relation] = []

    def start(self, name: str, attributes: Attributes) -> None:
        if name != "Relationship":
            return
        target, is_external = attributes.get("Target", ""), attributes.get("TargetMode") == "External"
        if is_external:
            self.add("en länk i filen", target)
        else:
            target = posixpath.normpath(posixpath.join("/", self._folder, target)).lstrip("/").lower()
        kind = attributes.get("Type", "").rpartition("/")[2]
        self.found.append(Relation(attributes.get("Id", ""), kind, target, is_external))


class Contents(AllText):
    """Reads the part that lists the slides of a presentation or the sheets of a workbook, each with its place."""

    def __init__(self, budget: Budget) -> None:
        super().__init__(budget, HIDDEN)
        self.places: dict[str, str] = {}  # by the id of the relation
        self.hidden: list[str] = []  # the names of hidden sheets
        self.slide_area = 0.0
        self._slides = 0

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "sldSz":
            self.slide_area = size_of(attributes)
        if name not in {"sheet", "sldId"}:
            super().start(name, attributes)
            return
        key = next((value for key, value in attributes.items() if key.endswith(":id")), "")
        if name == "sldId":
            self._slides += 1
            self.places.setdefault(key, f"bild {self._slides}")
            return
        called = attribute(attributes, "name")
        self.add("ett blads namn", called)
        is_hidden = attribute(attributes, "state") in {"hidden", "veryHidden"}
        self.places[key] = f"blad {quoted(called)}{HIDDEN_SHEET if is_hidden else ''}"
        if is_hidden:
            self.hidden.append(quoted(called))


def places_of_parts(package: Package, main: Part, contents: Contents, budget: Budget) -> dict[str, str]:
    """The places ("bild 3", "blad Lön") of the slides and sheets that `main` lists, and of their parts, by name."""
    places: dict[str, str] = {}
    try:
        for relation in _relations(package, main.folded, budget):
            if relation.id in contents.places:
                places.setdefault(relation.target, contents.places[relation.id])
        for _ in range(2):  # parts of the slide or sheet, and parts of those: a drawing's charts
            for target, place in list(places.items()):
                for relation in _relations(package, target, budget):
                    if relation.type not in _SHARED and not relation.is_external:
                        places.setdefault(relation.target, place)
    except BROKEN:
        pass  # reported when the part itself is read
    return places


def _relations(package: Package, part_name: str, budget: Budget) -> list[Relation]:
    folder, _, name = part_name.rpartition("/")
    found = []
    for part in package.named(f"{folder}/_rels/{name}.rels".lstrip("/")):
        walker = Relations(budget, folder)
        for _ in walk(part.chunks(), walker):
            pass
        found += walker.found
    return found
