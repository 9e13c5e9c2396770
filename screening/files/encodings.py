"""Finds out which encoding a text file is written in."""

import codecs
from typing import BinaryIO

_CHUNK = 1_000_000
_MARKS = (  # the longer first: the mark of UTF-32 begins like that of UTF-16
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def encoding_of_head(head: bytes) -> str:
    """The encoding that the beginning of a file reveals; "" if it does not."""
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding
    # Without a mark UTF-16 shows itself by its zeros: every other byte of western text.
    even, odd = head[0::2], head[1::2]
    if len(odd) >= 4 and odd.count(0) > len(odd) * 0.6 and even.count(0) < len(even) * 0.1:
        return "utf-16-le"
    if len(odd) >= 4 and even.count(0) > len(even) * 0.6 and odd.count(0) < len(odd) * 0.1:
        return "utf-16-be"
    return ""


def encoding_of(source: BinaryIO) -> str:
    """The encoding of a whole text: by its byte order mark, else UTF-8 if it is valid, else Windows-1252."""
    source.seek(0)
    known = encoding_of_head(source.read(4096))
    if known:
        return known
    source.seek(0)
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while chunk := source.read(_CHUNK):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"
