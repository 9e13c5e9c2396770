"""Reads the cells of an Excel workbook, and the styles and shared texts that they refer to."""

import re

from .all_text import texts_of
from .grid import Grid, column_number, is_of_cases, is_of_persons, place_of_cell, whole_number
from .markup import OFF, Attributes, Walker, attribute
from .passages import TOO_LARGE, Budget, Unreadable

MAX_TEXTS = 400_000
_TEN_PLACES = re.compile(r"0{6}\D{0,3}0{4}|0{10}|0{8}\D{0,3}0{4}")
_QUOTED_FORMAT = re.compile(r'"[^"]*"|\\.')


class Styles(Walker):
    """Reads the styles, and notes those that write numbers with ten or twelve digits, as persons' numbers."""

    def __init__(self, budget: Budget) -> None:
        super().__init__(budget)
        self.with_ten_places: set[int] = set()
        self._formats: set[str] = set()
        self._in_cells = False
        self._number = 0

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "numFmt":
            code = attribute(attributes, "formatCode")
            self.add("ett talformat", code)
            if _TEN_PLACES.search(_QUOTED_FORMAT.sub("", code.replace("\\-", "-"))):
                self._formats.add(attribute(attributes, "numFmtId"))
        elif name == "cellXfs":
            self._in_cells = True
        elif name == "xf" and self._in_cells:
            if attribute(attributes, "numFmtId") in self._formats:
                self.with_ten_places.add(self._number)
            self._number += 1

    def end(self, name: str) -> None:
        if name == "cellXfs":
            self._in_cells = False


class SharedTexts(Walker):
    """The texts that cells refer to by number, and which of them a cell has used."""

    def __init__(self, budget: Budget) -> None:
        super().__init__(budget)
        self.found: list[str] = []
        self.used: set[int] = set()
        self._text: list[str] = []
        self._is_text = False

    def start(self, name: str, attributes: Attributes) -> None:
        self._is_text = name == "t"

    def text(self, text: str) -> None:
        if self._is_text:
            self._text.append(text)

    def end(self, name: str) -> None:
        self._is_text = False
        if name == "si":
            self.found.append(self.budget.take("".join(self._text)))
            self._text = []
            if len(self.found) > MAX_TEXTS:
                raise Unreadable(TOO_LARGE)

    def use(self, number: str) -> str:
        """The text with this number, marked as used; "" if there is none."""
        index = int(number) if number.isdecimal() else -1
        if not 0 <= index < len(self.found):
            return ""
        self.used.add(index)
        return self.found[index]


class SheetText(Walker):
    """The cells of a sheet, row by row, and the texts around them."""

    def __init__(self, budget: Budget, place: str, texts: SharedTexts, styles: Styles) -> None:
        super().__init__(budget)
        self._place, self._texts, self._styles = place, texts, styles
        self._grid = Grid()
        self._hidden_columns: list[tuple[int, int]] = []
        self._row = self._column = 0
        self._is_hidden_row = False
        self._cells: list[tuple[int, str]] = []
        self._numbers: set[int] = set()  # the columns of this row that hold a number
        self._type = ""
        self._has_ten_places = False
        self._value: list[str] = []
        self._formula: list[str] = []
        self._sink: list[str] | None = None
        self._loose: list[str] = []

    def start(self, name: str, attributes: Attributes) -> None:
        if name in ("c", "cell"):  # of a sheet, and of the copy of a linked workbook
            self._start_cell(attributes)
        elif name in ("v", "t"):
            self._sink = self._value
        elif name == "f":
            self._sink = self._formula
        elif name == "row":
            number = attributes.get("r", "")
            self._row = int(number) if number.isdigit() else self._row + 1
            self._is_hidden_row = attributes.get("hidden", "0") not in OFF
            self._column = 0
        elif name == "col":
            first, last = attribute(attributes, "min"), attribute(attributes, "max")
            if attributes.get("hidden", "0") not in OFF and first.isdigit() and last.isdigit():
                self._hidden_columns.append((int(first), int(last)))
        elif attributes:
            for _, value in texts_of(name, attributes):
                self.add(self._around(name), value)

    def text(self, text: str) -> None:
        if self._sink is not None:
            self._sink.append(text)
        elif not text.isspace():
            self._loose.append(text)

    def end(self, name: str) -> None:
        if name in ("v", "t", "f"):
            self._sink = None
        elif name in ("c", "cell"):
            self._end_cell()
        elif name == "row":
            self._end_row()
        if self._loose:
            self.add_formula(self._around(name), "".join(self._loose))
            self._loose = []

    def _around(self, name: str) -> str:
        if name.endswith(("Header", "Footer")):
            side = "sidhuvudet" if name.endswith("Header") else "sidfoten"
            return f"{side} i {self._place}"
        return self._place

    def _start_cell(self, attributes: Attributes) -> None:
        self._column = column_number(attributes.get("r", "")) or self._column + 1
        self._type = attributes.get("t", "")
        style = attributes.get("s", "")
        self._has_ten_places = style.isdigit() and int(style) in self._styles.with_ten_places

    def _end_cell(self) -> None:
        text = "".join(self._value)
        if self._formula:
            self.add_formula(f"{self._place_of_cell(self._column)}, formel", "".join(self._formula))
            self._formula = []
        self._value = []
        self._sink = None
        if not text or self._type in {"b", "e"}:
            return
        if self._type == "s":
            text = self._texts.use(text)
        elif self._type in {"", "n"}:
            text = whole_number(text)
            if text and self._has_ten_places:
                text = text.zfill(10)
            if text:
                self._numbers.add(self._column)
        if text:
            self._cells.append((self._column, text))

    def _end_row(self) -> None:
        cells, numbers = self._cells, self._numbers
        self._cells, self._numbers = [], set()
        for cell in self._grid.read(cells):
            # Most cells: a number too short to be a person's, of interest only if the heading makes it a case number.
            is_sum = cell.first in numbers and cell.first == cell.last and len(cell.text) < 10
            if is_sum and not is_of_cases(cell.context):
                continue
            self.add(self._place_of_cell(cell.first, cell.last), cell.text, context=cell.context)

    def _place_of_cell(self, first: int, last: int = 0) -> str:
        hidden = self._hidden_columns
        hides_column = bool(hidden) and any(low <= first <= high for low, high in hidden)
        return place_of_cell(
            self._place, self._row, first, last, hides_row=self._is_hidden_row, hides_column=hides_column
        )


class PivotValues(Walker):
    """Copies of cells that a workbook keeps behind a pivot table, with the names of their columns."""

    def __init__(self, budget: Budget, place: str) -> None:
        super().__init__(budget)
        self._place = place
        self._field = ""

    def start(self, name: str, attributes: Attributes) -> None:
        value = attribute(attributes, "v")
        if name == "cacheField":
            self._field = attribute(attributes, "name")
            self.add(self._place, self._field)
        elif name in {"s", "n"}:
            value = whole_number(value) if name == "n" else value
            if name == "n" and value and is_of_persons(self._field):
                value = value.zfill(10)
            self.add(self._place, value, context=self._field)

    def text(self, text: str) -> None:
        self.add(self._place, text, context=self._field)
