"""Decodes strings as they are written in a pdf."""

import codecs
import re

from pypdf.generic import ByteStringObject, TextStringObject, decode_pdfdocencoding

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
