"""Files that LibreOffice, Ghostscript and Chromium wrote: `bench/real_files.py` makes them, and they are kept here."""

from collections import Counter
from pathlib import Path

import pytest

from screening.findings import Verdict

from .places import screened

FOLDER = Path(__file__).with_name("real")
FILES = sorted(path.name for path in FOLDER.iterdir())
# What the beginning of a file's name says must come of it.
EXPECTED = {"ren": Verdict.CLEAN, "nummer": Verdict.BLOCK, "bild": Verdict.UNSCREENED}


def suffix_of(name: str) -> str:
    return name.rpartition(".")[2]


def test_there_are_files_of_each_kind_by_each_program():
    assert len(FILES) >= 60
    assert set(map(suffix_of, FILES)) == {"odt", "ods", "odp", "docx", "xlsx", "pptx", "pdf"}
    assert min(Counter(name.partition("-")[0] for name in FILES).values()) >= 5
    for program in (".gs.", ".chromium.", ".mappar."):
        assert sum(program in name for name in FILES) >= 5
    assert sum((FOLDER / name).stat().st_size for name in FILES) < 2_000_000


@pytest.mark.parametrize("name", FILES)
def test_f2_f3_f5_what_people_s_programs_write_gets_the_right_verdict(name):
    screening = screened(f"fil.{suffix_of(name)}", (FOLDER / name).read_bytes())
    assert screening.verdict is EXPECTED[name.partition("-")[0]], screening
    assert bool(screening.fault) is (screening.verdict is Verdict.UNSCREENED)


@pytest.mark.parametrize("name", [name for name in FILES if name.startswith("bild-")])
def test_f3_a_person_who_has_read_the_picture_passes_it(name):
    content = (FOLDER / name).read_bytes()
    assert screened(f"fil.{suffix_of(name)}", content, picture_is_read=True).verdict is Verdict.CLEAN
