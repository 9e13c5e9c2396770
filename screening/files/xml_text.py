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
    """The letters of XML in either of its usual codes."""
    if data[:2] in (b"\xfe\xff", b"\xff\xfe"):
        return data.decode("utf-16", "replace")
    return data.decode("utf-8", "replace")


def text_of_xml(markup: str) -> str:
    """All that it says, a line for each text and each attribute.

    The marks of a file and the times of its changes are left out: their digits are nobody's number.
    """
    markup = _SMALL_PICTURE.sub("", markup)
    said = [html.unescape(part) for part in _TAG.split(markup)]
    said += [html.unescape(value[1] or value[2] or "") for value in _VALUE.finditer(markup)]
    return _ID_OR_TIME.sub("", "\n".join(part.strip() for part in said if part.strip()))


def text_of_rich_text(markup: str) -> str:
    """The text of a rich text, with no break where only the looks change in the middle of a word or number."""
    breaks = re.sub(r"</p>|<br\s*+/?>|</li>", "\n", markup)
    return html.unescape(_TAG.sub("", breaks))


def is_id_or_time(text: str) -> bool:
    """Whether a text is but the mark of a file or a time."""
    return bool(_ID_OR_TIME.fullmatch(text.strip()))
