"""PDF files: every place in which a text can hide."""

import pytest

from screening.findings import Verdict

from .makers.hostile_pdf import (
    HOSTILE,
    LARGE,
    content_that_is_not_there,
    inline_picture,
    page_that_is_not_there,
    pages_in_a_circle,
    scanned,
    scanned_in_strips,
    text_as_outlines,
    with_logo,
)
from .makers.pdf import PLACES, TEXT, shown, stream
from .places import MEMORY, NUMBER, finds_it_there, is_clean_without, screened, screened_in_a_process


@pytest.mark.parametrize("place", PLACES)
def test_a_number_is_found_and_its_place_is_told(place):
    where, make = PLACES[place]
    finds_it_there("fil.pdf", make, where)


@pytest.mark.parametrize("place", PLACES)
def test_the_same_document_without_a_number_is_clean(place):
    is_clean_without("fil.pdf", PLACES[place][1])


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_gets_the_right_verdict_within_time_and_memory(tmp_path, name):
    verdict, make = HOSTILE[name]
    screening = (
        screened_in_a_process(tmp_path, "fil.pdf", make(), memory=MEMORY)
        if name in LARGE
        else screened("fil.pdf", make())
    )
    assert screening.verdict is verdict, screening
    assert bool(screening.fault) is (verdict is Verdict.UNSCREENED)


@pytest.mark.parametrize("make", [scanned, scanned_in_strips, text_as_outlines, inline_picture])
def test_a_page_without_text_is_passed_by_the_word_of_who_read_it(make):
    assert screened("fil.pdf", make()).verdict is Verdict.UNSCREENED
    assert screened("fil.pdf", make(), picture_is_read=True).verdict is Verdict.CLEAN


def test_the_word_of_who_read_it_does_not_pass_a_damaged_page():
    file = content_that_is_not_there()
    assert screened("fil.pdf", file, picture_is_read=True).verdict is Verdict.UNSCREENED


def test_the_page_that_is_a_picture_is_named():
    assert screened("fil.pdf", scanned()).fault.startswith("Sida 1 är en bild")


def test_machine_read_text_under_a_scan_is_screened():
    assert screened("fil.pdf", scanned(f"Brukaren {NUMBER}")).verdict is Verdict.BLOCK


def test_a_page_with_a_logo_is_clean():
    assert screened("fil.pdf", with_logo()).verdict is Verdict.CLEAN


@pytest.mark.parametrize("break_it", [pages_in_a_circle, page_that_is_not_there])
def test_what_was_found_counts_when_the_rest_cannot_be_read(break_it):
    file = break_it().replace(stream(TEXT), stream(shown(NUMBER)))
    screening = screened("fil.pdf", file)
    assert screening.verdict is Verdict.BLOCK
    assert screening.fault
