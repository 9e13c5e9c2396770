"""Reads XML as a stream, element by element. No tree is built, and no entities or document types are read."""

from collections.abc import Iterable, Iterator
from typing import ClassVar
from xml.parsers import expat

from .formulas import literals_joined
from .package import BROKEN
from .passages import DAMAGED, TOO_LARGE, TOO_MUCH_MEMORY, Budget, Fault, Passage, Unreadable

MAX_DEPTH = 500
_MAX_TOKEN = 2_000_000  # bytes of one tag; a larger one is parsed again for each chunk
_NO_MEMORY = expat.errors.codes[expat.errors.XML_ERROR_NO_MEMORY]

Attributes = dict[str, str]
OFF = frozenset({"0", "false", "off"})  # attribute values that mean no


class _ForbiddenError(Exception):
    """The XML has what no office program writes: a document type, or elements too deep inside each other."""


class Walker:
    """Visits the elements of one part in order and collects passages. Element names come without prefix."""

    _local: ClassVar[dict[str, str]] = {}

    def __init__(self, budget: Budget) -> None:
        self.budget = budget
        self.out: list[Passage] = []
        self.depth = 0

    def start(self, name: str, attributes: Attributes) -> None: ...

    def end(self, name: str) -> None: ...

    def text(self, text: str) -> None: ...

    def add(self, where: str, text: str, *, context: str = "", fuller_than: str = "") -> None:
        if text and not text.isspace():
            self.hand_over(Passage(where, text, context, fuller_than=fuller_than))

    def hand_over(self, passage: Passage) -> None:
        """Hand over a passage as it is, and count it."""
        self.budget.take(passage.text)
        self.out.append(passage)

    def add_formula(self, where: str, formula: str) -> None:
        """Add a formula, and each text that its adjacent literals join to."""
        self.add(where, formula)
        for text in literals_joined(formula):
            self.add(where, text, fuller_than=formula)

    def take_out(self) -> list[Passage]:
        out, self.out = self.out, []
        return out

    def start_raw(self, name: str, attributes: Attributes) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise _ForbiddenError
        self.start(self._local.get(name) or self._short(name), attributes)

    def end_raw(self, name: str) -> None:
        self.depth -= 1
        self.end(self._local.get(name) or self._short(name))

    def _short(self, name: str) -> str:
        short = name.rpartition(":")[2]
        if len(self._local) < 5000:
            self._local[name] = short
        return short


def attribute(attributes: Attributes, name: str) -> str:
    """The value of an attribute, whatever its prefix; "" if it is not there."""
    if name in attributes:
        return attributes[name]
    for key, value in attributes.items():
        if key.rpartition(":")[2] == name:
            return value
    return ""


def walk(chunks: Iterable[bytes], walker: Walker) -> Iterator[Passage | Fault]:
    """Parse XML with the walker and yield its passages, then a fault if the XML cannot be read to its end."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = walker.start_raw
    parser.EndElementHandler = walker.end_raw
    parser.CharacterDataHandler = walker.text
    parser.StartDoctypeDeclHandler = _forbid
    fed = 0
    fault = ""
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
            fed += len(chunk)
            if fed - parser.CurrentByteIndex > _MAX_TOKEN:
                raise Unreadable(TOO_LARGE)
            yield from walker.take_out()
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        fault = TOO_MUCH_MEMORY if error.code == _NO_MEMORY else DAMAGED
    except (_ForbiddenError, LookupError, *BROKEN):  # also letters of an unknown encoding
        fault = DAMAGED
    except Unreadable:
        yield from walker.take_out()
        raise
    yield from walker.take_out()
    if fault:
        yield Fault(fault)


DOCTYPE = "!DOCTYPE"  # given instead of the root: its entities could expand past any limit


def root_of(head: bytes) -> str:
    """The name of the outermost element, from the beginning of the part; "" if it is not XML."""
    found: list[str] = []
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda name, _: found.append(name)
    parser.StartDoctypeDeclHandler = _forbid
    try:
        parser.Parse(head, False)
    except _ForbiddenError:
        return DOCTYPE
    except (expat.ExpatError, LookupError):
        pass  # perhaps after the root, which is then known
    return found[0].rpartition(":")[2] if found else ""


def _forbid(*_: object) -> None:
    raise _ForbiddenError
