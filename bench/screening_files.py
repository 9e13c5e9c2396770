"""Screening of files: how long a file takes, what the process costs, and what hostile files come to."""

import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from pathlib import Path

from screening.files.process import Run, run
from tests.screening.files.makers import excel, word
from tests.screening.files.makers.hostile import HOSTILE

from .gauges import ms, tell, times

RUNS = 5


def measure() -> None:
    with tempfile.TemporaryDirectory() as folder:
        _honest(Path(folder))
        _growth(Path(folder))
        _hostile(Path(folder))


def _timed(path: Path, content: bytes) -> tuple[Run, float]:
    path.write_bytes(content)
    start = time.perf_counter()
    done = run(path, name=path.name, picture_is_read=False)
    seconds = time.perf_counter() - start
    path.unlink()
    return done, seconds


def _honest(folder: Path) -> None:
    rows = []
    for name, suffix, make in HONEST:
        content = make()
        done, seconds = min((_timed(folder / f"a{suffix}", content) for _ in range(RUNS)), key=lambda pair: pair[1])
        assert done.screening.verdict == "clean", done.screening
        rows.append((name, f"{len(content) / 1e6:.1f} MB", ms(seconds), f"{done.peak / 1e6:.0f} MB"))
    tell("Files that are clean (the fastest of five; with the start of the process)", HEADINGS, rows)


def _growth(folder: Path) -> None:
    """Ten times as much should cost ten times the time, less what it costs to start."""
    start = _timed(folder / "a.txt", b"Hej")[1]
    rows = []
    for name, suffix, make in GROWING:
        few = min(_timed(folder / f"a{suffix}", make(1))[1] for _ in range(RUNS)) - start
        many = min(_timed(folder / f"a{suffix}", make(10))[1] for _ in range(RUNS)) - start
        rows.append((name, ms(few), ms(many), times(many / 10, few)))
    tell("Ten times as large, without the start", ("file", "time", "ten times", "ratio each"), rows)


def _hostile(folder: Path) -> None:
    rows = []
    slowest, largest = 0.0, 0
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # zipfile points at the names that are there twice on purpose
        for name, (file, make, verdict) in HOSTILE.items():
            content = make()
            done, seconds = _timed(folder / file, content)
            assert done.screening.verdict == verdict, name
            slowest, largest = max(slowest, seconds), max(largest, done.peak)
            rows.append((name, f"{len(content) / 1e6:.1f} MB", ms(seconds), f"{done.peak / 1e6:.0f} MB", verdict))
    tell("Hostile files", (*HEADINGS, "verdict"), rows)
    both = largest + _peak_of_the_command(folder)
    print(f"At most {slowest:.1f} s, and {both / 1e6:.0f} MB with `manage.py screen` (of 10 s and 300 MB)")


def _peak_of_the_command(folder: Path) -> int:
    """The memory of `manage.py screen` itself, which waits for the process that reads."""
    path = folder / "a.txt"
    path.write_text("Hej")
    code = (
        "import sys; from screening.files.limits import peak_bytes; import manage; "
        f"sys.argv = ['manage.py', 'screen', {str(path)!r}]; manage.main(); print(peak_bytes())"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return int(done.stdout.split()[-1])


HEADINGS = ("file", "size", "time", "memory")


def _text(size: int) -> bytes:
    line = "Kommunen har 12 345 invånare, telefon 08-123 456 78, diarienummer SN 2027/0123 och lagen 2001:453.\n"
    return (line * (size * 1_000_000 // len(line.encode()))).encode()


def _document(paragraphs: int) -> bytes:
    return word.document("".join(word.paragraph(f"Stycke {n} om möten 2027 och annat") for n in range(paragraphs)))


def _workbook(rows: int) -> bytes:
    content = [["Kommun", "Telefon", "Antal"], *([f"Kommun {n}", f"08-{n:06}", n] for n in range(rows))]
    return excel.workbook(content)


HONEST: tuple[tuple[str, str, Callable[[], bytes]], ...] = (
    ("text, one line", ".txt", lambda: b"Hej"),
    ("text", ".txt", lambda: _text(5)),
    ("Word, 3,000 paragraphs", ".docx", lambda: _document(3000)),
    ("Excel, 10,000 rows", ".xlsx", lambda: _workbook(10_000)),
)
GROWING: tuple[tuple[str, str, Callable[[int], bytes]], ...] = (
    ("text", ".txt", lambda times: _text(times)),
    ("Word", ".docx", lambda times: _document(1000 * times)),
    ("Excel", ".xlsx", lambda times: _workbook(2000 * times)),
)
