"""The corpora: samples of both sets, always the same for a seed."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from random import Random

from . import carriers, clean, forms, numbers

_WRITTEN = Path(__file__).with_name("written.json")


class Set(StrEnum):
    """The two sets that are made from a seed, and the one that somebody wrote who had not read the rules."""

    TUNING = "tuning"
    TEST = "test"
    WRITTEN = "written"


@dataclass(frozen=True)
class Sample:
    """A text; if it holds the number of a person, how that is written and in which sentence."""

    text: str
    form: str = ""
    carrier: str = ""


def positives(of: Set, *, seed: int, many: int) -> Iterator[Sample]:
    """Texts that must block: one number in each, a fifth of them samordningsnummer."""
    if of is Set.WRITTEN:
        yield from (Sample(text, kind, kind) for kind, text in _written("numbers"))
        return
    rng = Random(f"{seed} {of} numbers")  # made up, not secret
    ways = forms.TUNING if of is Set.TUNING else forms.TEST
    sentences = carriers.TUNING if of is Set.TUNING else carriers.TEST
    names = [*ways, *forms.PLUS]
    for at in range(many):
        name = names[at % len(names)]
        if name in forms.PLUS:
            written = forms.PLUS[name](rng, numbers.centenarian(rng))
        else:
            written = ways[name](rng, numbers.personal(rng, coordination=rng.random() < 0.2))
        carrier = rng.choice(sentences)
        yield Sample(carrier.replace("{}", written), name, carrier)


def cleans(of: Set, *, seed: int, many: int) -> Iterator[Sample]:
    """Paragraphs of one to four sentences in which nothing may be found."""
    if of is Set.WRITTEN:
        yield from (Sample(text, kind) for kind, text in _written("clean"))
        return
    rng = Random(f"{seed} {of} clean")
    templates = clean.TUNING if of is Set.TUNING else clean.TEST
    for _ in range(many):
        chosen = rng.sample(templates, rng.randrange(1, 5))
        yield Sample(rng.choice((" ", "\n")).join(template.format_map(_Numbers(rng)) for template in chosen))


@cache
def _written(sort: str) -> list[tuple[str, str]]:
    """The texts of `written.json`, which says of each what kind it is of.

    Numbers that are told in words or written apart, with serials that are kept for tests, and clean texts like them.
    The rules were tuned on the first half; the later one was read when they had been measured on it once.
    """
    halves = json.loads(_WRITTEN.read_text(encoding="utf-8"))
    return [(kind, text) for half in ("first", "later") for kind, text in halves[half][sort]]


class _Numbers(dict[str, str]):
    """A new number each time one is asked for by its kind."""

    def __init__(self, rng: Random) -> None:
        super().__init__()
        self.rng = rng

    def __missing__(self, kind: str) -> str:
        number: str = getattr(numbers, kind)(self.rng)
        return number
