"""Addresses of what a search is afraid of, the same in every run."""

import random
import sys
import unicodedata
from collections.abc import Iterator
from urllib.parse import quote, quote_from_bytes

PATHS = ("/sok/", "/material/", "/sok/forslag/")
FACETS = ("typ", "tema", "del", "niva", "malgrupp", "sektor", "omrade", "utbetalning", "avsandare", "sortering", "sida")
_PIECES = (
    *("upphandling", "och", "hur", "åäö", "a\u030a", "\x00", "'", '"', "%", "_", "\\", ";--", "*", "\n", "\r", "\t"),
    *(
        "<script>",
        "{{",
        "}}",
        "{%",
        "🙂",
        "\u202e",
        "\u200d",
        "\ufeff",
        "x" * 70,
        "1" * 40,
        "§",
        "' OR 1=1 --",
        "tsquery:*",
    ),
    *(
        "välfärdsbrottslighetsutredning",
        "upphandlling",
        "zzzzqqqq",
        "-",
        "(",
        ")",
        "&",
        "|",
        "!",
        "<->",
        "ﬁ",
        "ß",
        "İ",
        "۱۲",
    ),
    *(
        "9" * 400,
        "-1",
        "1e309",
        "NaN",
        "NULL",
        "true",
        "../../etc/passwd",
        "%00",
        "%25",
        "rapport",
        "tema-0",
        "tandvard",
    ),
)
# As they are sent: halves of pairs, broken and overlong UTF-8, and other encodings.
_BYTES = (
    b"\xed\xa0\x80",
    b"\xed\xbf\xbf",
    b"\xff\xfe",
    b"\xc0\xaf",
    b"\xe5\xe4\xf6",
    b"\xf4\x90\x80\x80",
    b"\x80" * 20,
)


def hostile_parameters(number: int, *, seed: int = 10) -> Iterator[tuple[str, str]]:
    """Paths with the rest of the address: a query, facet values, and sometimes parameters that are repeated."""
    choose = random.Random(seed)
    signs = _of_every_category()
    for _ in range(number):
        parameters = [f"q={_text(choose, signs)}"]
        for name in choose.choices([*FACETS, "q", "okänd", ""], k=choose.randint(0, 4)):
            parameters += [f"{quote(name)}={_text(choose, signs)}"] * choose.choice((1, 1, 1, 2, 30))
        choose.shuffle(parameters)
        yield choose.choice(PATHS), choose.choice(("&", "&", "&", ";", "&&")).join(parameters)


def _text(choose: random.Random, signs: list[str]) -> str:
    longest = choose.choice((1, 3, 10, 40, 400))
    pieces = []
    for _ in range(choose.randint(0, longest)):
        kind = choose.random()
        if kind < 0.1:
            pieces.append(quote_from_bytes(choose.choice(_BYTES)))
        else:
            pieces.append(quote(choose.choice(signs) if kind < 0.4 else choose.choice((*_PIECES, " ", " ", " "))))
    return "".join(pieces)


def _of_every_category() -> list[str]:
    """A few characters of each category of Unicode, but for halves of pairs, which have no place in an address."""
    by_category: dict[str, list[str]] = {}
    for code in range(0, sys.maxunicode, 7):
        some = by_category.setdefault(unicodedata.category(chr(code)), [])
        if len(some) < 40:
            some.append(chr(code))
    by_category.pop("Cs", None)
    return [sign for some in by_category.values() for sign in some]
