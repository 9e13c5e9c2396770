"""How often a right page is found, and how high it stands."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from statistics import mean
from typing import Any

from django.test import Client

from ..gauges import tell
from .material import load, read

_ARTICLE = re.compile(r"<article.*?</article>", re.DOTALL)
_LINK = re.compile(r'<a href="([^"]+)"')
WEAK = "Inga riktiga träffar"
# The later ones were written after the search had been tuned by the first; those in everyday words while it was tuned
# again, by somebody who knew its code.
LISTS = (
    "short",
    "questions",
    "later_short",
    "later_questions",
    "everyday_short",
    "everyday_questions",
    "last_short",
    "last_questions",
)
UNANSWERED = ("unanswered", "later_unanswered", "everyday_unanswered", "last_unanswered")
FIRST = 5


@dataclass
class Asked:
    """A query, its right pages, and what was found."""

    query: str
    kind: str
    right: Sequence[str]
    found: Sequence[str] = field(default_factory=list)
    is_weak: bool = False

    @property
    def rank(self) -> int | None:
        """The place of the first right page; None when there is none among the hits."""
        return next((place for place, url in enumerate(self.found, start=1) if url in self.right), None)


def ask(queries: Iterable[dict[str, Any]]) -> list[Asked]:
    """Ask the site as a visitor does."""
    client, asked = Client(), []
    for row in queries:
        one = Asked(row["q"], row["kind"], [_address(right) for right in row["right"]])
        html = client.get("/sok/", {"q": one.query}).content.decode()
        one.found = [_LINK.search(article)[1] for article in _ARTICLE.findall(html)]
        one.is_weak = WEAK in html
        asked.append(one)
    return asked


def _address(right: str) -> str:
    return right if right.startswith("/") else f"/material/{right}/"


def measure() -> None:
    """Load the demo and the made resources, and ask every list."""
    load()
    ask_all()


def ask_all() -> dict[str, list[Asked]]:
    """Ask every list of what is loaded, and print the figures."""
    lists = {name: ask(read(name)) for name in LISTS}
    for name, asked in lists.items():
        by_kind: dict[str, list[Asked]] = defaultdict(list)
        for one in asked:
            by_kind[one.kind].append(one)
        rows = [_row("all", asked), *(_row(kind, some) for kind, some in sorted(by_kind.items()))]
        heading = ("kind", "queries", "right among 5", "among 10", "MRR", "without hits", "called weak")
        tell(f"Search: {name}", heading, rows)
    unanswered = {name: ask(read(name)) for name in UNANSWERED}
    rows = [(name, len(asked), f"{_silent(asked):.2f}") for name, asked in unanswered.items()]
    tell("Search: without an answer", ("list", "queries", "say so"), rows)
    return lists | unanswered


def _silent(asked: Sequence[Asked]) -> float:
    """The share that was answered with nothing, or with hits that are called weak."""
    return mean(not one.found or one.is_weak for one in asked)


def _row(kind: str, asked: Sequence[Asked]) -> tuple[Any, ...]:
    ranks = [one.rank for one in asked]
    return (
        kind,
        len(asked),
        f"{mean(rank is not None and rank <= FIRST for rank in ranks):.2f}",
        f"{mean(rank is not None and rank <= 2 * FIRST for rank in ranks):.2f}",
        f"{mean(1 / rank if rank else 0 for rank in ranks):.2f}",
        f"{mean(not one.found for one in asked):.2f}",
        f"{mean(one.is_weak for one in asked):.2f}",
    )
