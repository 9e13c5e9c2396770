"""Reads HTML: the text that a reader sees, and the texts in attributes and comments."""

from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import unquote

# Tags inside a line: what stands on both sides of them is one word to a reader.
INLINE = frozenset({"a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i"}) | {
    *("ins", "kbd", "label", "mark", "q", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup"),
    *("time", "tt", "u", "var", "wbr"),
}
# Attributes that only Wagtail's editor uses.
BOOKKEEPING = frozenset({"data-block-key", "linktype", "embedtype", "id", "format"})
ATTRIBUTES = {"href": "länk", "src": "adress", "alt": "alternativtext", "title": "titel", "url": "adress"}


@dataclass(frozen=True)
class Markup:
    """The texts of some HTML: `text` is what a reader sees, `hidden` the rest as pairs (what it is, text).

    `paragraphs` has, for each line of `text`, the number of its paragraph as an editor counts them (paragraphs,
    headings and list items, but not empty ones).
    """

    text: str
    paragraphs: tuple[int, ...]
    hidden: tuple[tuple[str, str], ...]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[str] = [""]
        self.hidden: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self.handle_data("\n")
        elif tag not in INLINE:
            self.blocks.append("")
        for name, value in attrs:
            if value and name not in BOOKKEEPING:
                self.hidden.append((ATTRIBUTES.get(name, name), unquote(value)))

    def handle_endtag(self, tag: str) -> None:
        if tag not in INLINE and tag != "br":
            self.blocks.append("")

    def handle_data(self, data: str) -> None:
        self.blocks[-1] += data

    def handle_comment(self, data: str) -> None:
        self.hidden.append(("kommentar", data))

    handle_decl = unknown_decl = handle_pi = handle_comment  # type: ignore[assignment]


def read_markup(html: str) -> Markup:
    """Read the texts of HTML.

    Inline tags join the text around them, so that `8507<b>09</b>-9805` is one number; other tags break the line.
    Web addresses are percent-decoded.
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    paragraphs: list[int] = []
    number = 0
    for block in reader.blocks:
        number += bool(block.strip())
        lines = len(f"{block}.".splitlines())  # a block that ends with a break has a last, empty line
        paragraphs += [max(number, 1)] * lines
    return Markup("\n".join(reader.blocks), tuple(paragraphs), tuple(reader.hidden))
