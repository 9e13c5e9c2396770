"""What Word, PowerPoint and Excel have in common: relations between parts, properties, everything else.

No part is left out because nobody asked for it: what the reader of a format does not know is read here.
Plain Python: no Django.
"""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from .kinds import ARCHIVE, IMAGE, MARKUP, PDF, TEXT, UNKNOWN, kind_of
from .markup import DOCTYPE, Attributes, Walker, attribute, walk
from .package import BROKEN, Package, Part
from .pieces import DAMAGED, Budget, Fault, Piece, Unreadable, quoted

AUTHOR = "namnet på den som skrivit"
MAX_EMBEDDED = 20_000_000
_PROPERTIES = {
    "title": "Titel",
    "subject": "Ämne",
    "creator": "Författare",
    "keywords": "Nyckelord",
    "keyword": "Nyckelord",
    "description": "Beskrivning",
    "lastModifiedBy": "Senast sparad av",
    "initial-creator": "Skapad av",
    "printed-by": "Utskriven av",
    "category": "Kategori",
    "contentStatus": "Status",
    "identifier": "Identifierare",
    "Manager": "Chef",
    "Company": "Företag",
    "Template": "Mall",
    "HyperlinkBase": "Länkbas",
    "TitlesOfParts": "Delarnas namn",
}
_COUNTS = frozenset({"TotalTime", "Pages", "Words", "Characters", "CharactersWithSpaces", "Lines", "Paragraphs"})
# Attributes that hold words in parts of any kind; in a part with somebody's own data all do.
_WORDS = frozenset(
    {"name", "title", "descr", "alt", "tooltip", "text", "value", "displayName", "caption", "author", "prompt"}
    | {"command", "connection", "string", "label", "initials", "userId"}
)
# Fonts, settings of a printer, caches, and pictures of lines or for bright screens: no text of the document.
_OF_PROGRAMS = re.compile(
    r"\.(?:odttf|ttf|otf|ttc|fntdata|wdp|emf|wmf|emz|wmz)$|(?:^|/)printersettings[^/]*\.bin$|^layout-cache$"
    r"|(?:^|/)objectreplacements/"
)
_MEDIA = frozenset({"mp3", "mp4", "m4a", "m4v", "wav", "wma", "wmv", "avi", "mov", "mpg", "mpeg", "ogg", "webm"})


@dataclass(frozen=True)
class Relation:
    id: str
    type: str  # the last word of its address: "slide", "comments"
    target: str  # the folded name of the other part, or an address
    is_external: bool


class _Relations(Walker):
    def __init__(self, budget: Budget, folder: str) -> None:
        super().__init__(budget)
        self.folder = folder
        self.found: list[Relation] = []

    def start(self, name: str, attributes: Attributes) -> None:
        if name != "Relationship":
            return
        target, is_external = attributes.get("Target", ""), attributes.get("TargetMode") == "External"
        if not is_external:
            target = posixpath.normpath(posixpath.join("/", self.folder, target)).lstrip("/").lower()
        kind = attributes.get("Type", "").rpartition("/")[2]
        self.found.append(Relation(attributes.get("Id", ""), kind, target, is_external))


def relations(package: Package, part_name: str, budget: Budget) -> list[Relation]:
    """What a part refers to; what cannot be read of it is told when all parts are gone through."""
    folder, _, name = part_name.rpartition("/")
    found = []
    for part in package.named(f"{folder}/_rels/{name}.rels".lstrip("/")):
        walker = _Relations(budget, folder)
        for _ in walk(part.chunks(), walker):
            pass
        found += walker.found
    return found


class Links(Walker):
    """Addresses that the document leads to."""

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "Relationship" and attributes.get("TargetMode") == "External":
            self.add("en länk i filen", attributes.get("Target", ""))


class Properties(Walker):
    """What the document says of itself: each element is one property, or has its name in an attribute."""

    def __init__(self, budget: Budget) -> None:
        super().__init__(budget)
        self._names: list[str] = []
        self._text: list[str] = []

    def start(self, name: str, attributes: Attributes) -> None:
        own = attribute(attributes, "name") if name in {"property", "user-defined"} else ""
        if own:
            self.add("en egenskaps namn", own)
        # A value of an own property stands in an element for its type, inside that with the name.
        inherited = self._names[-1] if self._names else ""
        self._names.append(quoted(own) if own else _PROPERTIES.get(name, inherited))
        self._text = []

    def text(self, text: str) -> None:
        self._text.append(text)

    def end(self, name: str) -> None:
        if self._text and name not in _COUNTS:
            self.add(f"egenskapen {self._names[-1] or name}", "".join(self._text))
        self._text = []
        self._names.pop()


