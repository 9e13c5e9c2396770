"""What is tried: numbers that nobody else's text holds, in many written forms, and harmless ones."""

import html
import itertools
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import unquote

from tests.screening.numbers import personal_number

WORD = "Provkim"  # stands in every text, so that a search finds them all
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


def _in_plain_signs(number: str) -> list[str]:
    return [f"19{number}", number, f"19{number.replace('-', '')}"]


def _written(number: str) -> list[str]:
    day, last = number.split("-")
    return [
        *_in_plain_signs(number),
        f"{day} {last}",
        f"{day}\N{EN DASH}{last}",
        f"{day}\N{NO-BREAK SPACE}{last}",
        f"{day} - {last}",
        f"19{day}\N{ZERO WIDTH SPACE}-{last}",
        f"19{day}\N{HYPHEN}{last}",
        number.translate(FULL_WIDTH),
        f"19{day}\N{MINUS SIGN}{last}",
        f"{day[:2]} {day[2:4]} {day[4:]} {last}",
    ]


@dataclass(frozen=True)
class Text:
    """Something to write: `free` where any sign will do, `plain` where a field takes no other than ASCII."""

    key: str  # what tells it from all others, in whatever form it comes back
    free: str
    plain: str
    is_secret: bool

    @property
    def words(self) -> str:
        return f"{WORD} {self.free}"

    @property
    def short(self) -> str:
        return f"{WORD} {self.plain}"

    @property
    def slug(self) -> str:
        return f"{WORD.lower()}-{self.plain.lower()}"

    @property
    def address(self) -> str:
        return f"https://ort.example/{self.slug}"

    def stands_in(self, content: str) -> bool:
        return re.search(self.key, simplified(content)) is not None


def simplified(content: str) -> str:
    """The content as a person, or somebody who looks for numbers, would read it."""
    return unicodedata.normalize("NFKC", unquote(html.unescape(content)))


def secrets() -> Iterator[Text]:
    """Numbers of persons, each in the next of the written forms."""
    for turn in itertools.count():
        birth = date(1950, 1, 1) + timedelta(days=17 * turn)
        number = personal_number(980 + turn % 19, f"{birth:%y%m%d}")
        plain, free = _in_plain_signs(number), _written(number)
        year, month, day, last = number[:2], number[2:4], number[4:6], number[7:]
        between = r"[^0-9A-Za-zÅÄÖåäö]{0,4}"
        key = rf"{year}{between}{month}{between}{day}{between}{last}"
        yield Text(key, free[turn % len(free)], plain[turn % len(plain)], is_secret=True)


def harmless() -> Iterator[Text]:
    """Words that anybody may read, beside a number that is no person's."""
    for turn in itertools.count(1):
        word = f"ofarlig{turn:04}x"
        yield Text(word, f"{word} dnr 2025/{turn}", word, is_secret=False)
