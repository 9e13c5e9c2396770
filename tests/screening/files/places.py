"""What is asked of every hiding place: the number is found there, and its clean twin is clean."""

from collections.abc import Callable
from pathlib import Path

from screening.files import screen_file
from screening.findings import Screening, Verdict
from tests.screening.numbers import personal_number

NUMBER = personal_number()
WORDS = "möte-2027"  # as long as it needs to be cut in the same places


def screened(folder: Path, name: str, content: bytes, *, picture_is_read: bool = False) -> Screening:
    path = folder / name
    path.write_bytes(content)
    return screen_file(path, picture_is_read=picture_is_read)


def finds_it_there(folder: Path, name: str, make: Callable[[str], bytes], where: str) -> None:
    screening = screened(folder, name, make(NUMBER))
    assert [finding.where for finding in screening.findings] == [where]
    assert screening.verdict is Verdict.BLOCK
    assert not screening.fault
    assert not any(NUMBER[-4:] in finding.excerpt for finding in screening.findings)


def is_clean_without(folder: Path, name: str, make: Callable[[str], bytes]) -> None:
    screening = screened(folder, name, make(WORDS))
    assert screening.verdict is Verdict.CLEAN, screening
