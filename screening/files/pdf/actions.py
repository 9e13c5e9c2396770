"""Tells whether a pdf does something by itself: runs a script or starts a program."""

from typing import Any, BinaryIO

from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

from ..passages import DAMAGED, Budget, Unreadable
from .document import LeanReader
from .objects import unpack, value_of

MAX_DEPTH = 30
# Kinds of action (ISO 32000, 12.6.4). To go to a page, to open an address and to send a form are none of these.
ACTIVE = frozenset({"/JavaScript", "/Launch"})
SCRIPT_KEYS = ("/JS", "/JavaScript")


def does_something(source: BinaryIO, budget: Budget) -> bool:
    """Whether any object of the pdf is a script or starts a program, wherever it is used and however it is packed.

    Names are read as a viewer does (`/Java#53cript`). Raises `Unreadable`, or whatever the library raises for a
    damaged file, unless a script is found in what can be read of it.
    """
    reader = LeanReader.of(source)
    reader.unlock()
    places = [(number, generation) for generation, table in reader.xref.items() for number in table]
    damaged = False
    for number, generation in [*places, *((number, 0) for number in reader.xref_objStm)]:
        budget.check_time()
        try:
            if _is_active(reader.get_object(IndirectObject(number, generation, reader)), budget):
                return True
        except (Unreadable, MemoryError):
            raise
        except Exception:  # the library may raise anything for a damaged object; a script may stand in the next
            damaged = True
    if damaged:
        raise Unreadable(DAMAGED)
    return False


def _is_active(thing: Any, budget: Budget) -> bool:
    """Whether an object, or one written inside it, is a script or starts a program; what it refers to has its turn."""
    waiting: list[tuple[Any, int]] = [(thing, 0)]
    while waiting:
        value, depth = waiting.pop()
        if isinstance(value, DictionaryObject):
            is_action = value_of(value, "/S") in ACTIVE or any(key in value for key in SCRIPT_KEYS)
            if is_action or _has_form_script(value, budget):
                return True
            inner = [value.raw_get(key) for key in value]
        elif isinstance(value, ArrayObject):
            inner = list(value)
        else:
            continue
        if depth < MAX_DEPTH:
            waiting.extend((each, depth + 1) for each in inner if isinstance(each, DictionaryObject | ArrayObject))
    return False


def _has_form_script(value: DictionaryObject, budget: Budget) -> bool:
    """Whether it is a form with XFA, the form language of Adobe, that has a script."""
    form = value_of(value, "/XFA")
    parts = [form] if isinstance(form, StreamObject) else list(form) if isinstance(form, ArrayObject) else []
    for part in parts:
        stream = part.get_object()
        if isinstance(stream, StreamObject):
            data, _ = unpack(stream, budget)
            if b"<script" in data or b":script" in data:
                return True
    return False
