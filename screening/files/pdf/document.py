"""A pdf that is being read: its pages one by one, and what they draw."""

import io
import logging
from collections.abc import Iterator
from typing import Any, BinaryIO, Self, cast

from pypdf import PdfReader, overwrite_configuration
from pypdf.generic import ArrayObject, DictionaryObject, PdfObject, StreamObject

from ..limits import map_file
from ..passages import LOCKED, Budget, Unreadable
from .content import IDENTITY, Canvas, Content, Matrix, area, times
from .fonts import Letters
from .objects import LIMITS, dict_of, list_of, number_of, unpack, value_of

MAX_DEPTH = 30
MAX_REMEMBERED = 30_000  # bytes of a stream
MAX_FORMS = 2_000  # on one page; beyond them only forms that were not drawn before are drawn
MAX_METADATA = 300_000  # bytes at the beginning of a photograph
_METADATA = (b"Exif\x00", b"http://ns.adobe.com/xap/1.0/", b"Photoshop 3.0", b"\xff\xfe")
_INHERITED = ("/Resources", "/MediaBox", "/CropBox")


class LeanReader(PdfReader):
    """A reader that caches what it has parsed, except pictures and other large streams."""

    @classmethod
    def of(cls, source: BinaryIO, end: int = 0) -> Self:
        """Opens a file, or the file up to a place, within our limits and without words on the standard error."""
        logging.getLogger("pypdf").setLevel(logging.CRITICAL + 1)
        overwrite_configuration(LIMITS)
        data = map_file(source, end)
        return cls(io.BytesIO(data) if isinstance(data, bytes) else cast(BinaryIO, data))

    def places(self) -> dict[int, Any]:
        """Where each object stands in the file, by its number."""
        places: dict[int, Any] = {number: place for table in self.xref.values() for number, place in table.items()}
        return places | self.xref_objStm

    def unlock(self) -> None:
        """Unlock a file that anybody may open. Raises `Unreadable` if it needs a password."""
        if self.is_encrypted and not self.decrypt(""):
            raise Unreadable(LOCKED)

    def cache_indirect_object(self, generation: int, idnum: int, obj: PdfObject | None) -> PdfObject | None:
        if isinstance(obj, StreamObject) and len(obj._data) > MAX_REMEMBERED:
            return obj
        return super().cache_indirect_object(generation, idnum, obj)


