"""The process that reads one file: the file on standard input, its name in the environment, lines of JSON out.

It has no Django and no database. A finding is written as soon as it is made, so that it counts even if the
process is ended in the middle; the last line tells of faults and of the memory used.
"""

import json
import os
import re
import sys
import traceback
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import PurePath
from typing import Any, BinaryIO

from ..findings import BLOCKING, Finding, Kind, Screening
from ..text import screen_text
from ..text.screen import MOST
from .formats import FileFormat, format_of, has_right_suffix
from .limits import LONG, ORDER, SHORT, limit_process, peak_bytes
from .passages import DAMAGED, TOO_MUCH_MEMORY, Budget, Fault, Note, Passage, Unreadable
from .shown_text import shown_texts

MAX_FINDINGS = 200  # of each sort: those that block, those that do not, and advice
MAX_FAULTS = 3
# Findings that look the same are told once, so nobody could tell how many there are.
TOO_MANY = "Filen har så många nummer att alla inte kan visas. Dela upp den."
_REMEMBERED = 20_000
_PASSAGES_A_LINE = 2000  # between two reports of how far the reading has come
# One word, or several without capitals: no number and no name. Most cells of most sheets.
_HARMLESS = re.compile(r"[A-ZÅÄÖ]?[a-zåäöé ,.;:()/&%!?-]*")

Line = dict[str, Any]


class Report:
    """Writes findings, notes and faults as lines: each finding once, and no more than MAX_FINDINGS of a sort."""

    def __init__(self, write: Callable[[Line], None]) -> None:
        self._write = write
        self._told: set[tuple[str, Finding]] = set()
        self._counts: dict[str, int] = {}
        self._faults: dict[str, None] = {}
        self._clean: set[tuple[str, str]] = set()
        self._read = 0
        self._place = ""
        self.error = ""

    def screen(self, passage: Passage) -> None:
        self._place = passage.where
        self._read += 1
        if self._read % _PASSAGES_A_LINE == 0:
            self.tell_place()
        key = (passage.text, passage.context)
        if (_HARMLESS.fullmatch(passage.text) and "sist" not in passage.text) or key in self._clean:
            return
        where = "" if passage.first_line else passage.where
        screening = screen_text(passage.text, where=where, context=passage.context)
        if not screening.findings and not screening.advice:
            if len(passage.text) < 200 and len(self._clean) < _REMEMBERED:
                self._clean.add(key)
            return
        if passage.first_line:
            screening = _with_lines(screening, passage)
        if sum(finding.kind in BLOCKING for finding in screening.findings) >= MOST:
            self.fault(TOO_MANY)
        known = screen_text(passage.fuller_than, context=passage.context)
        self._tell("findings", _without(screening.findings, known.findings))
        self._tell("advice", _without(screening.advice, known.advice))

    def _tell(self, sort: str, findings: list[Finding]) -> None:
        for finding in findings:
            shelf = f"{sort} that block" if finding.kind in BLOCKING else sort
            if (sort, finding) in self._told or self._counts.get(shelf, 0) >= MAX_FINDINGS:
                continue
            self._told.add((sort, finding))
            self._counts[shelf] = self._counts.get(shelf, 0) + 1
            self._write({sort: [finding.kind, finding.where, finding.excerpt]})

    def tell_place(self) -> None:
        self._write({"place": self._place, "peak": peak_bytes()})

    def note(self, sentence: str) -> None:
        self._write({"note": sentence})

    def fault(self, sentence: str) -> None:
        if len(self._faults) < MAX_FAULTS:
            self._faults[sentence] = None

    def end(self) -> None:
        self.tell_place()
        self._write({"fault": " ".join(self._faults), "peak": peak_bytes(), "error": self.error})


def main() -> None:
    """Read the file on standard input within the limits of the order."""
    order = json.loads(os.environ[ORDER])
    time = LONG if order["has_time"] else SHORT
    limit_process(time)
    budget = Budget(picture_is_read=order["picture_is_read"], seconds=time.reading)
    if order.get("only_actions"):
        from .pdf.actions import does_something  # the library takes long to load, and no other file needs it

        _write({"does_something": does_something(sys.stdin.buffer, budget)})
        return
    if order.get("only_text"):
        write_text(sys.stdin.buffer, order["name"], budget, _write)
        return
    read(sys.stdin.buffer, order["name"], budget, _write)


