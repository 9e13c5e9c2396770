"""HTML as the text that a reader meets, and what hides in its attributes."""

from collections.abc import Iterator
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


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text: list[str] = []
        self.hidden: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in INLINE:
            self.text.append("\n")
        for name, value in attrs:
            if value and name not in BOOKKEEPING:
                self.hidden.append((ATTRIBUTES.get(name, name), unquote(value)))

    def handle_endtag(self, tag: str) -> None:
        if tag not in INLINE:
            self.text.append("\n")

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def handle_comment(self, data: str) -> None:
        self.hidden.append(("kommentar", data))

    def handle_decl(self, decl: str) -> None:
        self.handle_comment(decl)

    def unknown_decl(self, data: str) -> None:
        self.handle_comment(data)

    def handle_pi(self, data: str) -> None:
        self.handle_comment(data)


def read_markup(html: str) -> Iterator[tuple[str, str]]:
    """The texts of HTML as (what it is, text): first the running text, which is called "", then the hidden ones.

    Tags inside a line join, so that `8507<b>09</b>-9805` is one number; other tags break the line. A web
    address is given as it reads, without percent signs.
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    yield "", "".join(reader.text)
    yield from reader.hidden
