"""OpenDocument: every place in which a text can hide."""

import pytest

from screening.findings import Verdict
from tests.screening.numbers import personal_number

from .makers.opendocument import HEAD, SHEETS, SLIDES, TEXTS, cell, row, sheet
from .places import finds_it_there, is_clean_without, screened

PLACES = {
    f"{suffix}: {name}": (f"fil.{suffix}", where, make)
    for suffix, places in (("odt", TEXTS), ("ods", SHEETS), ("odp", SLIDES))
    for name, (where, make) in places.items()
}


@pytest.mark.parametrize("place", PLACES)
def test_a_number_is_found_and_its_place_is_told(tmp_path, place):
    name, where, make = PLACES[place]
    finds_it_there(tmp_path, name, make, where)


@pytest.mark.parametrize("place", PLACES)
def test_the_same_document_without_a_number_is_clean(tmp_path, place):
    name, _, make = PLACES[place]
    is_clean_without(tmp_path, name, make)


def test_a_number_that_a_cell_shows_rounded_is_found(tmp_path):
    digits = personal_number().replace("-", "")
    shown = "<text:p>8,5E+09</text:p>"
    value = f'<table:table-cell office:value-type="float" office:value="{digits}">{shown}</table:table-cell>'
    screening = screened(tmp_path, "fil.ods", sheet(HEAD + row(cell("A"), value)))
    assert screening.verdict is Verdict.BLOCK
    assert [finding.where for finding in screening.findings] == ["blad Lön, cell B2"]
