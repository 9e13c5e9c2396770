"""Unpacks streams, within limits on their size."""

import zlib
from typing import Any

from pypdf import Configuration
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NullObject, StreamObject

from ..passages import Budget

MAX_BYTES = 20_000_000  # of one stream when it is unpacked: a page of text has some 0.1 MB, a map some 10 MB

# The limits of the library itself, above what reading text ever needs.
LIMITS = Configuration(
    maximum_declared_stream_length=60_000_000,
    array_based_stream_maximum_output_length=MAX_BYTES,
    zlib_maximum_output_length=MAX_BYTES,
    lzw_maximum_output_length=MAX_BYTES,
    run_length_maximum_output_length=MAX_BYTES,
    brotli_maximum_output_length=MAX_BYTES,
    jbig2_maximum_output_length=1_000_000,
    stream_filters_maximum_length=4,
    stream_decoding_work_maximum_length=2 * MAX_BYTES,
    xfa_decoding_work_maximum_length=MAX_BYTES,
    jbig2dec_binary=None,
    disable_legacy_handling=True,
)


class Damaged(Exception):
    """A stream ends too early or cannot be unpacked. `data` is what came out of it."""

    def __init__(self, data: bytes = b"") -> None:
        super().__init__("A stream is damaged.")
        self.data = data


def unpack(stream: Any, budget: Budget) -> bytes:
    """Unpack a stream. Raises `Damaged` when something is missing."""
    if not isinstance(stream, StreamObject):
        raise Damaged
    filters = value_of(stream, "/Filter")
    if isinstance(filters, ArrayObject) and len(filters) == 1:
        filters = filters[0].get_object()
    if filters in ("/FlateDecode", "/Fl") and not has_predictor(stream):
        return budget.take_bytes(inflate(stream._data))
    return budget.take_bytes(stream.get_data())


def inflate(packed: bytes, limit: int = MAX_BYTES) -> bytes:
    """Inflate packed bytes. Raises `Damaged` if some are missing, where the library silently returns the rest."""
    unpacker = zlib.decompressobj()
    parts, size = [], 0
    try:
        # In parts, so that what comes before a fault is kept.
        for start in range(0, len(packed), 65_536):
            part = unpacker.decompress(packed[start : start + 65_536], limit - size + 1)
            parts.append(part)
            size += len(part)
            if size > limit:
                raise Damaged(b"".join(parts))
    except zlib.error as error:
        # A wrong or missing checksum at the end is common, and nothing of the content is lost by it.
        if "incorrect data check" not in str(error):
            raise Damaged(b"".join(parts)) from error
        return b"".join(parts) + _without_checksum(packed, size, limit)
    if not unpacker.eof and size and not _ends_without_checksum(packed):
        raise Damaged(b"".join(parts))
    return b"".join(parts)


def _without_checksum(packed: bytes, size: int, limit: int) -> bytes:
    """Inflates the bytes after the first `size` without regard to the checksum."""
    return zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed[2:], limit)[size:]


def _ends_without_checksum(packed: bytes) -> bool:
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    unpacker.decompress(packed[2:], MAX_BYTES)
    return unpacker.eof


def has_predictor(stream: DictionaryObject) -> bool:
    parameters = value_of(stream, "/DecodeParms")
    if isinstance(parameters, ArrayObject):
        parameters = parameters[0].get_object() if parameters else None
    return isinstance(parameters, DictionaryObject) and value_of(parameters, "/Predictor") not in (None, 1)


def value_of(owner: Any, key: str) -> Any:
    """The value under a key, with references resolved; None if there is none."""
    value = owner.get(key) if isinstance(owner, DictionaryObject) else None
    value = value.get_object() if value is not None else None
    return None if isinstance(value, NullObject) else value


def dict_of(owner: Any, key: str) -> DictionaryObject:
    """The dictionary under a key; an empty one if there is none."""
    value = value_of(owner, key)
    return value if isinstance(value, DictionaryObject) else DictionaryObject()


def list_of(owner: Any, key: str) -> list[Any]:
    """The items of the array under a key, with references resolved; an empty list if there is none."""
    value = value_of(owner, key)
    return [item.get_object() for item in value] if isinstance(value, ArrayObject) else []


def number_of(owner: Any, key: str) -> int:
    """The number of the object that a key refers to, or 0 if it is no reference."""
    value = owner.get(key) if isinstance(owner, DictionaryObject) else None
    return value.idnum if isinstance(value, IndirectObject) else 0
