"""Reads the running text of Word, PowerPoint and OpenDocument, and the cells of OpenDocument's sheets.

One walker reads them all: paragraphs put together from their runs, the tables they stand in, and what a
document hides or has deleted. `elements.py` tells what the elements of each family are called.
"""

from collections.abc import Callable
from functools import cache

from .all_text import HIDDEN, texts_of
from .elements import ELEMENTS
from .grid import HIDDEN_SHEET, Grid, place_of_cell, whole_number
from .markup import OFF, Attributes, Walker, attribute
from .numbering import PLACE, Labels
from .page_pictures import ALL, PagePictures, size_of
from .paragraphs import INSERTED, Cell, Paragraph, Run, over_break, shown_in
from .passages import Budget, Passage, quoted

AUTHOR = "namnet på den som skrivit"
_NOTES = {"footnote": "fotnot", "endnote": "slutnot", "annotation": "kommentar", "comment": "kommentar"}
_SCOPES = {"tracked": "spårad ändring", "master": "sidmallen", "header": "sidhuvudet", "footer": "sidfoten"}
_DESCRIBED = frozenset({"docPr", "cNvPr", "shape", "rect", "roundrect", "oval", "tblCaption", "tblDescription"})
_HIDING = frozenset({"hidden-text", "hidden-paragraph", "conditional-text"})
_CELLS = frozenset({"table", "table-cell", "covered-table-cell"})  # whose attributes are read with the cells
_DELETED, _INSERTED = frozenset({"del", "moveFrom"}), frozenset({"ins", "moveTo"})
_COLLAPSED = frozenset({"collapse", "filter"})
_MAX_REPEATED = 10_000


