"""Joins the periods of two rows that are one person: each day that somebody held a role, it is held once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ..models import Period

FOREVER = date.max


@dataclass(frozen=True)
class Span:
    """A part of a joined period: from `start` until the day before `end` (None: no end yet)."""

    start: date
    end: date | None
    deputy: bool = False


def clusters(rows: Sequence[Period]) -> list[list[Any]]:
    """The rows, in groups that share days with each other. One that was taken back never held, and is left out."""
    found: list[list[Any]] = []
    reach = date.min
    lasting = (row for row in rows if row.end != row.start)
    for row in sorted(lasting, key=lambda row: (row.start, row.pk)):
        if row.start >= reach:
            found.append([])
        found[-1].append(row)
        reach = max(reach, row.end or FOREVER)
    return found


def spans_of(rows: Sequence[Period], *, is_deputy: Callable[[Any], bool] = lambda row: False) -> list[Span]:
    """The spans in which the rows of a cluster hold, without overlap. Who is both is contact person, not deputy."""
    days = sorted({row.start for row in rows} | {row.end or FOREVER for row in rows})
    spans: list[Span] = []
    for start, end in zip(days, days[1:], strict=False):
        held = [row for row in rows if row.start <= start and (row.end or FOREVER) >= end]
        deputy = all(is_deputy(row) for row in held)
        if spans and spans[-1].end == start and spans[-1].deputy == deputy:
            spans[-1] = Span(spans[-1].start, end, deputy)
        else:
            spans.append(Span(start, end, deputy))
    return [Span(span.start, None if span.end == FOREVER else span.end, span.deputy) for span in spans]
