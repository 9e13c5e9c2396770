"""Puts the strings of a page together to text, in the order of the file and by their places."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import NamedTuple

from .content import Run

_SMALLEST = 0.1  # points; smaller sizes count as this, so that gaps can be measured
_BOX = 2.5  # sizes of the font: the digits of a number in boxes, one each, stand no farther apart
_COLUMN = 1.5  # sizes: a wider gap separates columns
_FIGURES = re.compile(r"[0-9+\-–\s]{1,3}")
_DIGITS = re.compile(r"[0-9]")
FEWEST_DIGITS = 10
_EDGE = 12.0  # points; lines whose left edges are so near are of one column
_LEADING = 3.0  # sizes between a line and the one under it, at most
_AROUND = 120  # characters on each side of a break that are read together
_MOST_OPEN = 6  # ends of lines of a page that may go on on the next
# A number is broken off after a dash, or in running text; figures under each other in a table are two.
_BROKEN_OFF = re.compile(r"\d[\s.-]*[-–‐‑−+]\s*\Z|[^\W\d_][^\W\d_][^\n]{0,40}?\s\d[\d\s-]{1,12}\Z")
_GOES_ON = re.compile(r"\s*[-–‐‑−+]?\s*\d")
_FOUR_FIRST = re.compile(r"\s*[-–‐‑−+]?\s*\d{4}(?!\d)")


def in_order(runs: Iterable[Run]) -> str:
    """The text as the file has it, with a space for each gap and a line break for each new line."""
    parts: list[str] = []
    last: Run | None = None
    for run in runs:
        if last is not None:
            if not _on_one_line(last, run):
                parts.append("\n")
            elif _is_same_again(last, run):
                continue  # drawn twice to look bold
            elif run.start - last.end > last.space or run.end < last.start - last.size:
                parts.append(" ")
        parts.append(run.text)
        last = run
    return "".join(parts)


def by_place(runs: Iterable[Run]) -> Iterator[str]:
    """Yields the lines of a page that have digits enough for a number, put together by position alone.

    This finds numbers that are drawn in another order than they are read, and those with a box for each digit.
    """
    yield from (part.text for part in _parts(runs, FEWEST_DIGITS) if _digits(part.text) >= FEWEST_DIGITS)


class Part(NamedTuple):
    """A part of a line, in one column: its text, and its place along and across the direction of writing."""

    text: str
    start: float
    across: float
    size: float
    turn: tuple[float, float]


def broken(runs: Iterable[Run]) -> tuple[list[str], list[Part], list[Part]]:
    """Reads on where a number may be broken at the end of a line, in whichever order the columns were drawn.

    Returns each end read with the line under it in its column, the ends under which nothing goes on, and the
    first lines that may go on from such an end on the page before.
    """
    parts = list(_parts(runs, 2))
    firsts: dict[tuple[tuple[float, float], int], list[Part]] = {}
    for part in sorted(filter(lambda part: _GOES_ON.match(part.text), parts), key=lambda part: part.across):
        firsts.setdefault((part.turn, round(part.start / _EDGE)), []).append(part)
    whole, ends = [], []
    for part in parts:
        if not _BROKEN_OFF.search(part.text):
            continue
        below = [
            lines[at - 1]
            for edge in (-1, 0, 1)
            if (lines := firsts.get((part.turn, round(part.start / _EDGE) + edge)))
            and (at := bisect_left(lines, part.across, key=lambda line: line.across))
            and part.across - lines[at - 1].across < _LEADING * max(part.size, _SMALLEST)
        ]
        whole += [read_on(part, line) for line in below]
        ends += [] if below else [part]
    tops = sorted(
        filter(lambda part: _FOUR_FIRST.match(part.text), chain(*firsts.values())), key=lambda part: -part.across
    )
    return whole, ends[-_MOST_OPEN:], tops[:_MOST_OPEN]


def read_on(end: Part, first: Part) -> str:
    """The end of a line and the beginning of the one that follows it."""
    return f"{end.text[-_AROUND:]}\n{first.text[:_AROUND]}"


def _parts(runs: Iterable[Run], fewest: int) -> Iterator[Part]:
    """The lines of a page, by place, that have so many digits; each cut where columns are apart."""
    lines: dict[tuple[tuple[float, float], int], list[Run]] = {}
    for run in runs:
        half = run.size / 2 if run.size > 4.0 else 2.0
        lines.setdefault((run.turn, round(run.across / half)), []).append(run)
    for line in lines.values():
        if sum(_digits(run.text) for run in line) >= fewest:
            line.sort(key=lambda run: run.start)
            yield from _columns(line)


def _digits(text: str) -> int:
    return len(_DIGITS.findall(text))


def _columns(line: list[Run]) -> Iterator[Part]:
    first = last = line[0]
    parts = [first.text]
    for run in line[1:]:
        if _is_same_again(last, run):
            continue
        gap, size = run.start - last.end, max(last.size, run.size, _SMALLEST)
        if _FIGURES.fullmatch(last.text) and _FIGURES.fullmatch(run.text) and gap < _BOX * size:
            parts.append("")
        elif gap > _COLUMN * size:
            yield Part("".join(parts), first.start, first.across, first.size, first.turn)
            first, parts = run, []
        elif gap > last.space:
            parts.append(" ")
        parts.append(run.text)
        last = run
    yield Part("".join(parts), first.start, first.across, first.size, first.turn)


def _on_one_line(last: Run, run: Run) -> bool:
    if last.turn != run.turn:
        return False
    return abs(run.across - last.across) <= max(last.size, run.size, _SMALLEST) * 0.6


def _is_same_again(last: Run, run: Run) -> bool:
    return (
        run.text == last.text
        and abs(run.start - last.start) < max(run.size, _SMALLEST) * 0.15
        and bool(run.text.strip())
    )
