"""Pictures: every place of their metadata, and what they show, which only a person can read."""

import pytest

from screening.findings import Verdict

from .makers.images import HOSTILE, LARGE, PLACES, picture, with_exif
from .places import MEMORY, NUMBER, WORDS, screened, screened_in_a_process


@pytest.mark.parametrize("place", PLACES)
def test_a_number_is_found_and_its_place_is_told(place):
    name, where, make = PLACES[place]
    screening = screened(name, make(NUMBER))
    assert [finding.where for finding in screening.findings] == [where]
    assert screening.verdict is Verdict.BLOCK


@pytest.mark.parametrize("place", PLACES)
def test_the_same_picture_without_a_number_is_clean_when_someone_has_looked_at_it(place):
    name, _, make = PLACES[place]
    screening = screened(name, make(WORDS), picture_is_read=True)
    assert screening.verdict is Verdict.CLEAN, screening


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP", "TIFF", "BMP", "AVIF"])
def test_what_a_picture_shows_is_not_screened(kind):
    name = f"bild.{kind.lower()}"
    assert screened(name, picture(kind)).verdict is Verdict.UNSCREENED
    assert screened(name, picture(kind), picture_is_read=True).verdict is Verdict.CLEAN


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_picture_gets_the_right_verdict_within_time_and_memory(tmp_path, case):
    name, verdict, make = HOSTILE[case]
    if case in LARGE:
        screening = screened_in_a_process(tmp_path, name, make(), picture_is_read=True, memory=MEMORY)
    else:
        screening = screened(name, make(), picture_is_read=True)
    assert screening.verdict is verdict, screening


def test_a_number_in_a_tag_that_stands_twice_is_found_though_only_the_last_is_handed_over():
    words, number = (0x010E, 2, WORDS.encode() + b"\0"), (0x010E, 2, f"Om {NUMBER}".encode() + b"\0")
    for tags in ((words, number), (number, words)):
        screening = screened("bild.jpg", with_exif(*tags), picture_is_read=True)
        assert screening.verdict is Verdict.BLOCK, tags
