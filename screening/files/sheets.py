"""The parts of a workbook. Plain Python: no Django."""

import re
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from .formulas import put_together
from .grid import Grid, is_of_cases, is_of_persons
from .markup import Attributes, Walker, attribute
from .pieces import TOO_LARGE, Budget, Unreadable, quoted

MAX_TEXTS = 400_000
_COLUMN = re.compile(r"\$?([A-Za-z]{1,3})\$?\d*")
_TEN_PLACES = re.compile(r"0{6}\D{0,3}0{4}|0{10}|0{8}\D{0,3}0{4}")
_QUOTED_FORMAT = re.compile(r'"[^"]*"|\\.')
HIDDEN_SHEET = " (dolt blad)"
OFF = frozenset({"", "0", "false", "off"})
_WORDED = {
    "dataValidation": ("prompt", "promptTitle", "error", "errorTitle"),
    "hyperlink": ("tooltip", "location", "display"),
    "protectedRange": ("name",),
    "scenario": ("name", "comment"),
    "inputCells": ("val",),
    "customPr": ("name",),
    "sheetPr": ("codeName",),
    "filter": ("val",),
    "customFilter": ("val",),
}


class Workbook(Walker):
    """Names of sheets and of ranges."""

    def __init__(self, budget: Budget) -> None:
        super().__init__(budget)
        self.sheets: dict[str, tuple[str, bool]] = {}  # by the relation's id: the name, and whether it is hidden
        self._name = ""
        self._text: list[str] = []

    def start(self, name: str, attributes: Attributes) -> None:
        self._text = []
        if name == "sheet":
            called = attribute(attributes, "name")
            key = next((value for name, value in attributes.items() if name.endswith(":id")), "")
            self.sheets[key] = (called, attribute(attributes, "state") in {"hidden", "veryHidden"})
            self.add("ett blads namn", called)
        elif name == "definedName":
            self._name = attribute(attributes, "name")
            self.add("ett definierat namn", self._name)
            self.add(f"definierat namn {quoted(self._name)}", attribute(attributes, "comment"))
        elif name == "fileSharing":
            self.add("arbetsbokens inställningar", attribute(attributes, "userName"))

    def text(self, text: str) -> None:
        self._text.append(text)

    def end(self, name: str) -> None:
        if name == "definedName":
            value, place = "".join(self._text), f"definierat namn {quoted(self._name)}"
            self.add(place, value)
            for text in put_together(value):
                self.add(place, text, told=value)
        elif self._text:
            self.add("arbetsbokens inställningar", "".join(self._text))
        self._text = []


class Styles(Walker):
    """Which styles write a number in the ten or twelve places of a person's."""

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
    """The texts that cells refer to by number."""

    def __init__(self, budget: Budget) -> None:
        super().__init__(budget)
        self.found: list[str] = []
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


class SheetText(Walker):
    """The cells of a sheet, row by row, and the words around them."""

    def __init__(self, budget: Budget, place: str, texts: list[str], styles: Styles, used: set[int]) -> None:
        super().__init__(budget)
        self._place, self._texts, self._styles, self._used = place, texts, styles, used
        self._shown_place = place.replace(HIDDEN_SHEET, "")
        self._hidden_place = HIDDEN_SHEET if HIDDEN_SHEET in place else ""
        self._grid = Grid()
        self._hidden_columns: list[tuple[int, int]] = []
        self._row = 0
        self._is_hidden_row = False
        self._cells: list[tuple[int, str]] = []
        self._numbers: set[int] = set()
        self._column = 0
        self._type = ""
        self._has_ten_places = False
        self._value: list[str] = []
        self._formula: list[str] = []
        self._sink: list[str] | None = None
        self._loose: list[str] = []

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "c":
            self._start_cell(attributes)
        elif name in ("v", "t"):
            self._sink = self._value
        elif name == "f":
            self._sink = self._formula
        elif name == "row":
            number = attributes.get("r", "")
            self._row = int(number) if number.isdigit() else self._row + 1
            self._is_hidden_row = attributes.get("hidden", "") not in OFF
            self._column = 0
        elif name == "col":
            if attribute(attributes, "hidden") not in OFF:
                first, last = attribute(attributes, "min"), attribute(attributes, "max")
                if first.isdigit() and last.isdigit():
                    self._hidden_columns.append((int(first), int(last)))
        elif attributes:
            for key in _WORDED.get(name, ()):
                self.add(self._around(name), attribute(attributes, key))

    def text(self, text: str) -> None:
        if self._sink is not None:
            self._sink.append(text)
        elif not text.isspace():
            self._loose.append(text)

    def end(self, name: str) -> None:
        if name in ("v", "t", "f"):
            self._sink = None
        elif name == "c":
            self._end_cell()
        elif name == "row":
            self._end_row()
        if self._loose:
            self._add_formula(self._around(name), "".join(self._loose))
            self._loose = []

    def _add_formula(self, place: str, formula: str) -> None:
        self.add(place, formula)
        for text in put_together(formula):
            self.add(place, text, told=formula)

    def _around(self, name: str) -> str:
        if name.endswith(("Header", "Footer")):
            side = "sidhuvudet" if name.endswith("Header") else "sidfoten"
            return f"{side} i {self._place}"
        if name in {"dataValidation", "formula1", "formula2"}:
            return f"dataverifiering i {self._place}"
        return self._place

    def _start_cell(self, attributes: Attributes) -> None:
        address = attributes.get("r", "")
        self._column = column_number(address) or self._column + 1
        self._type = attributes.get("t", "")
        style = attributes.get("s", "")
        self._has_ten_places = style.isdigit() and int(style) in self._styles.with_ten_places

    def _end_cell(self) -> None:
        text = "".join(self._value)
        if self._formula:
            self._add_formula(f"{self._cell(self._column)}, formel", "".join(self._formula))
            self._formula = []
        self._value = []
        self._sink = None
        if not text or self._type in {"b", "e"}:
            return
        if self._type == "s":
            number = int(text) if text.isdecimal() else -1
            if not 0 <= number < len(self._texts):
                return
            self._used.add(number)
            text = self._texts[number]
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
            # Most cells of most sheets: a sum that can be nobody's number, unless the heading makes it a case.
            is_sum = cell.first in numbers and cell.first == cell.last and len(cell.text) < 10
            if is_sum and not is_of_cases(cell.context):
                continue
            self.add(self._cell(cell.first, cell.last), cell.text, context=cell.context)

    def _cell(self, first: int, last: int = 0) -> str:
        address = f"{column_letters(first)}{self._row}"
        if last > first:
            address += f"–{column_letters(last)}{self._row}"
        hidden = " (dold rad)" if self._is_hidden_row else ""
        if self._hidden_columns and any(low <= first <= high for low, high in self._hidden_columns):
            hidden += " (dold kolumn)"
        return f"{self._shown_place}, cell {address}{self._hidden_place}{hidden}"


