"""Time and queries of a piece of work, and the tables in which they are told."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection


@dataclass
class Gauge:
    """What a piece of work took: seconds, and the number of SQL queries."""

    seconds: float = 0.0
    queries: int = 0

    def count(self, execute: Callable[..., Any], *statement: Any) -> Any:
        self.queries += 1
        return execute(*statement)


@contextmanager
def gauge() -> Iterator[Gauge]:
    """Measure the block; the answer is complete when the block has ended."""
    measured = Gauge()
    with connection.execute_wrapper(measured.count):
        start = time.perf_counter()
        yield measured
        measured.seconds = time.perf_counter() - start


def tell(title: str, headings: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print a table: the first column to the left, numbers to the right."""
    cells = [[str(cell) for cell in row] for row in [headings, *rows]]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    print(f"\n{title}")
    for row in cells:
        first, *rest = zip(row, widths, strict=True)
        print("  ".join([first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in rest)]).rstrip(), flush=True)


def compare(title: str, unit: str, cases: Sequence[tuple[str, int, Gauge, int, Gauge]]) -> None:
    """Tell of cases (name, few, what they took, many, what they took) what one of the units cost in each."""
    rows = [
        (
            name,
            *_cost(few, gauge_of_few),
            *_cost(many, gauge_of_many),
            times(gauge_of_many.seconds / many, gauge_of_few.seconds / few),
        )
        for name, few, gauge_of_few, many, gauge_of_many in cases
    ]
    cost = (f"{unit}s", "queries each", "time each")
    tell(title, ("what", *cost, *cost, "ratio"), rows)


def _cost(number: int, taken: Gauge) -> tuple[int, str, str]:
    return number, f"{taken.queries / number:.2f}", ms(taken.seconds / number)


def ms(seconds: float) -> str:
    """Milliseconds with as many decimals as tell something."""
    return f"{seconds * 1000:.1f} ms" if seconds < 1 else f"{seconds * 1000:.0f} ms"


def times(many: float, few: float) -> str:
    """How many times as much."""
    return f"{many / few:.2f}"
