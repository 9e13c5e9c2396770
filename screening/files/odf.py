"""OpenDocument: texts, sheets and presentations. Plain Python: no Django."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from .formulas import put_together
from .grid import Grid
from .markup import Attributes, Walker, attribute, root_of, walk
from .opc import AUTHOR, Anything, Properties, kept, read_other
from .package import BROKEN, Package, Part
from .paragraphs import over_break
from .pieces import DAMAGED, LOCKED, Budget, Fault, Piece, Unreadable, quoted
from .sheets import column_letters, whole_number

_PARAGRAPHS = frozenset({"p", "h"})
# Words beside a paragraph that would otherwise be read into the middle of it.
_ASIDE = frozenset({"title", "desc", "creator", "date", "date-string", "creator-initials", "sender-initials"})
_NOTES = {"footnote": "fotnot", "endnote": "slutnot"}
_HEADERS = {"header": "sidhuvudet", "footer": "sidfoten"}
_HIDING = frozenset({"hidden-text", "hidden-paragraph", "conditional-text"})
# Attributes that hold words: of a field, a formula, a cell, a link, a name.
_WORDED = {
    "hidden-text": ("string-value",),
    "conditional-text": ("string-value-if-true", "string-value-if-false"),
    "hidden-paragraph": ("condition",),
    "section": ("name", "condition"),
    "a": ("href", "title"),
    "user-field-decl": ("name", "string-value", "value"),
    "variable-set": ("string-value", "formula"),
    "content-validation": ("name", "condition"),
    "help-message": ("title",),
    "error-message": ("title",),
    "bookmark": ("name",),
    "bookmark-start": ("name",),
    "file-name": ("display",),
    "placeholder": ("description",),
    "text": ("value", "label"),
    "textarea": ("value", "label"),
    "fixed-text": ("label",),
    "item": ("label",),
    "option": ("label", "value"),
    "frame": ("name",),
    "custom-shape": ("name",),
}
_DELETED = "borttagen text (spårad ändring)"
_MAX_REPEATED = 10_000


@dataclass
class _Cell:
    column: int
    value: str = ""
    pieces: list[Piece] = field(default_factory=list)


class OdfText(Walker):
    """Paragraphs wherever they stand, cells with their values, and what is hidden or deleted."""

    def __init__(self, budget: Budget, scope: str = "") -> None:
        super().__init__(budget)
        self._scope = [scope]  # the innermost place that has a name of its own
        self._open: list[list[str]] = []  # the paragraphs that are open: a note stands inside one
        self._elements: list[str] = []
        self._pushed: list[int] = []  # how deep each added place stands
        self._counts: dict[str, int] = {}
        self._hidden_styles: set[str] = set()
        self._style = ""
        self._sheet = ""
        self._grid = Grid()
        self._row = self._column = 0
        self._is_hidden_row = False
        self._hidden_columns: set[int] = set()
        self._columns = 0
        self._cells: list[_Cell] = []
        self._cell: _Cell | None = None
        self._tables = 0
        self._last = Piece("", "")  # the paragraph before

    # The elements

    def start(self, name: str, attributes: Attributes) -> None:
        self._elements.append(name)
        if name in _PARAGRAPHS:
            self._open.append([])
        elif name in _ASIDE:
            self._push(self._place_aside(name))
            self._open.append([])
        elif name in {"named-range", "named-expression"}:
            for key in ("name", "cell-range-address", "expression"):
                self.add(f"definierat namn {quoted(attribute(attributes, 'name'))}", attribute(attributes, key))
        elif name == "s":
            count = attribute(attributes, "c")
            self._collect(" " * min(int(count) if count.isdecimal() else 1, 20))
        elif name in {"tab", "line-break"}:
            self._collect(" ")
        elif name == "style":
            self._style = attribute(attributes, "name")
        elif name in {"table-properties", "text-properties", "section-properties"}:
            if attribute(attributes, "display") in {"false", "none"}:
                self._hidden_styles.add(self._style)
        elif name == "drawing-page-properties":
            if attribute(attributes, "visibility") == "hidden":
                self._hidden_styles.add(self._style)
        elif name.startswith("table"):
            self._start_of_table(name, attributes)
        else:
            self._start_of_place(name, attributes)
        for key in _WORDED.get(name, ()):
            hidden = ", dold text" if name in _HIDING else ""
            self.add(f"{self._place() or 'dokumentet'}{hidden}", attribute(attributes, key))

    def end(self, name: str) -> None:
        self._elements.pop()
        if name in _PARAGRAPHS and self._open:
            self._end_paragraph("".join(self._open.pop()))
        elif name in _ASIDE and self._open:
            self.add(self._scope[-1], "".join(self._open.pop()))
        elif name in {"table-cell", "covered-table-cell"}:
            self._cell = None
        elif name == "table-row":
            self._end_row()
        elif name == "table" and self._tables:
            self._tables -= 1
        if self._pushed and self._pushed[-1] == len(self._elements):
            self._pushed.pop()
            self._scope.pop()

    def text(self, text: str) -> None:
        if self._open:
            self._open[-1].append(text)
        elif not text.isspace():
            self.add(self._place(), text)

    # Places

    def _start_of_place(self, name: str, attributes: Attributes) -> None:
        if name == "page":
            hidden = " (dold)" if attribute(attributes, "style-name") in self._hidden_styles else ""
            self._push(f"bild {self._count('bild')}{hidden}")
            self.add(self._place(), attribute(attributes, "name"))
        elif name == "notes":
            self._push(f"anteckningar till {self._scope[-1]}")
        elif name == "annotation":
            where = self._cell_place() or self._scope[-1]
            number = f" {self._count('kommentar')}" if not where else ""
            self._push(f"kommentar i {where}" if where else f"kommentar{number}")
        elif name == "note":
            called = _NOTES.get(attribute(attributes, "note-class"), "not")
            self._push(f"{called} {self._count(called)}")
        elif name == "tracked-changes":
            self._push(_DELETED)
        elif name == "section":
            is_hidden = attribute(attributes, "display") in {"none", "condition"}
            if is_hidden or attribute(attributes, "style-name") in self._hidden_styles:
                self._push(f"dolt avsnitt {quoted(attribute(attributes, 'name'))}".strip())
        elif name.split("-")[0] in _HEADERS and "master-page" in self._elements:
            self._push(_HEADERS[name.split("-")[0]])
        elif name == "text-box" and self._elements.count("p"):
            self._push(f"textruta i {self._place()}")
        elif name == "master-page":
            self._push("sidmallen")

    def _place_aside(self, name: str) -> str:
        place = self._place()
        if name in {"title", "desc"}:
            return f"alternativtext i {place or 'dokumentet'}"
        place = place.replace(_DELETED, "spårad ändring")
        return place if name.startswith("date") else f"{place}, {AUTHOR}"

    def _push(self, place: str) -> None:
        self._scope.append(place)
        self._pushed.append(len(self._elements) - 1)

    def _count(self, what: str) -> int:
        self._counts[what] = self._counts.get(what, 0) + 1
        return self._counts[what]

    def _place(self) -> str:
        if self._cell and self._scope[-1] in ("", self._sheet):
            return self._cell_place()
        if self._scope[-1]:
            return self._scope[-1]
        return f"stycke {self._counts.get('stycke', 0) + bool(self._open)}"

    def _cell_place(self, first: int = 0, last: int = 0) -> str:
        if not self._cell and not first:
            return ""
        column = first or (self._cell.column if self._cell else 0)
        if not self._sheet.startswith("blad "):
            return f"{self._sheet}, rad {self._row}"
        address = f"{column_letters(column)}{self._row}"
        address += f"–{column_letters(last)}{self._row}" if last > column else ""
        sheet, mark, _ = self._sheet.partition(" (dolt blad)")
        hidden = " (dold rad)" if self._is_hidden_row else ""
        hidden += " (dold kolumn)" if column in self._hidden_columns else ""
        return f"{sheet}, cell {address}{mark}{hidden}"

    # Paragraphs and cells

    def _collect(self, text: str) -> None:
        if self._open:
            self._open[-1].append(text)

    def _end_paragraph(self, text: str) -> None:
        place = self._place()
        if self._cell and self._scope[-1] in ("", self._sheet):
            self._cell.pieces.append(Piece(place, text))
            return
        if not self._scope[-1] and not self._open:
            self._count("stycke")
            place = f"stycke {self._counts['stycke']}"
        self.add(place, text)
        if text and not self._open:
            joined = over_break(self._last.text, text)
            if joined:
                self.add(self._last.where, joined, told=self._last.text)
            self._last = Piece(place, text)

    def _start_of_table(self, name: str, attributes: Attributes) -> None:
        if name == "table":
            self._tables += 1
            if self._tables == 1:
                self._start_table(attributes)
        elif self._tables != 1:
            return  # what stands in a table within a table belongs to the outer cell
        elif name == "table-column":
            count = min(_repeated(attributes, "number-columns-repeated"), _MAX_REPEATED)
            if attribute(attributes, "visibility") in {"collapse", "filter"}:
                self._hidden_columns.update(range(self._columns + 1, self._columns + count + 1))
            self._columns += count
        elif name == "table-row":
            self._row += self._rows_before
            self._rows_before = _repeated(attributes, "number-rows-repeated")
            self._is_hidden_row = attribute(attributes, "visibility") in {"collapse", "filter"}
            self._column = 1
            self._cells = []
        elif name == "table-cell":
            self._start_cell(attributes)
        elif name == "table-source":
            self.add(self._sheet, attribute(attributes, "href"))

    _rows_before = 1

    def _start_table(self, attributes: Attributes) -> None:
        name = attribute(attributes, "name")
        number = self._count("tabell")
        is_sheet = "spreadsheet" in self._elements
        self._sheet = f"blad {quoted(name)}" if is_sheet else f"tabell {number}"
        if attribute(attributes, "style-name") in self._hidden_styles:
            self._sheet += " (dolt blad)"
        self.add("ett blads namn" if is_sheet else self._sheet, name)
        self._push(self._sheet if not self._scope[-1] else f"{self._scope[-1]}, {self._sheet}")
        self._sheet = self._scope[-1]
        self._grid = Grid()
        self._row, self._rows_before, self._columns, self._hidden_columns = 0, 1, 0, set()

    def _start_cell(self, attributes: Attributes) -> None:
        self._cell = _Cell(self._column)
        self._cells.append(self._cell)
        self._column += _repeated(attributes, "number-columns-repeated")
        self._cell.value = attribute(attributes, "string-value")
        if attribute(attributes, "value-type") in {"float", "currency"}:
            self._cell.value = whole_number(attribute(attributes, "value"))
        formula = attribute(attributes, "formula")
        if formula:
            place = f"{self._cell_place()}, formel"
            self.add(place, formula)
            for text in put_together(formula):
                self.add(place, text, told=formula)

    def _end_row(self) -> None:
        """Hand over the cells of a row: what they show and, where it differs, what they hold."""
        if self._tables != 1:
            return
        texts = [(cell.column, cell.value or " ".join(piece.text for piece in cell.pieces)) for cell in self._cells]
        contexts = {}
        values = {cell.column: cell for cell in self._cells}
        for joined in self._grid.read([(column, text) for column, text in texts if text]):
            if joined.first == joined.last:
                contexts[joined.first] = joined.context
                values[joined.first].value = joined.text
            else:
                self.add(self._cell_place(joined.first, joined.last), joined.text, context=joined.context)
        for cell in self._cells:
            context = contexts.get(cell.column, "")
            shown = "\n".join(piece.text for piece in cell.pieces)
            for piece in cell.pieces:
                self.add(piece.where, piece.text, context=context)
            if cell.value and cell.value != shown:
                self.add(self._cell_place(cell.column), cell.value, context=context, told=shown)
        self._cells = []


def read(source: BinaryIO, budget: Budget) -> Iterator[Piece | Fault]:
    """Every part of the package, the document itself first."""
    package = Package(source, budget)
    yield from package.beside()
    if any(b"encryption-data" in (part.whole(1_000_000) or b"") for part in package.named("META-INF/manifest.xml")):
        raise Unreadable(LOCKED)
    for part in sorted(package.parts, key=lambda part: part.folded != "content.xml"):
        try:
            root = root_of(part.head())
        except BROKEN:
            yield Fault(DAMAGED)
            continue
        yield from kept(part, _read_part(part, root, budget))


def _read_part(part: Part, root: str, budget: Budget) -> Iterator[Piece | Fault]:
    name = part.folded
    if root in {"document-content", "document-styles"}:
        folder = part.name.rpartition("/")[0]
        yield from walk(part.chunks(), OdfText(budget, f"objektet {quoted(folder)}" if folder else ""))
    elif root == "document-meta":
        yield from walk(part.chunks(), Properties(budget))
    elif root == "document-settings":
        yield from walk(part.chunks(), _Settings(budget, "inställningarna"))
    elif root in {"manifest", "RDF"} or name == "mimetype" or name.startswith("configurations2/"):
        return
    else:
        yield from read_other(part, root, budget)


class _Settings(Anything):
    """Settings less what a printer keeps there, which is no text."""

    _is_binary = False

    def start(self, name: str, attributes: Attributes) -> None:
        super().start(name, attributes)
        self._is_binary = attribute(attributes, "type") == "base64Binary"

    def text(self, text: str) -> None:
        if not self._is_binary:
            super().text(text)

    def end(self, name: str) -> None:
        super().end(name)
        self._is_binary = False


def _repeated(attributes: Attributes, name: str) -> int:
    count = attribute(attributes, name)
    return min(int(count), 10**7) if count.isdecimal() and len(count) < 9 else 1