class Comments(Walker):
    """Notes and threads, each with the cell that it hangs on."""

    def __init__(self, budget: Budget, place: str) -> None:
        super().__init__(budget)
        self._place = place
        self._cell = ""
        self._text: list[str] = []
        self._is_text = False

    def start(self, name: str, attributes: Attributes) -> None:
        if name in {"comment", "threadedComment"}:
            self._cell = attribute(attributes, "ref")
            self._text = []
        self._is_text = name in {"t", "text", "author"}

    def text(self, text: str) -> None:
        if self._is_text:
            self._text.append(text)

    def end(self, name: str) -> None:
        self._is_text = False
        if name in {"comment", "threadedComment", "author"}:
            cell = f", cell {quoted(self._cell)}" if self._cell else ""
            self.add(f"{self._place}{cell}", "".join(self._text))
            self._text = []


class TableNames(Walker):
    """The names of tables and of their columns, and their formulas."""

    def __init__(self, budget: Budget, place: str) -> None:
        super().__init__(budget)
        self._place = place

    def start(self, name: str, attributes: Attributes) -> None:
        for key in ("name", "displayName", "comment", "totalsRowLabel", "val"):
            self.add(self._place, attribute(attributes, key))

    def text(self, text: str) -> None:
        self.add(self._place, text)


class Values(Walker):
    """Copies of cells that the workbook keeps: behind a pivot table, or of another workbook."""

    def __init__(self, budget: Budget, place: str) -> None:
        super().__init__(budget)
        self._place = place
        self._field = ""
        self._type = ""
        self._text: list[str] = []

    def start(self, name: str, attributes: Attributes) -> None:
        if name in {"s", "n"}:
            self._value(attribute(attributes, "v"), is_number=name == "n")
        elif name == "cacheField":
            self._field = attribute(attributes, "name")
            self.add(self._place, self._field)
        elif name in {"sheetName", "definedName", "ddeItem"}:
            for key in ("val", "name", "refersTo"):
                self.add(self._place, attribute(attributes, key))
        elif name == "cell":
            self._type = attribute(attributes, "t")

    def text(self, text: str) -> None:
        self._text.append(text)

    def end(self, name: str) -> None:
        if self._text:
            self._value("".join(self._text), is_number=name == "v" and self._type in {"", "n"})
            self._text = []

    def _value(self, text: str, *, is_number: bool) -> None:
        text = whole_number(text) if is_number else text
        if is_number and text and is_of_persons(self._field):
            text = text.zfill(10)
        self.add(self._place, text, context=self._field)


def whole_number(text: str) -> str:
    """A number without power and decimals as its digits; "" for one that is not whole.

    Excel writes 198507099805 as 1.98507099805E11 when it likes to.
    """
    if text.isdecimal():
        return text
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        return text  # no number after all
    if not number.is_finite() or number.adjusted() > 20 or number != number.to_integral_value():
        return ""
    return str(int(number))


def column_number(address: str) -> int:
    return _number_of(address.rstrip("0123456789"))


@lru_cache(maxsize=1000)
def _number_of(letters: str) -> int:
    match = _COLUMN.match(letters)
    number = 0
    for letter in match[1].upper() if match else "":
        number = number * 26 + ord(letter) - 64
    return number


@lru_cache(maxsize=1000)
def column_letters(column: int) -> str:
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
