"""Reads what a content stream draws: its strings, each with its place, and how much its pictures cover.

A library takes 110 ms for a dense page and gives one reading; here places are kept, for `layout`.
"""

import re
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from .fonts import Letters
from .objects import HEX, SPACE, STRING

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
MAX_SAVED = 10_000  # graphics states saved inside each other

# Possessive throughout, so that no input takes more than time linear to its length.
_NUMBER = rb"[-+]*+(?:\d++\.?+[\d-]*+|\.\d++)"
_ARRAY = rb"\[(?:[^\[\]()<>%]++|" + STRING + rb"|" + HEX + rb")*+\]"
_DICT0 = rb"<<(?:[^<>()%]++|" + STRING + rb"|" + HEX + rb")*+>>"
_DICT = rb"<<(?:[^<>()%]++|" + STRING + rb"|" + HEX + rb"|" + _DICT0 + rb")*+>>"


def _letter(group: bytes) -> bytes:
    """The pattern of a move and a string, as browsers print every letter. `group` opens its groups."""
    move = group + _NUMBER + rb")" + SPACE + rb"++" + group + _NUMBER + rb")" + SPACE + rb"++Td"
    return move + SPACE + rb"*+" + group + STRING + rb"|" + HEX + rb")" + SPACE + rb"*+Tj" + SPACE + rb"*+"


_LETTERS = re.compile(_letter(rb"("), re.DOTALL)
_STEP = re.compile(
    rb"(?P<letters>(?:" + _letter(rb"(?:") + rb")++)|"
    rb"(?P<numbers>(?:" + _NUMBER + SPACE + rb"*+)*+)(?:"
    rb"(?P<text>" + STRING + rb"|" + HEX + rb"|" + _ARRAY + rb")" + SPACE + rb"*+(?P<shown>Tj)?+"
    rb"|(?P<word>[A-Za-z'\"][A-Za-z0-9*'\"]*+)"
    rb"|(?P<name>/[^\x00\t\n\f\r /<>\[\]()%{}]*+)"
    rb"|(?P<dict>" + _DICT + rb")"
    rb"|%[^\r\n]*+"
    rb"|)" + SPACE + rb"*+",
    re.DOTALL,
)
_ITEM = re.compile(rb"(?P<text>" + STRING + rb"|" + HEX + rb")|(?P<number>" + _NUMBER + rb")", re.DOTALL)
_END_OF_IMAGE = re.compile(rb"[\x00\t\n\f\r ]EI(?![^\x00\t\n\f\r ])")
_ALTERNATIVE = re.compile(rb"/(?:ActualText|Alt|E)" + SPACE + rb"*+(" + STRING + rb"|" + HEX + rb")", re.DOTALL)


class Run(NamedTuple):
    """A string on a line. Places are in points along and across the direction of writing."""

    text: str
    start: float
    end: float
    across: float
    size: float
    turn: tuple[float, float]  # the direction of writing, as a unit vector
    space: float  # the least gap that is a space
    is_hidden: bool  # drawn with no ink, as under a scanned page


class Drawing(NamedTuple):
    """An object that is drawn in its turn, such as a form or a picture."""

    name: str
    matrix: Matrix


# The properties of marked content that is to be read as nothing, or as a soft hyphen.
_SOFT = re.compile(rb"/ActualText" + SPACE + rb"*+(?:\(\)|<(?:[Ff][Ee][Ff][Ff](?:00[Aa][Dd])?)?>|\(\xfe\xff\x00\xad\))")


@dataclass
class Canvas:
    """What was drawn, by one stream or by several on the same page."""

    runs: list[Run] = field(default_factory=list)
    alternatives: list[bytes] = field(default_factory=list)  # alternative texts, as written in the file
    soft: set[int] = field(default_factory=set)  # the runs that stand for nothing, such as a soft hyphen
    pictures: dict[int, float] = field(default_factory=dict)  # square points that each covers, by its number
    curves: int = 0
    photographs: list[bytes] = field(default_factory=list)  # the beginnings of those with metadata
    forms: int = 0
    is_damaged: bool = False

    def cover(self, number: int, size: float) -> None:
        self.pictures[number] = self.pictures.get(number, 0.0) + size


