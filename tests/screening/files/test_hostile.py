"""Files made to do harm: the right verdict, without more memory than there is for it."""

import pytest

from screening.files.limits import peak_bytes

from .makers.hostile import HOSTILE, LARGE, cut_at
from .places import screened, screened_in_a_process


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_file_ends_with_the_right_verdict_and_little_memory(tmp_path, case):
    name, make, verdict = HOSTILE[case]
    screening = screened_in_a_process(tmp_path, name, make()) if case in LARGE else screened(name, make())
    assert screening.verdict == verdict, screening
    assert bool(screening.fault) or verdict != "unscreened"


@pytest.mark.parametrize("share", [number / 20 for number in range(1, 20)])
def test_a_document_cut_anywhere_is_unscreened(share):
    assert screened("a.docx", cut_at(share)()).verdict == "unscreened"


def test_the_peak_of_memory_is_measured():
    block = bytearray(50_000_000)
    assert peak_bytes() > len(block)