class Anything(Walker):
    """All text of a part that no one knows, one element at a time."""

    def __init__(self, budget: Budget, where: str, *, is_own_data: bool = False) -> None:
        super().__init__(budget)
        self.where = where
        self._is_own_data = is_own_data
        self._text: list[str] = []

    def start(self, name: str, attributes: Attributes) -> None:
        self._hand_over()
        for key, value in attributes.items():
            if self._is_own_data and not key.startswith("xmlns") or key.rpartition(":")[2] in _WORDS:
                self.add(self.where, value)

    def text(self, text: str) -> None:
        self._text.append(text)

    def end(self, name: str) -> None:
        self._hand_over()

    def _hand_over(self) -> None:
        if self._text:
            self.add(self.where, "".join(self._text))
            self._text = []


def read_other(part: Part, root: str, budget: Budget) -> Iterator[Piece | Fault]:
    """A part that is not the format's own: properties, links, data, pictures, other files."""
    if root in {"coreProperties", "Properties", "document-meta"}:
        yield from walk(part.chunks(), Properties(budget))
    elif root == "Relationships":
        yield from walk(part.chunks(), Links(budget))
    elif root == DOCTYPE:
        yield Fault("Filen innehåller en del med egna definitioner (DOCTYPE), som inte läses.")
    elif root == "Types":
        return
    elif root in {"cmAuthorLst", "authorLst", "personList", "people"}:
        yield from walk(part.chunks(), Anything(budget, AUTHOR))
    elif root:
        is_own_data = part.folded.startswith("customxml/")
        yield from walk(part.chunks(), Anything(budget, _place(part), is_own_data=is_own_data))
    else:
        yield from _read_embedded(part, budget)


def _place(part: Part) -> str:
    folder, _, name = part.folded.rpartition("/")
    known = {"charts": "ett diagram", "diagrams": "en figur", "customxml": "inbäddade data"}
    return f"{known.get(folder.rpartition('/')[2], 'dold del')} ({quoted(name)})"


def _read_embedded(part: Part, budget: Budget) -> Iterator[Piece | Fault]:
    head = part.head()
    if not head:
        return
    name = quoted(part.name.rpartition("/")[2])
    kind = kind_of(BytesIO(head), part.folded)
    if f".{part.suffix}" in IMAGE.suffixes and kind is not IMAGE:
        yield Fault(_not_read(name))
    if head.startswith(b"PK") or kind is PDF:
        yield from _read_file_within(part, name, budget)
    elif kind is IMAGE:
        yield from _read_picture(part, name, budget)
    elif kind in (TEXT, MARKUP) or (kind.reader and not kind.refusal):
        content = part.whole(MAX_EMBEDDED)
        if content is None or kind is MARKUP:
            yield Fault(_not_read(name))
        if content is not None:
            yield from (_within(piece, name) for piece in kind.read()(BytesIO(content), budget))
    elif name.lower() == "vbaproject.bin":
        yield Fault("Filen innehåller makron, som inte kan granskas. Spara den utan makron.")
    elif part.suffix in _MEDIA:
        yield Fault(f"Filen innehåller ljud eller film ({name}) som inte kan granskas.")
    elif kind is not UNKNOWN or not _OF_PROGRAMS.search(part.folded):
        yield Fault(_not_read(name))


def _not_read(name: str) -> str:
    return f"Filen innehåller en annan fil ({name}) som inte kan läsas. Ta bort den eller ladda upp den för sig."


def _read_file_within(part: Part, name: str, budget: Budget) -> Iterator[Piece | Fault]:
    """An office document inside another, such as the workbook behind a chart. Only one deep, and no archives."""
    content = part.whole(MAX_EMBEDDED) if budget.depth else None
    if content is None:
        yield Fault(_not_read(name))
        return
    source = BytesIO(content)
    kind = kind_of(source, part.folded)
    if kind is ARCHIVE or not kind.reader:
        yield Fault(_not_read(name))
        return
    budget.depth -= 1
    try:
        for piece in kind.read()(source, budget):
            yield _within(piece, name)
    finally:
        budget.depth += 1


def _read_picture(part: Part, name: str, budget: Budget) -> Iterator[Piece | Fault]:
    """What a picture says of itself. What it shows is not asked for: nearly every document has a logotype."""
    content = part.whole(MAX_EMBEDDED)
    if content is None:
        yield Fault(_not_read(name))
        return
    shown, budget.picture_is_read = budget.picture_is_read, True
    try:
        for piece in IMAGE.read()(BytesIO(content), budget):
            if isinstance(piece, Piece):
                yield _within(piece, name)
            elif isinstance(piece, Fault):
                yield Fault(f"En bild i filen ({name}) är skadad eller har något annat gömt i sig. Byt ut bilden.")
    except Unreadable:
        yield Fault(_not_read(name))
    finally:
        budget.picture_is_read = shown


def _within(piece: Piece | Fault, name: str) -> Piece | Fault:
    if isinstance(piece, Fault):
        return piece
    where = f"inbäddad fil {name}: {piece.where}" if piece.where else f"inbäddad fil {name}"
    return Piece(where, piece.text, piece.context, piece.first_line, piece.told)


def kept(part: Part, pieces: Iterator[Piece | Fault]) -> Iterator[Piece | Fault]:
    """The pieces of one part; that it is damaged does not keep the others from being read."""
    try:
        yield from pieces
    except BROKEN:
        yield Fault(DAMAGED)