def write_text(source: BinaryIO, name: str, budget: Budget, write: Callable[[Line], None]) -> None:
    """Write the text that a file shows, page by page; what cannot be read is left out."""
    for page, text in shown_texts(_as_far_as_it_can_be_read(_passages(source, name, budget))):
        write({"text": [page, text]})


def _as_far_as_it_can_be_read(passages: Iterator[Passage | Fault]) -> Iterator[Passage | Fault]:
    try:
        yield from passages
    except Exception:  # whatever a parser raises, the file is the cause, and what was read before counts
        return


def read(source: BinaryIO, name: str, budget: Budget, write: Callable[[Line], None]) -> None:
    """Screen a file and write what is found as lines, the last of which tells what could not be read."""
    report = Report(write)
    report.tell_place()  # the memory that the start takes, should nothing more be written
    try:
        for passage in _passages(source, name, budget):
            if isinstance(passage, Note):
                report.note(passage.sentence)
            elif isinstance(passage, Fault):
                report.fault(passage.sentence)
            else:
                report.screen(passage)
    except Unreadable as error:
        report.fault(str(error))
    except MemoryError:
        report.fault(TOO_MUCH_MEMORY)
    except RecursionError:
        report.fault(DAMAGED)
    except Exception as error:
        # Whatever a parser raises, the file is the cause. The message may quote the file, so only the type
        # and the line are reported.
        report.fault(DAMAGED)
        last = traceback.extract_tb(error.__traceback__)[-1]
        report.error = f"{type(error).__name__} at {PurePath(last.filename).name}:{last.lineno}"
    report.end()


def _passages(source: BinaryIO, name: str, budget: Budget) -> Iterator[Passage | Fault]:
    if name:
        yield Passage("filnamnet", _words_of_name(name))
    file_format = format_of(source, name)
    if file_format.refusal:
        yield Fault(file_format.refusal)
    elif name and not has_right_suffix(file_format, name):
        yield Fault(_misnamed(file_format, name))
    if file_format.reader:
        yield from file_format.read(source, budget)


def _words_of_name(name: str) -> str:
    path = PurePath(name)
    return (path.stem if path.suffix else name).replace("_", " ")


def _misnamed(file_format: FileFormat, name: str) -> str:
    suffix = PurePath(name).suffix
    named = f"slutar på {suffix}" if suffix else "saknar filändelse"
    right = file_format.suffixes[0]
    return f"Filens namn {named}, men innehållet är {file_format.name}. Ge filen rätt filändelse ({right})."


def _with_lines(screening: Screening, passage: Passage) -> Screening:
    """Makes line numbers count from the beginning of the file; a finding in a text of one line has none before."""
    where, first = passage.where, passage.first_line or 1
    blank = passage.text[: -len(passage.text.lstrip())].count("\n")

    def moved(finding: Finding) -> Finding:
        line = int(finding.where.removeprefix("rad ") or 1 + blank) + first - 1
        return replace(finding, where=f"{where}: rad {line}" if where else f"rad {line}")

    return Screening(tuple(map(moved, screening.findings)), tuple(map(moved, screening.advice)))


def _without(findings: tuple[Finding, ...], known: tuple[Finding, ...]) -> list[Finding]:
    """The findings that are not known, removed one for one; places and spaces may differ between the two."""
    left = [_kind_and_excerpt(finding) for finding in known]
    rest = []
    for finding in findings:
        if _kind_and_excerpt(finding) in left:
            left.remove(_kind_and_excerpt(finding))
        else:
            rest.append(finding)
    return rest


def _kind_and_excerpt(finding: Finding) -> tuple[Kind, str]:
    return finding.kind, "".join(finding.excerpt.split())


def _write(line: Line) -> None:
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
