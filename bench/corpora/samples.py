"""The corpora: samples of both sets, always the same for a seed."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from random import Random

from . import carriers, clean, forms, numbers


class Set(StrEnum):
    TUNING = "tuning"
    TEST = "test"


@dataclass(frozen=True)
class Sample:
    """A text; if it holds the number of a person, how that is written and in which sentence."""

    text: str
    form: str = ""
    carrier: str = ""


def positives(of: Set, *, seed: int, many: int) -> Iterator[Sample]:
    """Texts that must block: one number in each, a fifth of them samordningsnummer."""
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
    rng = Random(f"{seed} {of} clean")
    templates = clean.TUNING if of is Set.TUNING else clean.TEST
    for _ in range(many):
        chosen = rng.sample(templates, rng.randrange(1, 5))
        yield Sample(rng.choice((" ", "\n")).join(template.format_map(_Numbers(rng)) for template in chosen))


class _Numbers(dict[str, str]):
    """A new number each time one is asked for by its kind."""

    def __init__(self, rng: Random) -> None:
        super().__init__()
        self.rng = rng

    def __missing__(self, kind: str) -> str:
        number: str = getattr(numbers, kind)(self.rng)
        return number
