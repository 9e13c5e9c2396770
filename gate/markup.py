"""HTML as the text that a reader meets, and what hides in its attributes."""

from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import unquote

# Tags inside a line: what stands on both sides of them is one word to a reader.
INLINE = frozenset({"a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i"}) | {
    *("ins", "kbd", "label", "mark", "q", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup"),
    *("time", "tt", "u", "var", "wbr"),
}
# Attributes that Wagtail's editor keeps for itself.
BOOKKEEPING = frozenset({"data-block-key", "linktype", "embedtype", "id", "format"})
ATTRIBUTES = {"href": "länk", "src": "adress", "alt": "alternativtext", "title": "titel", "url": "adress"}


@dataclass(frozen=True)
class Markup:
    """`text` is the running text, `hidden` what else is written there as (what it is, text).

    `paragraphs` has a number for each line of the text: which piece it belongs to of those that an editor
    sees one below the other (paragraphs, headings, points of a list). Empty ones are not counted.
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
    """The texts of HTML.

    Tags inside a line join, so that `8507<b>09</b>-9805` is one number; other tags break the line. A web
    address is given as it reads, without percent signs.
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
