"""How long a pdf takes to screen, from the start of its process to its verdict."""

import tempfile
import time
from pathlib import Path

from screening.files.process import run
from screening.findings import Verdict
from tests.screening.files.makers.pdf import Pdf

from .gauges import ms, tell, times

PAGES = (25, 50, 100, 200)
LINES = 40
RUNS = 3
SENTENCE = (
    "kommunen regionen ett samlat arbete mot brott i välfärden kräver rutiner för upphandling avtal och uppföljning "
    "på alla nivåer med stöd av ledningen"
)
WORDS = SENTENCE.split()


def measure() -> None:
    for way, draw in {"a line at a time": _in_lines, "a letter at a time, as browsers print": _in_letters}.items():
        taken = {pages: _seconds(pages, draw) for pages in PAGES}
        first = taken[PAGES[0]] / PAGES[0]
        tell(
            f"Screening a pdf of {LINES} lines a page, drawn {way}",
            ("pages", "time", "time a page", "ratio"),
            [(n, ms(seconds), ms(seconds / n), times(seconds / n, first)) for n, seconds in taken.items()],
        )


def _seconds(pages: int, draw) -> float:
    pdf = Pdf()
    pdf.objects[2] = b"<</Type/Font/Subtype/Type1/BaseFont/Courier/Encoding/WinAnsiEncoding>>"
    for page in range(pages):
        text = [" ".join(WORDS[(page + line + word) % len(WORDS)] for word in range(11)) for line in range(LINES)]
        pdf.page(b"BT /F1 11 Tf 1 0 0 1 60 780 Tm\n" + b"\n".join(map(draw, text)) + b"\nET")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "fil.pdf"
        file.write_bytes(pdf.bytes())
        return min(_once(file) for _ in range(RUNS))


def _once(file: Path) -> float:
    start = time.perf_counter()
    screening = run(file, name=file.name, picture_is_read=False).screening
    seconds = time.perf_counter() - start
    assert screening.verdict is Verdict.CLEAN, screening
    return seconds


def _in_lines(line: str) -> bytes:
    return b"(%s) Tj 0 -17 Td" % line.encode("cp1252")


def _in_letters(line: str) -> bytes:
    letters = b" 6.6 0 Td ".join(b"<%02X> Tj" % letter for letter in line.encode("cp1252"))
    return b"%s %g -17 Td" % (letters, -6.6 * (len(line) - 1))
