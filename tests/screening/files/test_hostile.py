"""Files made to do harm: the right verdict, without more memory than there is for it."""

import pytest

from screening.files.limits import peak_bytes
from screening.files.process import run

from .makers.hostile import HOSTILE, cut_at

MEMORY = 300_000_000
SITE = 160_000_000  # what the process that asks may take of it


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_file_ends_with_the_right_verdict_and_little_memory(tmp_path, case):
    name, make, verdict = HOSTILE[case]
    path = tmp_path / name
    path.write_bytes(make())
    done = run(path, name=name, picture_is_read=False)
    path.unlink()  # they are large, and the folder is kept for a while
    assert done.screening.verdict == verdict, done.screening
    assert bool(done.screening.fault) or verdict != "unscreened"
    assert 0 < done.peak < MEMORY - SITE


@pytest.mark.parametrize("share", [number / 20 for number in range(1, 20)])
def test_a_document_cut_anywhere_is_unscreened(tmp_path, share):
    path = tmp_path / "a.docx"
    path.write_bytes(cut_at(share)())
    assert run(path, name="a.docx", picture_is_read=False).screening.verdict == "unscreened"


def test_the_peak_of_memory_is_measured():
    block = bytearray(50_000_000)
    assert peak_bytes() > len(block)