class Document:
    """A pdf, with what its pages share and what has been read of it."""

    def __init__(self, reader: LeanReader, budget: Budget) -> None:
        self.reader = reader
        self.budget = budget
        self.root = dict_of(reader.trailer, "/Root")
        self.seen: set[str] = set()  # strings outside of the pages that have been handed over
        self.unpacked: set[int] = set()  # the numbers of attachments that have been handed over
        self.drawn: set[int] = set()  # the numbers of forms that have been drawn
        self._letters: dict[object, Letters] = {}

    def pages(self) -> Iterator[DictionaryObject | None]:
        """The pages in their order, as they are found; None where one is missing or the tree runs in a circle."""
        above: list[tuple[Iterator[Any], dict[str, Any], int]] = []
        open_nodes: set[int] = set()
        node: Any = dict_of(self.root, "/Pages")
        inherited: dict[str, Any] = {}
        while True:
            self.budget.check_time()
            if not isinstance(node, DictionaryObject) or id(node) in open_nodes or len(above) > MAX_DEPTH:
                yield None
            elif "/Kids" in node and value_of(node, "/Type") != "/Page":
                inherited = inherited | {key: node[key] for key in _INHERITED if key in node}
                open_nodes.add(id(node))
                above.append((iter(value_of(node, "/Kids") or ()), inherited, id(node)))
            else:
                page = DictionaryObject(node)
                page.indirect_reference = getattr(node, "indirect_reference", None)
                page.update({key: value for key, value in inherited.items() if key not in page})
                yield page
            while above:
                kids, inherited, key = above[-1]
                kid = next(kids, None)
                if kid is not None:
                    node = kid.get_object()
                    break
                above.pop()
                open_nodes.discard(key)
            else:
                return

    def draw(self, page: DictionaryObject, canvas: Canvas) -> None:
        """Draw the content of a page on a canvas, in the order of the file."""
        resources = dict_of(page, "/Resources")
        self._draw(self._content_of(page, canvas), resources, canvas, IDENTITY, ())

    def drawn_by(self, form: Any, resources: DictionaryObject) -> Canvas:
        """What a form draws by itself, such as the look of a comment."""
        canvas = Canvas()
        self._draw_form(form, resources, canvas, IDENTITY, ())
        return canvas

    def undrawn(self, resources: DictionaryObject) -> Iterator[Canvas]:
        """Draws the forms and patterns among the resources of a page that the page itself did not draw."""
        owners = [dict_of(resources, "/XObject"), dict_of(resources, "/Pattern")]
        states = dict_of(resources, "/ExtGState")
        owners += [dict_of(dict_of(states, key), "/SMask") for key in states]
        for owner in owners:
            for key in owner:
                number = number_of(owner, key)
                if not number or number in self.drawn:
                    continue
                self.drawn.add(number)
                form = value_of(owner, key)
                if isinstance(form, StreamObject) and value_of(form, "/Subtype") != "/Image":
                    yield self.drawn_by(form, resources)

    def letters(self, resources: DictionaryObject, name: str) -> Letters:
        """The letters of a font; of an unknown one those that every viewer falls back to."""
        fonts = dict_of(resources, "/Font")
        key: object = number_of(fonts, name) or (id(fonts), name)
        if key not in self._letters:
            font = dict_of(fonts, name)
            self._letters[key] = Letters(font if font else None)
        return self._letters[key]

    def _content_of(self, page: DictionaryObject, canvas: Canvas) -> bytes:
        if page.get("/Contents") is None:
            return b""  # a page may be empty
        contents = value_of(page, "/Contents")
        found = []
        for part in contents if isinstance(contents, ArrayObject) else [contents]:
            data, is_damaged = unpack(part.get_object() if part is not None else None, self.budget)
            canvas.is_damaged = canvas.is_damaged or is_damaged
            found.append(data)
        return b"\n".join(found)

    def _draw(
        self, data: bytes, resources: DictionaryObject, canvas: Canvas, matrix: Matrix, path: tuple[int, ...]
    ) -> None:
        content = Content(lambda name: self.letters(resources, name), canvas, matrix)
        for drawing in content.read(data, self.budget.check_time):
            things = dict_of(resources, "/XObject")
            thing = value_of(things, drawing.name)
            if not isinstance(thing, StreamObject):
                continue
            if value_of(thing, "/Subtype") == "/Image":
                number = number_of(things, drawing.name)
                canvas.cover(number, area(drawing.matrix))
                self._keep_metadata(thing, number, canvas)
                continue
            number = number_of(things, drawing.name) or id(thing)
            canvas.forms += 1
            if number in path or len(path) > MAX_DEPTH or (canvas.forms > MAX_FORMS and number in self.drawn):
                continue
            self.drawn.add(number)
            self._draw_form(thing, resources, canvas, drawing.matrix, (*path, number))

    def _keep_metadata(self, picture: StreamObject, number: int, canvas: Canvas) -> None:
        """Keep the beginning of a photograph that has metadata from the camera or its owner."""
        filters = value_of(picture, "/Filter")
        last = filters[-1].get_object() if isinstance(filters, ArrayObject) and filters else filters
        if number in self.drawn or last != "/DCTDecode" or filters != last and len(filters) > 1:
            return
        self.drawn.add(number)
        head = picture._data[:MAX_METADATA]
        if any(sign in head for sign in _METADATA):
            canvas.photographs.append(head)

    def _draw_form(
        self, form: Any, resources: DictionaryObject, canvas: Canvas, matrix: Matrix, path: tuple[int, ...]
    ) -> None:
        data, is_damaged = unpack(form, self.budget)
        canvas.is_damaged = canvas.is_damaged or is_damaged
        own = list_of(form, "/Matrix")
        if len(own) == 6 and all(isinstance(number, (int, float)) for number in own):
            a, b, c, d, e, f = (float(number) for number in own)
            matrix = times((a, b, c, d, e, f), matrix)
        self._draw(data, dict_of(form, "/Resources") or resources, canvas, matrix, path)
