"""Running text of office documents: paragraphs put together from their runs, and the tables they stand in.

The elements of Word and those of drawings (slides, text boxes, charts) are called alike, so one walker reads
both; only the place differs. Plain Python: no Django.
"""

import re
from dataclasses import dataclass, field, replace

from .grid import Grid
from .markup import Attributes, Walker, attribute
from .pieces import Budget, Piece

_TEXTS = frozenset({"t", "delText"})
_CODES = frozenset({"instrText", "delInstrText"})
_BREAKS = frozenset({"tab", "ptab", "br", "cr"})
_MEASURES = frozenset({"posOffset", "pctWidth", "pctHeight", "pctPosHOffset", "pctPosVOffset"})
_INSERTED = frozenset({"ins", "moveTo"})
_DELETED = frozenset({"del", "moveFrom"})
# Attributes that hold words, with the elements whose they are; all others are measures and identities.
_DESCRIBED = frozenset({"docPr", "cNvPr", "shape", "rect", "roundrect", "oval", "tblCaption", "tblDescription"})
_NAMED = {
    "alias": ("val",),
    "tag": ("name", "val"),
    "section": ("name",),
    "custShow": ("name",),
    "cSld": ("name",),
    "listItem": ("displayText", "value"),
    "listEntry": ("val",),
    "default": ("val",),
    "statusText": ("val",),
    "helpText": ("val",),
    "docVar": ("name", "val"),
    "bookmarkStart": ("name",),
    "fldSimple": ("instr",),
    "hyperlink": ("tooltip", "anchor"),
    "hlinkClick": ("tooltip",),
    "hlinkHover": ("tooltip",),
    "textpath": ("string",),
    "tblCaption": ("val",),
    "tblDescription": ("val",),
    "query": ("val",),
    "connectString": ("val",),
    "customXml": ("element",),
    "attr": ("name", "val"),
    "smartTag": ("element",),
}
OFF = frozenset({"0", "false", "off"})
INSERTED = " (infogad ändring)"
_BROKEN_OFF = re.compile(r"\d{6}\s*[-–‐‑−+]\s*$")
_SIX_LAST = re.compile(r"\d{6}\s*$")
_GOES_ON = re.compile(r"\s*[-–‐‑−]?\s*\d{4}")
_DASH_FIRST = re.compile(r"\s*[-–‐‑−]\s*\d{4}")
_AROUND = 200  # characters on each side of a break that are read together


@dataclass
class Run:
    text: str
    is_hidden: bool = False
    is_deleted: bool = False
    is_inserted: bool = False


@dataclass
class Paragraph:
    where: str
    runs: list[Run] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    hidden_runs: list[bool] = field(default_factory=list)  # of the runs that are open: a text box nests them

    def pieces(self) -> list[Piece]:
        """The paragraph as it shows, and then what it hides, each only where it tells more."""
        shown = "".join(run.text for run in self.runs if not run.is_deleted and not run.is_hidden)
        pieces = [Piece(self.where, shown)]
        if any(run.is_inserted and not run.is_deleted and not run.is_hidden for run in self.runs):
            pieces = self._with_insertions(shown)
        if any(run.is_hidden for run in self.runs):
            kept = "".join(run.text for run in self.runs if not run.is_deleted)
            pieces.append(Piece(f"{self.where}, dold text", kept, told=shown))
            shown = kept
        if any(run.is_deleted for run in self.runs):
            before = "".join(run.text for run in self.runs if not run.is_inserted)
            pieces.append(Piece(f"{self.where}, borttagen text (spårad ändring)", before, told=shown))
        if self.codes:
            pieces.append(Piece(f"{self.where}, fältkod", "".join(self.codes)))
        return [piece for piece in pieces if piece.text and not piece.text.isspace()]

    def _with_insertions(self, shown: str) -> list[Piece]:
        runs = (run for run in self.runs if not run.is_deleted and not run.is_hidden and not run.is_inserted)
        before = "".join(run.text for run in runs)
        before = "" if before.isspace() else before
        return [Piece(self.where, before), Piece(f"{self.where}{INSERTED}", shown, told=before)]


