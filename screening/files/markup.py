"""Reads XML as a stream of elements, and takes the text alone out of XML that need not be valid, such as XMP.

No tree is built, and no entities or document types are read.
"""

import html
import re
from collections.abc import Iterable, Iterator
from typing import ClassVar
from xml.parsers import expat

from .grid import literals_joined
from .package import BROKEN
from .passages import DAMAGED, TOO_LARGE, TOO_MUCH_MEMORY, Budget, Fault, Passage, Unreadable

MAX_DEPTH = 500
_MAX_TOKEN = 2_000_000  # bytes of one tag; a larger one is parsed again for each chunk
_NO_MEMORY = expat.errors.codes[expat.errors.XML_ERROR_NO_MEMORY]
_TAG = re.compile(r"<[^<>]*+>")
_VALUE = re.compile(r"""=\s*+(?:"([^"<>]*+)"|'([^'<>]*+)')""")
_ID_OR_TIME = re.compile(
    r"(?:uuid|xmp\.[di]id|adobe:docid)[:\w.-]*+|[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}"
    r"|\d{4}-\d\d-\d\dT\d\d:\d\d[\d:.Z+-]*+|D:\d{8,14}[\d'Z+-]*+"
)
_SMALL_PICTURE = re.compile(r"<xmpGImg:image>[^<]*+</xmpGImg:image>")

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


def text_of_xml(data: bytes) -> str:
    """Extracts the text of XML, a line for each text and each attribute.

    Ids of files and timestamps are left out: their digits are nobody's number.
    """
    markup = data.decode("utf-16" if data[:2] in (b"\xfe\xff", b"\xff\xfe") else "utf-8", "replace")
    markup = _SMALL_PICTURE.sub("", markup)
    said = [html.unescape(part) for part in _TAG.split(markup)]
    said += [html.unescape(value[1] or value[2] or "") for value in _VALUE.finditer(markup)]
    return _ID_OR_TIME.sub("", "\n".join(part.strip() for part in said if part.strip()))


def text_of_rich_text(markup: str) -> str:
    """Extracts the text of rich text; formatting inside a word or a number does not split it."""
    breaks = re.sub(r"</p>|<br\s*+/?>|</li>", "\n", markup)
    return html.unescape(_TAG.sub("", breaks))


def is_id_or_time(text: str) -> bool:
    """Whether a text is nothing but the id of a file or a timestamp."""
    return bool(_ID_OR_TIME.fullmatch(text.strip()))
