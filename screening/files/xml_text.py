"""Takes the text out of XMP and other XML inside a file. It need not be valid XML to be read."""

import html
import re

_TAG = re.compile(r"<[^<>]*+>")
_VALUE = re.compile(r"""=\s*+(?:"([^"<>]*+)"|'([^'<>]*+)')""")
_ID_OR_TIME = re.compile(
    r"(?:uuid|xmp\.[di]id|adobe:docid)[:\w.-]*+|[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}"
    r"|\d{4}-\d\d-\d\dT\d\d:\d\d[\d:.Z+-]*+|D:\d{8,14}[\d'Z+-]*+"
)
_SMALL_PICTURE = re.compile(r"<xmpGImg:image>[^<]*+</xmpGImg:image>")


def decoded(data: bytes) -> str:
    """Decodes XML from UTF-16, if it has a byte order mark, else from UTF-8."""
    if data[:2] in (b"\xfe\xff", b"\xff\xfe"):
        return data.decode("utf-16", "replace")
    return data.decode("utf-8", "replace")


def text_of_xml(markup: str) -> str:
    """Extracts the text of XML, a line for each text and each attribute.

    Ids of files and timestamps are left out: their digits are nobody's number.
    """
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