class Content:
    """Reads one content stream onto a canvas. `fonts` gives the letters of a font by its name in the resources."""

    def __init__(self, fonts: Callable[[str], Letters], canvas: Canvas, matrix: Matrix = IDENTITY) -> None:
        self._canvas = canvas
        self._fonts = fonts
        self._here = matrix
        self._saved: list[tuple[Matrix, Letters, tuple[float, float, float, float, float, float]]] = []
        self._letters = Letters(None)
        self._size, self._leading, self._glyph_gap, self._word_gap, self._stretch = 12.0, 0.0, 0.0, 0.0, 1.0
        self._mode = 0.0
        self._properties = b""  # the last dictionary
        self._marks: list[int] = []  # where the runs of a marked part begin, or -1 if they stand for something
        self._text: Matrix = IDENTITY
        self._line: Matrix = IDENTITY
        self._turn_of: tuple[float, ...] = ()
        self._turn: tuple[float, float] = (1.0, 0.0)
        self._parts: list[str] = []  # of the run that is being drawn
        self._advance = 0.0  # from the beginning of the line to the end of what was drawn on it
        self._is_fresh = True  # nothing was drawn on the line
        self._moves: float | None = None  # moves not yet made, while letters join each other
        self._start = self._end = self._across = self._drawn_size = 0.0
        self._along_scale = self._size_scale = 1.0

    def read(self, data: bytes, tick: Callable[[], None]) -> Iterator[Drawing]:
        """Read the stream and yield the objects that it draws by name. `tick` is called now and then."""
        self._canvas.curves += data.count(b" c\n") + data.count(b" c ") + data.count(b" c\r")
        position: int | None = 0
        while position is not None:
            position = yield from self._read_from(data, position, tick)

    def _read_from(self, data: bytes, position: int, tick: Callable[[], None]) -> Generator[Drawing, None, int | None]:
        """Read up to the next picture in the stream, and give the place after it, or None at the end."""
        text, name = b"", b""
        for count, step in enumerate(_STEP.finditer(data, position)):
            if count % 50_000 == 0:
                tick()
            kind = step.lastgroup
            if kind == "letters":
                self._show_letters(step["letters"])
                continue
            if kind == "shown":
                self._show(step["text"])
                continue
            if kind == "text":
                text = step["text"]
                continue
            if kind == "name":
                name = step["name"]
                continue
            if kind == "dict":
                self._properties = step["dict"]
                found = (alternative[1] for alternative in _ALTERNATIVE.finditer(self._properties))
                self._canvas.alternatives.extend(found)
                continue
            if kind != "word":
                continue
            word = step["word"]
            if word == b"Td":
                self._move(*_numbers(step["numbers"], 2))
            elif word == b"TJ":
                self._show_all(text)
            elif word == b"Do":
                self._close()
                yield Drawing(_name(name), self._here)
            elif word == b"BI":
                self._close()
                self._canvas.cover(0, area(self._here))
                end = _END_OF_IMAGE.search(data, step.end())
                return end.end() if end else None
            elif word in _HANDLERS:
                _HANDLERS[word](self, _numbers(step["numbers"], 6), name, text)
        self._close()
        return None

    def _move(self, x: float, y: float) -> None:
        a, b, c, d, e, f = self._line
        self._line = self._text = (a, b, c, d, e + x * a + y * c, f + x * b + y * d)
        self._is_fresh = True

    def _show_letters(self, steps: bytes) -> None:
        """Show strings with moves between them. A string close behind on the same line joins the current run."""
        for x, y, token in _LETTERS.findall(steps):
            move = _number(x)
            size = abs(self._size)
            is_close = -0.05 * size <= move - self._advance <= 0.1 * size
            if y == b"0" and is_close and self._parts and not self._is_fresh:
                text, self._advance = self._measure(token)
                self._parts.append(text)
                self._moves = (self._moves or 0.0) + move
            else:
                self._catch_up()
                self._move(move, _number(y))
                self._show(token)
        self._catch_up()

    def _catch_up(self) -> None:
        """Move to where the last of the joined letters ended."""
        if self._moves is not None:
            width, moves, self._moves = self._advance, self._moves, None
            self._move(moves, 0.0)
            self._end = self._along() + width * self._along_scale
            self._forward(width)

    def _show_all(self, array: bytes) -> None:
        """The strings of an array with the gaps between them, as one run."""
        if not array.startswith(b"["):
            self._show(array)
            return
        parts: list[str] = []
        width, gap = 0.0, self._letters.space * 0.6
        for item in _ITEM.finditer(array):
            if item.lastgroup == "text":
                text, advance = self._measure(item["text"])
                parts.append(text)
                width += advance
            else:
                moved = -_number(item["number"]) / 1000
                if moved > gap and parts:
                    parts.append(" ")
                width += moved * self._size * self._stretch
        self._place("".join(parts), width)

    def _show(self, text: bytes) -> None:
        self._place(*self._measure(text))

    def _measure(self, token: bytes) -> tuple[str, float]:
        shown = self._letters.read(token)
        width = shown.width * self._size + shown.glyphs * self._glyph_gap + shown.spaces * self._word_gap
        return shown.text, width * self._stretch

    def _place(self, text: str, width: float) -> None:
        a, b, c, d, e, f = self._text
        A, B, C, D, E, F = self._here
        if self._turn_of != (a, b, c, d, A, B, C, D):
            self._close()
            self._turn_of = (a, b, c, d, A, B, C, D)
            x, y = a * A + b * C, a * B + b * D
            self._along_scale = (x * x + y * y) ** 0.5
            length = self._along_scale or 1.0
            self._turn = (round(x / length, 2), round(y / length, 2))
            x, y = c * A + d * C, c * B + d * D
            self._size_scale = (x * x + y * y) ** 0.5
        ux, uy = self._turn
        x, y = e * A + f * C + E, e * B + f * D + F
        if text:
            start, across, size = x * ux + y * uy, y * ux - x * uy, abs(self._size) * self._size_scale
            gap = start - self._end
            if across != self._across or size != self._drawn_size or not -0.05 * size <= gap <= 0.1 * size:
                self._close()
                self._start, self._across, self._drawn_size = start, across, size
            self._parts.append(text)
            self._end = start + width * self._along_scale
        self._forward(width)

    def _along(self) -> float:
        """Where the pen is, along the direction of writing."""
        e, f = self._text[4:]
        A, B, C, D, E, F = self._here
        return (e * A + f * C + E) * self._turn[0] + (e * B + f * D + F) * self._turn[1]

    def _forward(self, width: float) -> None:
        a, b, c, d, e, f = self._text
        self._text = (a, b, c, d, e + width * a, f + width * b)
        self._advance = width if self._is_fresh else self._advance + width
        self._is_fresh = False

    def _close(self) -> None:
        """End the run that is being drawn: what follows does not join it."""
        if not self._parts:
            return
        size = self._drawn_size
        is_sane = all(-1e9 < number < 1e9 for number in (self._start, self._end, self._across, size))
        places = (self._start, self._end, self._across, size) if is_sane else (0.0, 0.0, 0.0, 0.0)
        space = self._letters.space * places[3] * 0.6
        self._canvas.runs.append(Run("".join(self._parts), *places, self._turn, space, self._mode == 3))
        self._parts = []

    # The operators that `_read_from` does not handle itself.

    def _begin_marked(self, numbers: list[float], name: bytes, text: bytes) -> None:
        self._close()
        if len(self._marks) < MAX_SAVED:
            self._marks.append(len(self._canvas.runs) if _SOFT.search(self._properties) else -1)
        self._properties = b""

    def _end_marked(self, numbers: list[float], name: bytes, text: bytes) -> None:
        self._close()
        start = self._marks.pop() if self._marks else -1
        if start >= 0:
            self._canvas.soft.update(range(start, len(self._canvas.runs)))

    def _begin(self, numbers: list[float], name: bytes, text: bytes) -> None:
        self._text = self._line = IDENTITY
        self._is_fresh = True

    def _set_matrix(self, numbers: list[float], name: bytes, text: bytes) -> None:
        self._text = self._line = _matrix(numbers)
        self._is_fresh = True

    def _transform(self, numbers: list[float], name: bytes, text: bytes) -> None:
        self._here = times(_matrix(numbers), self._here)
        self._is_fresh = True

    def _save(self, numbers: list[float], name: bytes, text: bytes) -> None:
        if len(self._saved) < MAX_SAVED:
            gaps = (self._size, self._leading, self._glyph_gap, self._word_gap, self._stretch, self._mode)
            self._saved.append((self._here, self._letters, gaps))

    def _restore(self, numbers: list[float], name: bytes, text: bytes) -> None:
        if self._saved:
            self._close()
            self._is_fresh = True
            self._here, self._letters, gaps = self._saved.pop()
            self._size, self._leading, self._glyph_gap, self._word_gap, self._stretch, self._mode = gaps

    def _set_font(self, numbers: list[float], name: bytes, text: bytes) -> None:
        self._close()
        self._letters, self._size = self._fonts(_name(name)), numbers[-1]

    def _set_gap(self, numbers: list[float], name: bytes, text: bytes) -> None:
        self._glyph_gap = numbers[-1]

    def _set_word_gap(self, numbers: list[float], name: bytes, text: bytes) -> None:
        self._word_gap = numbers[-1]

    def _set_stretch(self, numbers: list[float], name: bytes, text: bytes) -> None:
        self._stretch = numbers[-1] / 100

    def _set_leading(self, numbers: list[float], name: bytes, text: bytes) -> None:
        self._leading = numbers[-1]

    def _set_mode(self, numbers: list[float], name: bytes, text: bytes) -> None:
        self._close()
        self._mode = numbers[-1]

    def _move_and_lead(self, numbers: list[float], name: bytes, text: bytes) -> None:
        self._leading = -numbers[-1]
        self._move(numbers[-2], numbers[-1])

    def _next_line(self, numbers: list[float], name: bytes, text: bytes) -> None:
        self._move(0.0, -self._leading)

    def _show_on_next(self, numbers: list[float], name: bytes, text: bytes) -> None:
        self._move(0.0, -self._leading)
        self._show(text)