class DocumentText(Walker):
    """Reads one part of a document.

    `place` is what the part is called ("sidhuvudet", "bild 3"); in a part without a name the paragraphs are
    counted ("stycke 12").
    """

    def __init__(self, budget: Budget, place: str, family: str, labels: Labels, pictures: PagePictures) -> None:
        super().__init__(budget)
        self._labels, self._pictures = labels, pictures
        self._frames: list[tuple[float, bool]] = []  # that are open: their size, and whether a picture is in them
        self._level = self._list_style = ""
        self._lists: list[str] = []  # the styles of the lists that are open
        self._starts, self._ends = _handlers("_start", family), _handlers("_end", family)
        self._scopes = [(0, place)]  # the depth of each element that has a place of its own, and the place
        self._counts: dict[str, int] = {}
        self._paragraphs: list[Paragraph] = []  # those that are open
        self._changes: list[str] = []  # the tracked changes that are open
        self._sinks = {name: what for what in ("text", "code", "measure") for name in ELEMENTS[family].get(what, ())}
        self._plain_text = "" if self._sinks else "text"
        self._sink = self._plain_text  # what becomes of text: "text", "code", "measure", or "" for none of them
        self._loose: list[str] = []
        self._last = ("", "")  # the place and the text of the paragraph before
        self._authors: set[str] = set()
        self._style = ""
        self._hidden_styles: set[str] = set()
        self._tables = 0  # how many are open; those within another belong to the cell they stand in
        self._is_spreadsheet = False
        self._cells: list[Cell] = []
        self._cell_scope = 0  # how many scopes are open in the cell that is read

    def start(self, name: str, attributes: Attributes) -> None:
        if handler := self._starts.get(name):
            handler(self, name, attributes)
        if attributes and name not in _CELLS:
            self._add_attributes(name, attributes)

    def end(self, name: str) -> None:
        if handler := self._ends.get(name):
            handler(self)
        if self._loose:
            self.add(self._place(), "".join(self._loose))
            self._loose = []
        if self._scopes[-1][0] > self.depth:
            self._scopes.pop()

    def text(self, text: str) -> None:
        if self._sink == "text":
            self._collect(text)
        elif self._sink == "code" and self._paragraphs:
            self._paragraphs[-1].codes.append(text)
            self._paragraphs[-1].is_plain = False
        elif self._sink != "measure" and not text.isspace():
            self._loose.append(text)

    # Places

    def _place(self) -> str:
        return self._scopes[-1][1] or (f"stycke {self._counts['stycke']}" if "stycke" in self._counts else HIDDEN)

    def _enter(self, place: str) -> None:
        self._scopes.append((self.depth, place))

    def _next(self, what: str) -> str:
        self._counts[what] = self._counts.get(what, 0) + 1
        return f"{what} {self._counts[what]}"

    def _start_box(self, name: str, attributes: Attributes) -> None:
        if self._paragraphs:
            place = self._place()
            self._enter(place if place.startswith("textruta") else f"textruta i {place}")

    def _start_note(self, name: str, attributes: Attributes) -> None:
        what = _NOTES.get(attribute(attributes, "note-class") or name, "not")
        place, cell = self._scopes[-1][1], attribute(attributes, "ref")
        if cell:  # of a workbook, where the part has a place: "kommentar i blad Lön"
            self._enter(f"{place or 'kommentar'}, cell {quoted(cell)}")
        elif name == "annotation" and place and not self._paragraphs:
            self._enter(f"kommentar i {place}")
        else:  # the separators above the notes are notes as well, and have a type
            self._enter(what if attribute(attributes, "type") else self._next(what))

    def _start_slide(self, name: str, attributes: Attributes) -> None:
        is_hidden = attribute(attributes, "show") in OFF or self._has_hidden_style(attributes)
        self._enter((self._scopes[-1][1] or self._next("bild")) + (" (dold)" if is_hidden else ""))

    def _start_slide_notes(self, name: str, attributes: Attributes) -> None:
        self._enter(f"anteckningar till {self._place()}")

    def _start_section(self, name: str, attributes: Attributes) -> None:
        if attribute(attributes, "display") in {"none", "condition"} or self._has_hidden_style(attributes):
            self._enter(f"dolt avsnitt {quoted(attribute(attributes, 'name'))}".strip())

    def _start_scope(self, name: str, attributes: Attributes) -> None:
        self._enter(_SCOPES[name.partition("-")[0]])

    def _start_style(self, name: str, attributes: Attributes) -> None:
        self._style = attribute(attributes, "name")

    def _start_looks(self, name: str, attributes: Attributes) -> None:
        if attribute(attributes, "display") in {"false", "none"} or attribute(attributes, "visibility") == "hidden":
            self._hidden_styles.add(self._style)

    def _has_hidden_style(self, attributes: Attributes) -> bool:
        return attribute(attributes, "style-name") in self._hidden_styles

    # Paragraphs

    def _start_paragraph(self, name: str, attributes: Attributes) -> None:
        place = self._scopes[-1][1] or self._next("stycke")
        in_cell = self._cells and len(self._scopes) == self._cell_scope
        self._paragraphs.append(Paragraph(place, self._cells[-1] if in_cell else None))
        self._enter(place)
        if self._lists:
            self._collect(self._labels.next(self._lists[-1], str(len(self._lists))))

    def _end_paragraph(self) -> None:
        paragraph = self._paragraphs.pop()
        passages = paragraph.passages()
        if passages and not self._paragraphs and not self._is_spreadsheet:
            self._add_over_break(passages)
        if paragraph.cell:
            paragraph.cell.passages += passages
        else:
            for passage in passages:
                self.hand_over(passage)

    def _start_line(self, name: str, attributes: Attributes) -> None:
        self._paragraphs.append(Paragraph(self._place()))

    def _start_aside(self, name: str, attributes: Attributes) -> None:
        """Starts a text beside a paragraph, which would otherwise be read into the middle of it."""
        place = self._place()
        if name in {"title", "desc"}:
            place = f"alternativtext i {place}"
        elif not name.startswith("date"):
            place = f"{place}, {AUTHOR}"
        self._enter(place)
        self._paragraphs.append(Paragraph(place))

    def _end_line(self) -> None:
        for passage in self._paragraphs.pop().passages():
            self.add(passage.where, passage.text)

    _end_aside = _end_line

    def _start_run(self, name: str, attributes: Attributes) -> None:
        if self._paragraphs:
            self._paragraphs[-1].hidden_runs.append(False)

    def _end_run(self) -> None:
        if self._paragraphs and self._paragraphs[-1].hidden_runs:
            self._paragraphs[-1].hidden_runs.pop()

    def _start_hidden(self, name: str, attributes: Attributes) -> None:
        if self._paragraphs and self._paragraphs[-1].hidden_runs and attribute(attributes, "val") not in OFF:
            self._paragraphs[-1].hidden_runs[-1] = True

    def _start_sink(self, name: str, attributes: Attributes) -> None:
        self._sink = self._sinks[name]

    def _end_sink(self) -> None:
        self._sink = self._plain_text

    _start_text = _start_code = _start_measure = _start_sink
    _end_text = _end_code = _end_measure = _end_sink

    def _start_space(self, name: str, attributes: Attributes) -> None:
        # The definition of a tab stop is called like the tab itself, but has a position.
        if not attribute(attributes, "pos"):
            self._collect(" " * min(_repeated(attributes, "c"), 20))

    def _start_hyphen(self, name: str, attributes: Attributes) -> None:
        self._collect("-")

    def _start_symbol(self, name: str, attributes: Attributes) -> None:
        self._collect(_symbol(attribute(attributes, "char")))

    def _start_change(self, name: str, attributes: Attributes) -> None:
        self._changes.append(name)

    def _end_change(self) -> None:
        self._changes.pop()

    def _collect(self, text: str) -> None:
        if not self._paragraphs or not text:
            if text.strip():
                self._loose.append(text)
            return
        paragraph = self._paragraphs[-1]
        is_hidden = bool(paragraph.hidden_runs and paragraph.hidden_runs[-1])
        if not is_hidden and not self._changes:
            paragraph.runs.append(Run(text))
            return
        is_deleted, is_inserted = (not names.isdisjoint(self._changes) for names in (_DELETED, _INSERTED))
        paragraph.runs.append(Run(text, is_hidden, is_deleted, is_inserted))
        paragraph.is_plain = False

    def _add_over_break(self, passages: list[Passage]) -> None:
        """Hand over the end of the last paragraph joined with the beginning of this one, if a number may span them."""
        where, before = self._last
        self._last = passages[0].where, shown_in(passages)
        joined = over_break(before, self._last[1])
        if joined:
            self.add(where.removesuffix(INSERTED), joined, fuller_than=before)

    # Lists

    def _start_level(self, name: str, attributes: Attributes) -> None:
        self._level = attribute(attributes, "val")

    def _start_numbered(self, name: str, attributes: Attributes) -> None:
        self._collect(self._labels.next(attribute(attributes, "val"), self._level))

    def _start_bullet(self, name: str, attributes: Attributes) -> None:
        sign = attribute(attributes, "char")
        self._collect(f"{sign} " if len(sign) > 1 else "")

    def _start_list_style(self, name: str, attributes: Attributes) -> None:
        self._list_style = attribute(attributes, "name")

    def _start_list_level(self, name: str, attributes: Attributes) -> None:
        text = f"{attribute(attributes, 'num-prefix')}%1{attribute(attributes, 'num-suffix')}"
        level, start = attribute(attributes, "level"), attribute(attributes, "start-value")
        self.add(PLACE, self._labels.define(self._list_style, level, text, start))

    def _start_list(self, name: str, attributes: Attributes) -> None:
        self._lists.append(attribute(attributes, "style-name") or (self._lists[-1] if self._lists else ""))

    def _end_list(self) -> None:
        self._lists.pop()

    # Pictures

    def _start_frame(self, name: str, attributes: Attributes) -> None:
        self._frames.append((ALL if name == "bg" else size_of(attributes), False))

    def _start_extent(self, name: str, attributes: Attributes) -> None:
        if self._frames:
            self._frames[-1] = (max(self._frames[-1][0], size_of(attributes)), self._frames[-1][1])

    def _start_picture(self, name: str, attributes: Attributes) -> None:
        if self._frames:
            self._frames[-1] = (self._frames[-1][0], True)

    def _end_frame(self) -> None:
        size, has_picture = self._frames.pop()
        if has_picture:
            self._pictures.add(self._place(), size)

    # Tables

    def _start_spreadsheet(self, name: str, attributes: Attributes) -> None:
        self._is_spreadsheet = True

    def _start_table(self, name: str, attributes: Attributes) -> None:
        self._tables += 1
        if self._tables > 1:
            return
        called, outside = attribute(attributes, "name"), self._scopes[-1][1]
        table = f"blad {quoted(called)}" if self._is_spreadsheet else self._next("tabell")
        table += HIDDEN_SHEET if self._has_hidden_style(attributes) else ""
        self._table = f"{outside}, {table}" if outside else table
        self._enter(self._table)
        self.add("ett blads namn" if self._is_spreadsheet else self._table, called)
        self._grid = Grid()
        self._row, self._rows_before, self._columns = 0, 1, 0
        self._is_hidden_row, self._hidden_columns = False, set[int]()

    def _end_table(self) -> None:
        if self._tables == 1:
            self._end_row()
        self._tables -= 1

    def _start_column(self, name: str, attributes: Attributes) -> None:
        count = min(_repeated(attributes, "number-columns-repeated"), _MAX_REPEATED)
        if self._tables == 1 and attribute(attributes, "visibility") in _COLLAPSED:
            self._hidden_columns.update(range(self._columns + 1, self._columns + count + 1))
        if self._tables == 1:
            self._columns += count

    def _start_row(self, name: str, attributes: Attributes) -> None:
        if self._tables == 1:
            self._row += self._rows_before
            self._rows_before = _repeated(attributes, "number-rows-repeated")
            self._is_hidden_row = attribute(attributes, "visibility") in _COLLAPSED
            self._column = 1
            self._cells = []

    def _start_cell(self, name: str, attributes: Attributes) -> None:
        if self._tables != 1:
            return
        cell = Cell(self._column, attribute(attributes, "string-value"))
        self._cells.append(cell)
        self._column += _repeated(attributes, "number-columns-repeated")
        if attribute(attributes, "value-type") in {"float", "currency"}:
            cell.value = whole_number(attribute(attributes, "value"))
        self._enter(self._place_of_cell(cell.column))
        self._cell_scope = len(self._scopes)
        self.add_formula(f"{self._place()}, formel", attribute(attributes, "formula"))

    def _end_row(self) -> None:
        """Hand over the cells of a row: the shown text, the stored value where it differs, and joined cells."""
        if self._tables != 1 or not self._cells:
            return
        cells = {cell.column: cell for cell in self._cells}
        texts = {cell.column: cell.value or shown_in(cell.passages) for cell in self._cells}
        contexts = {}
        for read in self._grid.read([(column, text) for column, text in texts.items() if text]):
            if read.first != read.last:
                self.add(self._place_of_cell(read.first, read.last), read.text, context=read.context)
            else:
                contexts[read.first], cells[read.first].value = read.context, read.text
        for cell in self._cells:
            context, shown = contexts.get(cell.column, ""), "\n".join([passage.text for passage in cell.passages])
            for passage in cell.passages:
                self.hand_over(passage._replace(context=context) if context else passage)
            if cell.value and cell.value != shown:
                self.add(self._place_of_cell(cell.column), cell.value, context=context, fuller_than=shown)
        self._cells = []

    def _place_of_cell(self, first: int, last: int = 0) -> str:
        if not self._is_spreadsheet:
            return f"{self._table}, rad {self._row}"
        hides_column = first in self._hidden_columns
        return place_of_cell(
            self._table, self._row, first, last, hides_row=self._is_hidden_row, hides_column=hides_column
        )

    # Attributes

    def _add_attributes(self, name: str, attributes: Attributes) -> None:
        for key, value in texts_of(name, attributes):
            if key in {"author", "initials"}:  # of a comment, of each tracked change and of each changed setting
                if value not in self._authors:
                    self._authors.add(value)
                    self.add(f"{self._place()}, {AUTHOR}", value)
            elif name in _DESCRIBED:
                self.add(f"alternativtext i {self._place()}", value)
            else:
                self.add(self._place() + (", dold text" if name in _HIDING else ""), value)


@cache
def _handlers(moment: str, family: str) -> dict[str, Callable[..., None]]:
    """Maps element names to the walker's methods for their start or end; many have only one of them."""
    methods = {what: getattr(DocumentText, f"{moment}_{what}", None) for what in ELEMENTS[family]}
    return {name: method for what, method in methods.items() if method for name in ELEMENTS[family][what]}


def _symbol(code: str) -> str:
    """A character of a symbol font, whose codes stand 0xF000 above those of letters."""
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    number = number - 0xF000 if 0xF020 <= number <= 0xF0FF else number
    return chr(number) if 32 <= number < 0xD800 else ""


def _repeated(attributes: Attributes, name: str) -> int:
    count = attribute(attributes, name)
    return min(int(count), 10**7) if count.isdecimal() and len(count) < 9 else 1
