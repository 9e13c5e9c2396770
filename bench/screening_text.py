"""Screening of text: how much a second, and whether four times the text takes four times the time."""

import time
from random import Random

from bench.corpora import clean, numbers
from bench.corpora.samples import Set, cleans, positives
from screening.text import screen_text
from tests.screening.text.hostile import fragments, hostile_text

from .gauges import ms, tell, times

CHARACTERS = 800_000
HOSTILE_CHARACTERS = 64_000
_ORDINARY = (
    "Kommunen har under året arbetat med att förebygga felaktiga utbetalningar inom hemtjänst och personlig assistans."
    " Samordnaren leder en arbetsgrupp med en person från varje förvaltning, och gruppen rapporterar till ledningen."
    " Arbetet utgår från en riskanalys som ses över varje höst, och chefer får stöd i att följa upp sina avtal. "
)


def measure() -> None:
    tell(
        "Screening of text (time of the processor)",
        ("text", "digits", "size", "MB/s", "four times the text"),
        [_row(name, make()) for name, make in TEXTS.items()],
    )
    hostile = [(name, fragment, *_hostile_seconds(fragment)) for name, fragment in fragments().items()]
    tell(
        f"Hostile texts of {HOSTILE_CHARACTERS:_} characters: the five worst of {len(hostile)}",
        ("fragment", "text", "a quarter", "the whole", "four times the text"),
        [
            (name, repr(fragment[:30]), ms(quarter), ms(whole), times(whole, quarter))
            for name, fragment, quarter, whole in sorted(hostile, key=lambda row: row[3], reverse=True)[:5]
        ],
    )


def _hostile_seconds(fragment: str) -> tuple[float, float]:
    quarter, whole = (hostile_text(fragment, length) for length in (HOSTILE_CHARACTERS // 4, HOSTILE_CHARACTERS))
    return _seconds(quarter), _seconds(whole)


def _row(name: str, text: str) -> tuple[str, ...]:
    text = (text * (CHARACTERS // len(text) + 1))[:CHARACTERS]
    megabytes = len(text.encode()) / 1e6
    quarter, whole = _seconds(text[: len(text) // 4]), _seconds(text)
    digits = sum(map(str.isdigit, text)) / len(text)
    return name, f"{digits:.0%}", f"{megabytes:.1f} MB", f"{megabytes / whole:.1f}", times(whole, quarter)


def _seconds(text: str) -> float:
    """The best of three: what else the machine does is not the screening's."""
    taken = []
    for _ in range(3):
        start = time.process_time()
        screen_text(text)
        taken.append(time.process_time() - start)
    return min(taken)


def _ordinary() -> str:
    """Paragraphs of a report, every third with the numbers that stand in such."""
    rng = Random(1)
    samples = [sample.text for sample in cleans(Set.TEST, seed=1, many=300)]
    return "\n".join(_ORDINARY * rng.randrange(1, 4) + sample for sample in samples)


def _dense() -> str:
    return "\n".join(sample.text for sample in cleans(Set.TEST, seed=2, many=2_000))


def _found() -> str:
    return "\n".join(_ORDINARY + sample.text for sample in positives(Set.TEST, seed=1, many=150))


def _figures() -> str:
    rng = Random(2)
    return "\n".join("\t".join(numbers.count(rng) for _ in range(8)) for _ in range(3_000))


TEXTS = {
    "a report with some numbers": _ordinary,
    f"the {len(clean.TEST)} clean sentences alone": _dense,
    "a report with 150 numbers of persons": _found,
    "a table of figures": _figures,
    "ten digits on each line": lambda: "\n".join(numbers.mobile(Random(n)) for n in range(3_000)),
    "one long run of digits": lambda: "0123456789",
    "12 12 12 …, the worst known": lambda: "12 ",
    "8 and spaces": lambda: "8" + " " * 50_000,
    "digits with what cannot be seen": lambda: "8\u200b5\u00ad",
    "ärende ärende …": lambda: "ärende ",
}