_HANDLERS: dict[bytes, Callable[[Content, list[float], bytes, bytes], None]] = {
    b"BT": Content._begin,
    b"BMC": Content._begin_marked,
    b"BDC": Content._begin_marked,
    b"EMC": Content._end_marked,
    b"Tm": Content._set_matrix,
    b"cm": Content._transform,
    b"q": Content._save,
    b"Q": Content._restore,
    b"Tf": Content._set_font,
    b"Tc": Content._set_gap,
    b"Tw": Content._set_word_gap,
    b"Tz": Content._set_stretch,
    b"TL": Content._set_leading,
    b"Tr": Content._set_mode,
    b"TD": Content._move_and_lead,
    b"T*": Content._next_line,
    b"'": Content._show_on_next,
    b'"': Content._show_on_next,
}


def times(first: Matrix, then: Matrix) -> Matrix:
    """Two transformations, one after the other, as one."""
    a, b, c, d, e, f = first
    A, B, C, D, E, F = then
    return (a * A + b * C, a * B + b * D, c * A + d * C, c * B + d * D, e * A + f * C + E, e * B + f * D + F)


def area(matrix: Matrix) -> float:
    """How much of the page a picture covers, since pictures are one by one before they are transformed."""
    return abs(matrix[0] * matrix[3] - matrix[1] * matrix[2])


def _matrix(numbers: list[float]) -> Matrix:
    a, b, c, d, e, f = numbers
    return (a, b, c, d, e, f)


def _number(digits: bytes) -> float:
    try:
        number = float(digits)
    except ValueError:
        return 0.0
    return number if -1e9 < number < 1e9 else 0.0


def _numbers(digits: bytes, count: int) -> list[float]:
    """The last numbers before an operator, with zeros for what is missing."""
    try:
        found = list(map(float, digits.split()))
    except ValueError:
        found = []
    if len(found) == count and max(found) < 1e9 and min(found) > -1e9:
        return found
    found = [_number(number) for number in digits[-400:].replace(b"\x00", b" ").split()[-count:]]
    return [0.0] * (count - len(found)) + found


def _name(name: bytes) -> str:
    """A name with its slash but without its escapes, as the library spells it."""
    if b"#" in name:
        name = re.sub(rb"#([0-9A-Fa-f]{2})", lambda code: bytes.fromhex(code[1].decode()), name)
    return name.decode("utf-8", "replace")