def shown_in(pieces: list[Piece]) -> str:
    """What the paragraphs of a cell show, less what their other pieces tell: hidden, deleted, inserted."""
    texts: list[str] = []
    for piece in pieces:
        if piece.told and piece.where.endswith(INSERTED):
            texts[-1] = piece.text
        elif not piece.told:
            texts.append(piece.text)
    return " ".join(texts)


def over_break(before: str, after: str) -> str:
    """Two paragraphs read as one where a number may go on from the first to the second; else ""."""
    if (
        _GOES_ON.match(after)
        and _BROKEN_OFF.search(before[-_AROUND:])
        or (_DASH_FIRST.match(after) and _SIX_LAST.search(before[-_AROUND:]))
    ):
        return f"{before[-_AROUND:].strip()} {after[:_AROUND].strip()}"
    return ""


@dataclass
class Row:
    cells: list[list[Piece]] = field(default_factory=list)


class Paragraphs(Walker):
    """Paragraphs, tables, alternative texts and field codes of one part.

    `scope` is the part's place ("sidhuvudet", "bild 3"), empty for the body of a document. With `is_counted`
    the paragraphs have numbers.
    """

    def __init__(self, budget: Budget, scope: str = "", *, is_counted: bool = False) -> None:
        super().__init__(budget)
        self.scope = scope
        self.is_counted = is_counted
        self.paragraphs = 0
        self.tables = 0
        self.rows = 0
        self._grid = Grid()
        self._tables: list[Row | None] = []  # the open tables; of the outermost, the row that is read
        self._open: list[Paragraph] = []
        self._inserted = self._deleted = 0
        self._sink = ""  # the element whose text is collected now
        self._loose: list[str] = []
        self._boxes = 0
        self._last = Piece("", "")  # the paragraph before
        self._authors: set[str] = set()

    # Where something stands

    def place(self) -> str:
        if self._open:
            return self._open[-1].where
        if self._tables:
            return self._in_scope(f"tabell {self.tables}, rad {self.rows}")
        return self._in_scope(f"stycke {self.paragraphs}") if self.is_counted else self.scope

    def _in_scope(self, place: str) -> str:
        return f"{self.scope}, {place}" if self.scope else place

    # The elements

    def start(self, name: str, attributes: Attributes) -> None:
        if name in _TEXTS or name in _CODES or name in _MEASURES:
            self._sink = name
        elif name == "p":
            self._start_paragraph()
        elif name == "r":
            if self._open:
                self._open[-1].hidden_runs.append(False)
        elif name in _BREAKS:
            # The definition of a tab stop is called like the tab itself, but has a position.
            if not attribute(attributes, "pos"):
                self._collect(" ")
        elif name == "noBreakHyphen":
            self._collect("-")
        elif name == "sym":
            self._collect(_symbol(attribute(attributes, "char")))
        elif name == "vanish":
            if self._open and self._open[-1].hidden_runs and attribute(attributes, "val") not in OFF:
                self._open[-1].hidden_runs[-1] = True
        elif name in _INSERTED:
            self._inserted += 1
        elif name in _DELETED:
            self._deleted += 1
        elif name == "tbl":
            self._start_table()
        elif name == "tr" and self._tables:
            if len(self._tables) == 1:
                self.rows += 1
                self._tables[0] = Row()
        elif name == "tc" and len(self._tables) == 1 and self._tables[0]:
            self._tables[0].cells.append([])
        elif name in {"txbxContent", "textbox"}:
            self._boxes += 1
        if attributes:
            self._describe(name, attributes)

    def end(self, name: str) -> None:
        if name == self._sink:
            self._sink = ""
        elif name == "p":
            self._end_paragraph()
        elif name == "r":
            if self._open and self._open[-1].hidden_runs:
                self._open[-1].hidden_runs.pop()
        elif name in _INSERTED:
            self._inserted -= 1
        elif name in _DELETED:
            self._deleted -= 1
        elif name == "tr" and len(self._tables) == 1:
            self._end_row()
        elif name == "tbl" and self._tables:
            if len(self._tables) == 1:
                self._end_row()
            self._tables.pop()
        elif name in {"txbxContent", "textbox"}:
            self._boxes -= 1
        if self._loose:
            self.add(self.place(), "".join(self._loose))
            self._loose = []

    def text(self, text: str) -> None:
        if self._sink in _TEXTS:
            self._collect(text)
        elif self._sink in _CODES and self._open:
            self._open[-1].codes.append(text)
        elif self._sink not in _MEASURES and not text.isspace():
            self._loose.append(text)

    # Their parts

    def _collect(self, text: str) -> None:
        if not self._open:
            if text.strip():
                self._loose.append(text)
            return
        paragraph = self._open[-1]
        is_hidden = bool(paragraph.hidden_runs and paragraph.hidden_runs[-1])
        paragraph.runs.append(Run(text, is_hidden, self._deleted > 0, self._inserted > 0))

    def _start_paragraph(self) -> None:
        if self._boxes and self._open:
            where = self._open[-1].where
            where = where if where.startswith("textruta") else f"textruta i {where}"
        elif self._tables:
            where = self.place()
        else:
            self.paragraphs += 1
            where = self._in_scope(f"stycke {self.paragraphs}") if self.is_counted else self.scope
        self._open.append(Paragraph(where))

    def _end_paragraph(self) -> None:
        if not self._open:
            return
        pieces = self._open.pop().pieces()
        if pieces and not self._open:
            self._over_break(pieces)
        row = self._tables[0] if self._tables else None
        for piece in pieces:
            if row and row.cells and not self._boxes:
                row.cells[-1].append(piece)
            else:
                self.add(piece.where, piece.text, told=piece.told)

    def _over_break(self, pieces: list[Piece]) -> None:
        """Hand over the end of the paragraph before with the beginning of this one."""
        last, self._last = self._last, Piece(pieces[0].where.removesuffix(INSERTED), shown_in(pieces))
        joined = over_break(last.text, self._last.text)
        if joined:
            self.add(last.where, joined, told=last.text)

    def _start_table(self) -> None:
        if not self._tables:
            self.tables += 1
            self.rows = 0
            self._grid = Grid()
        self._tables.append(None)

    def _end_row(self) -> None:
        """Hand over the cells of a row, each with what its heading and its neighbours say of it."""
        row, self._tables[0] = self._tables[0], None
        if not row:
            return
        texts = [(number, shown_in(pieces)) for number, pieces in enumerate(row.cells)]
        where = self._in_scope(f"tabell {self.tables}, rad {self.rows}")
        for cell in self._grid.read([(number, text) for number, text in texts if text]):
            if cell.first != cell.last:
                self.add(where, cell.text, context=cell.context)
                continue
            for number, piece in enumerate(row.cells[cell.first]):
                row.cells[cell.first][number] = replace(piece, context=cell.context)
        for pieces in row.cells:
            for piece in pieces:
                self.add(piece.where, piece.text, context=piece.context, told=piece.told)

    def _describe(self, name: str, attributes: Attributes) -> None:
        if name in _DESCRIBED:
            words = [attribute(attributes, key) for key in ("name", "title", "descr", "alt")]
            if any(words):
                self.add(f"alternativtext i {self.place() or 'dokumentet'}", ". ".join(filter(None, words)))
        for key in _NAMED.get(name, ()):
            self.add(self._in_scope_of_fields(), attribute(attributes, key))
        for key, value in attributes.items():
            # Of a comment, of each tracked change and of each changed setting.
            if key.endswith(("author", "initials")) and value not in self._authors:
                self._authors.add(value)
                self.add(f"{self.place() or 'dokumentet'}, namnet på den som skrivit", value)

    def _in_scope_of_fields(self) -> str:
        place = self.place()
        return f"{place}, fält" if place else "fält"


def _symbol(code: str) -> str:
    """A character of a symbol font, whose codes stand 0xF000 above those of letters."""
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    number = number - 0xF000 if 0xF020 <= number <= 0xF0FF else number
    return chr(number) if 32 <= number < 0xD800 else ""
