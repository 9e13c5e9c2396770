"""Puts the strings of a page together to text, in the order of the file and by their places."""

import re
from collections.abc import Iterable, Iterator

from .content import Run

_SMALLEST = 0.1  # points; smaller sizes count as this, so that gaps can be measured
_BOX = 2.5  # sizes of the font: the digits of a number in boxes, one each, stand no farther apart
_COLUMN = 1.5  # sizes: a wider gap separates columns
_FIGURES = re.compile(r"[0-9+\-–\s]{1,3}")
_DIGITS = re.compile(r"[0-9]")
FEWEST_DIGITS = 10


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
    lines: dict[tuple[tuple[float, float], int], list[Run]] = {}
    for run in runs:
        half = run.size / 2 if run.size > 4.0 else 2.0
        lines.setdefault((run.turn, round(run.across / half)), []).append(run)
    for line in lines.values():
        if len(_DIGITS.findall("".join([run.text for run in line]))) < FEWEST_DIGITS:
            continue
        line.sort(key=lambda run: run.start)
        yield from (text for text in _columns(line) if len(_DIGITS.findall(text)) >= FEWEST_DIGITS)


def _columns(line: list[Run]) -> Iterator[str]:
    parts = [line[0].text]
    last = line[0]
    for run in line[1:]:
        if _is_same_again(last, run):
            continue
        gap, size = run.start - last.end, max(last.size, run.size, _SMALLEST)
        if _FIGURES.fullmatch(last.text) and _FIGURES.fullmatch(run.text) and gap < _BOX * size:
            parts.append("")
        elif gap > _COLUMN * size:
            yield "".join(parts)
            parts = []
        elif gap > last.space:
            parts.append(" ")
        parts.append(run.text)
        last = run
    yield "".join(parts)


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
