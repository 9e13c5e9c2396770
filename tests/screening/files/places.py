"""What is asked of every hiding place: the number is found there, and its clean twin is clean.

The reader is called in this process, which saves the start of one for each case. `test_process.py` and the
hostile files that are large go through the process that the site uses.
"""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from screening.files.child import read
from screening.files.passages import Budget
from screening.files.process import run, summary
from screening.findings import Screening, Verdict
from tests.screening.numbers import personal_number

NUMBER = personal_number()
MEMORY = 300_000_000
SITE = 160_000_000  # what the process that asks may take of it
WORDS = "möte-2027"  # as long as it needs to be cut in the same places


def screened(name: str, content: bytes, *, picture_is_read: bool = False) -> Screening:
    lines: list = []
    read(BytesIO(content), name, Budget(picture_is_read=picture_is_read), lines.append)
    assert not lines[-1]["error"], "a reader has a fault of its own"
    return summary(lines, died="").screening


def screened_in_a_process(
    folder: Path, name: str, content: bytes, *, picture_is_read: bool = False, memory: int = MEMORY - SITE
) -> Screening:
    """The same in the process that the site uses, within its memory. Its time is kept by the process that waits."""
    path = folder / name
    path.write_bytes(content)
    done = run(path, name=name, picture_is_read=picture_is_read)
    assert 0 < done.peak < memory
    path.unlink()  # the files are large, and the folder is kept for a while
    return done.screening


def finds_it_there(name: str, make: Callable[[str], bytes], where: str) -> None:
    screening = screened(name, make(NUMBER))
    assert [finding.where for finding in screening.findings] == [where]
    assert screening.verdict is Verdict.BLOCK
    assert not screening.fault
    assert not any(NUMBER[-4:] in finding.excerpt for finding in screening.findings)


def is_clean_without(name: str, make: Callable[[str], bytes]) -> None:
    screening = screened(name, make(WORDS))
    assert screening.verdict is Verdict.CLEAN, screening
