"""Reads the objects of a pdf: values under keys, strings as they are written, and streams, unpacked within limits."""

import codecs
import re
import zlib
from typing import Any

from pypdf import Configuration
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DictionaryObject,
    IndirectObject,
    NullObject,
    StreamObject,
    TextStringObject,
    decode_pdfdocencoding,
)

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

# Possessive throughout, so that no input takes more than time linear to its length.
SPACE = rb"[\x00\t\n\f\r ]"
_TEXT0 = rb"\((?:[^()\\]++|\\.)*+\)"
_TEXT1 = rb"\((?:[^()\\]++|\\.|" + _TEXT0 + rb")*+\)"
STRING = rb"\((?:[^()\\]++|\\.|" + _TEXT1 + rb")*+\)"
HEX = rb"<[0-9A-Fa-f\x00\t\n\f\r ]*+>"
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|\r\n|.)", re.DOTALL)
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\n": b"", b"\r": b"", b"\r\n": b""}
_NOT_HEX = re.compile(rb"[^0-9A-Fa-f]+")
_LANGUAGE = re.compile("\x1b[^\x1b]{2,8}\x1b")  # a mark of the language inside a text


def unpack(stream: Any, budget: Budget) -> tuple[bytes, bool]:
    """Unpack a stream: what came out of it, and whether something is missing."""
    if not isinstance(stream, StreamObject):
        return b"", True
    filters = value_of(stream, "/Filter")
    if isinstance(filters, ArrayObject) and len(filters) == 1:
        filters = filters[0].get_object()
    if filters in ("/FlateDecode", "/Fl") and not has_predictor(stream):
        data, is_damaged = inflate(stream._data)
        return (data if is_damaged else budget.take_bytes(data)), is_damaged
    return budget.take_bytes(stream.get_data()), False


def inflate(packed: bytes) -> tuple[bytes, bool]:
    """Inflate packed bytes, and tell whether some are missing, where the library silently returns the rest."""
    unpacker = zlib.decompressobj()
    parts, size = [], 0
    try:
        # In parts, so that what comes before a fault is kept.
        for start in range(0, len(packed), 65_536):
            part = unpacker.decompress(packed[start : start + 65_536], MAX_BYTES - size + 1)
            parts.append(part)
            size += len(part)
            if size > MAX_BYTES:
                return b"".join(parts), True
    except zlib.error as error:
        # A wrong or missing checksum at the end is common, and nothing of the content is lost by it.
        if "incorrect data check" not in str(error):
            return b"".join(parts), True
        return b"".join(parts) + _without_checksum(packed, size), False
    return b"".join(parts), not unpacker.eof and size > 0 and not _ends_without_checksum(packed)


def _without_checksum(packed: bytes, size: int) -> bytes:
    """Inflates the bytes after the first `size` without regard to the checksum."""
    return zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed[2:], MAX_BYTES)[size:]


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


def bytes_of(token: bytes) -> bytes:
    """The bytes of a string, from the way it is written: in brackets or in hexadecimal digits."""
    if token.startswith(b"<"):
        digits = _NOT_HEX.sub(b"", token)
        return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))
    inner = token[1:-1]
    return _ESCAPE.sub(_unescape, inner) if b"\\" in inner else inner


def text_of(raw: bytes) -> str:
    """The text of a string outside of the pages, in any of the three encodings that a pdf may use."""
    if raw.startswith((codecs.BOM_UTF16_BE, codecs.BOM_UTF16_LE)):
        text = raw.decode("utf-16", "replace")
    elif raw.startswith(codecs.BOM_UTF8):
        text = raw.decode("utf-8-sig", "replace")
    else:
        try:
            text = decode_pdfdocencoding(raw)
        except (UnicodeDecodeError, ValueError):
            text = raw.decode("latin-1")
    return _LANGUAGE.sub("", text)


def _unescape(escape: re.Match[bytes]) -> bytes:
    sign = escape[1]
    if sign[0] in b"01234567":
        return bytes([int(sign, 8) & 255])
    return _ESCAPED.get(sign, sign)


def is_text(text: str) -> bool:
    """Whether a string is text, and not the bytes of a signature or of a table of colours."""
    return bool(text.strip()) and not any(sign < " " and sign not in "\t\n\r\f\b" for sign in text)


def original_bytes(value: TextStringObject | ByteStringObject) -> bytes:
    """The bytes of a string that the library has read."""
    return value.original_bytes if isinstance(value, TextStringObject) else bytes(value)
