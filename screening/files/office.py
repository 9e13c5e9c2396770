"""Reads Word, PowerPoint, Excel and OpenDocument: every part of the package, also of unknown kinds.

A part is known by its outermost element, not by its name, which differs between programs.
"""

from collections.abc import Iterator
from typing import BinaryIO

from .all_text import HIDDEN, AllText
from .document_text import AUTHOR, DocumentText
from .elements import OFFICE_XML, OPEN_DOCUMENT
from .embedded import read_embedded
from .markup import DOCTYPE, Walker, root_of, walk
from .numbering import Labels, Numbering
from .package import BROKEN, Package, Part
from .page_pictures import PagePictures
from .passages import DAMAGED, LOCKED, Budget, Fault, Note, Passage, Unreadable
from .relations import Contents, Relations, places_of_parts
from .workbook import PivotValues, SharedTexts, SheetText, Styles

# The parts with running text, by their outermost element, and what they are called. One without a name is the
# document itself, or has numbered content.
_DOCUMENT_TEXTS = {
    "document": "",
    "footnotes": "",
    "endnotes": "",
    "hdr": "sidhuvudet",
    "ftr": "sidfoten",
    "glossaryDocument": "byggblock",
    "comments": "",
    "ThreadedComments": "kommentar",
    "cmLst": "kommentar",
    "notes": "anteckningar",
    "sld": "en lös bild",
    "sldMaster": "en mall",
    "sldLayout": "en mall",
    "notesMaster": "en mall",
    "handoutMaster": "en mall",
    "wsDr": "textruta",
    "drawing": "figur",
    "dataModel": "figur",
    "chartSpace": "diagram",
}
_OPEN_DOCUMENTS = frozenset({"document-content", "document-styles"})
_SHEETS = frozenset({"worksheet", "dialogsheet", "chartsheet", "macrosheet"})
_OTHERS = {
    **dict.fromkeys(("coreProperties", "Properties", "document-meta"), "dokumentets egenskaper"),
    **dict.fromkeys(("cmAuthorLst", "authorLst", "personList", "people"), AUTHOR),
}
# Read first, since other parts depend on them or an editor looks there first.
_FIRST = ("workbook", "presentation", "styleSheet", "sst", "numbering", "document", "document-content")
_FAULT = "Filen innehåller en del med egna definitioner (DOCTYPE), som inte läses."


def read(source: BinaryIO, budget: Budget) -> Iterator[Passage | Fault]:
    """The text of all parts, with the places of paragraphs, rows, cells, slides, notes and comments."""
    package = Package(source, budget)
    yield from package.names_and_comments()
    if any(b"encryption-data" in (part.whole(1_000_000) or b"") for part in package.named("META-INF/manifest.xml")):
        raise Unreadable(LOCKED)
    parts = []
    for part in package.parts:
        try:
            parts.append((part, root_of(part.head())))
        except BROKEN:
            yield Fault(DAMAGED)
    parts.sort(key=lambda known: _FIRST.index(known[1]) if known[1] in _FIRST else len(_FIRST))
    document = _Document(package, budget)
    for part, root in parts:
        try:
            for passage in document.read(part, root):
                if isinstance(passage, Passage):
                    document.pictures.count(passage)
                yield passage
        except BROKEN:
            yield Fault(DAMAGED)  # does not keep the other parts from being read
    yield from document.unused_texts()
    if not budget.picture_is_read:
        yield from document.pictures.faults()


class _Document:
    """Reads the parts one by one, and keeps what other parts need: styles, shared texts and places."""

    def __init__(self, package: Package, budget: Budget) -> None:
        self._package, self._budget = package, budget
        self._styles, self._texts = Styles(budget), SharedTexts(budget)
        self._labels, self.pictures = Labels(), PagePictures()
        self._places: dict[str, str] = {}  # the slide or sheet that a part belongs to

    def read(self, part: Part, root: str) -> Iterator[Passage | Fault]:
        if root == DOCTYPE:
            yield Fault(_FAULT)
            return
        if not root:
            yield from read_embedded(part, self._budget)
            return
        if root in {"workbook", "presentation"}:
            yield from self._read_contents(part)
            return
        yield from walk(part.chunks(), self._walker(part, root))

    def _read_contents(self, part: Part) -> Iterator[Passage | Fault]:
        contents = Contents(self._budget)
        yield from walk(part.chunks(), contents)
        self.pictures.slide_area = contents.slide_area or self.pictures.slide_area
        self._places |= places_of_parts(self._package, part, contents, self._budget)
        if contents.hidden:
            more = f" och {len(contents.hidden) - 3} till" if len(contents.hidden) > 3 else ""
            yield Note(f"Arbetsboken har dolda blad: {', '.join(contents.hidden[:3])}{more}.")

    def _walker(self, part: Part, root: str) -> Walker:
        """Chooses the walker of a part by its outermost element."""
        budget, owner = self._budget, self._places.get(part.folded, "")
        if root in _OPEN_DOCUMENTS:
            return self._text("" if "/" not in part.folded else HIDDEN, OPEN_DOCUMENT)
        if root == "comments" and owner:
            return self._text(f"kommentar i {owner}")
        if root == "sld" and owner:
            return self._text(owner)
        if root in _DOCUMENT_TEXTS:
            return self._text(_joined(_DOCUMENT_TEXTS[root], owner))
        if root in _SHEETS:
            return SheetText(budget, owner or "ett löst blad", self._texts, self._styles)
        if root == "externalLink":
            return SheetText(budget, "länkad arbetsbok", self._texts, self._styles)
        if root in {"pivotCacheDefinition", "pivotCacheRecords"}:
            return PivotValues(budget, HIDDEN)
        if root == "numbering":
            return Numbering(budget, self._labels)
        if root == "styleSheet":
            return self._styles
        if root == "sst":
            return self._texts
        if root == "Relationships":
            return Relations(budget, "")
        place = _OTHERS.get(root) or (f"{HIDDEN} ({owner})" if owner else HIDDEN)
        return AllText(budget, place, is_own_data=part.folded.startswith("customxml/"))

    def _text(self, place: str, family: str = OFFICE_XML) -> Walker:
        return DocumentText(self._budget, place, family, self._labels, self.pictures)

    def unused_texts(self) -> Iterator[Passage]:
        """Texts of a workbook that no cell shows any more, but that are still in the file."""
        for number, text in enumerate(self._texts.found):
            if number not in self._texts.used:
                yield Passage(HIDDEN, self._budget.take(text))


def _joined(name: str, owner: str) -> str:
    """Names a part that belongs to a slide or a sheet: "anteckningar till bild 2", "textruta i blad Lön"."""
    return f"{name} {'till' if owner.startswith('bild') else 'i'} {owner}" if name and owner else name
