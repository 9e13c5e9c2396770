"""Strings as they are written in a pdf. Plain Python: no Django."""

import codecs
import html
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
    """The text of a string outside of the pages, in any of the three codes that a pdf may use."""
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


_TAG = re.compile(r"<[^<>]*+>")
_VALUE = re.compile(r"""=\s*+(?:"([^"<>]*+)"|'([^'<>]*+)')""")
_ID_OR_TIME = re.compile(
    r"(?:uuid|xmp\.[di]id|adobe:docid)[:\w.-]*+|[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}"
    r"|\d{4}-\d\d-\d\dT\d\d:\d\d[\d:.Z+-]*+|D:\d{8,14}[\d'Z+-]*+"
)


def words_of_xml(markup: str) -> str:
    """All that XML says, a line for each text and each attribute. It need not be right XML to be read.

    The marks of a file and the times of its changes are left out: their digits are nobody's number.
    """
    said = [html.unescape(part) for part in _TAG.split(markup)]
    said += [html.unescape(value[1] or value[2] or "") for value in _VALUE.finditer(markup)]
    return _ID_OR_TIME.sub("", "\n".join(part.strip() for part in said if part.strip()))


def words_of_rich_text(markup: str) -> str:
    """The text of a rich text, with no break where only the looks change in the middle of a word or number."""
    breaks = re.sub(r"</p>|<br\s*+/?>|</li>", "\n", markup)
    return html.unescape(_TAG.sub("", breaks))


def is_text(text: str) -> bool:
    """Whether a string is words, and not the bytes of a signature or of a table of colours."""
    return bool(text.strip()) and not any(sign < " " and sign not in "\t\n\r\f\b" for sign in text)


def is_id_or_time(text: str) -> bool:
    return bool(_ID_OR_TIME.fullmatch(text.strip()))


def original_bytes(value: TextStringObject | ByteStringObject) -> bytes:
    """The bytes of a string that the library has read."""
    return value.original_bytes if isinstance(value, TextStringObject) else bytes(value)
