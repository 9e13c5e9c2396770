"""PDF files: every place in which a text can hide."""

import time

import pytest

from screening.files.process import run
from screening.findings import Verdict

from .makers.hostile_pdf import (
    HOSTILE,
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
from .places import NUMBER, finds_it_there, is_clean_without, screened


@pytest.mark.parametrize("place", PLACES)
def test_a_number_is_found_and_its_place_is_told(tmp_path, place):
    where, make = PLACES[place]
    finds_it_there(tmp_path, "fil.pdf", make, where)


@pytest.mark.parametrize("place", PLACES)
def test_the_same_document_without_a_number_is_clean(tmp_path, place):
    is_clean_without(tmp_path, "fil.pdf", PLACES[place][1])


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_gets_the_right_verdict_within_time_and_memory(tmp_path, name):
    verdict, make = HOSTILE[name]
    path = tmp_path / "fil.pdf"
    path.write_bytes(make())
    start = time.monotonic()
    outcome = run(path, name=path.name, picture_is_read=False)
    assert outcome.screening.verdict is verdict, outcome.screening
    assert bool(outcome.screening.fault) is (verdict is Verdict.UNSCREENED)
    assert time.monotonic() - start < 10
    assert outcome.peak < 300_000_000


@pytest.mark.parametrize("make", [scanned, scanned_in_strips, text_as_outlines, inline_picture])
def test_a_page_without_text_is_passed_by_the_word_of_who_read_it(tmp_path, make):
    assert screened(tmp_path, "fil.pdf", make()).verdict is Verdict.UNSCREENED
    assert screened(tmp_path, "fil.pdf", make(), picture_is_read=True).verdict is Verdict.CLEAN


def test_the_word_of_who_read_it_does_not_pass_a_damaged_page(tmp_path):
    file = content_that_is_not_there()
    assert screened(tmp_path, "fil.pdf", file, picture_is_read=True).verdict is Verdict.UNSCREENED


def test_the_page_that_is_a_picture_is_named(tmp_path):
    assert screened(tmp_path, "fil.pdf", scanned()).fault.startswith("Sida 1 är en bild")


def test_machine_read_text_under_a_scan_is_screened(tmp_path):
    assert screened(tmp_path, "fil.pdf", scanned(f"Brukaren {NUMBER}")).verdict is Verdict.BLOCK


def test_a_page_with_a_logo_is_clean(tmp_path):
    assert screened(tmp_path, "fil.pdf", with_logo()).verdict is Verdict.CLEAN


@pytest.mark.parametrize("break_it", [pages_in_a_circle, page_that_is_not_there])
def test_what_was_found_counts_when_the_rest_cannot_be_read(tmp_path, break_it):
    file = break_it().replace(stream(TEXT), stream(shown(NUMBER)))
    screening = screened(tmp_path, "fil.pdf", file)
    assert screening.verdict is Verdict.BLOCK
    assert screening.fault
