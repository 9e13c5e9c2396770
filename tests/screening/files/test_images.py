"""Pictures: every place of their metadata, and what they show, which only a person can read."""

import time

import pytest

from screening.files.process import run
from screening.findings import Verdict

from .makers.images import HOSTILE, PLACES, picture
from .places import NUMBER, WORDS, screened


@pytest.mark.parametrize("place", PLACES)
def test_a_number_is_found_and_its_place_is_told(tmp_path, place):
    name, where, make = PLACES[place]
    screening = screened(tmp_path, name, make(NUMBER))
    assert [finding.where for finding in screening.findings] == [where]
    assert screening.verdict is Verdict.BLOCK


@pytest.mark.parametrize("place", PLACES)
def test_the_same_picture_without_a_number_is_clean_when_someone_has_looked_at_it(tmp_path, place):
    name, _, make = PLACES[place]
    screening = screened(tmp_path, name, make(WORDS), picture_is_read=True)
    assert screening.verdict is Verdict.CLEAN, screening


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP", "TIFF", "BMP", "AVIF"])
def test_what_a_picture_shows_is_not_screened(tmp_path, kind):
    name = f"bild.{kind.lower()}"
    assert screened(tmp_path, name, picture(kind)).verdict is Verdict.UNSCREENED
    assert screened(tmp_path, name, picture(kind), picture_is_read=True).verdict is Verdict.CLEAN


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_picture_gets_the_right_verdict_within_time_and_memory(tmp_path, case):
    name, verdict, make = HOSTILE[case]
    path = tmp_path / name
    path.write_bytes(make())
    start = time.monotonic()
    outcome = run(path, name=name, picture_is_read=True)
    assert outcome.screening.verdict is verdict, outcome.screening
    assert time.monotonic() - start < 10
    assert outcome.peak < 300_000_000
