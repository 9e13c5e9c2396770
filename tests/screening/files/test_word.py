"""Word documents: every place in which a text can hide."""

import pytest

from tests.screening.files.places import finds_it_there, is_clean_without

from .makers.word import PLACES


@pytest.mark.parametrize("place", PLACES)
def test_a_number_is_found_and_its_place_is_told(tmp_path, place):
    where, make = PLACES[place]
    finds_it_there(tmp_path, "fil.docx", make, where)


@pytest.mark.parametrize("place", PLACES)
def test_the_same_document_without_a_number_is_clean(tmp_path, place):
    is_clean_without(tmp_path, "fil.docx", PLACES[place][1])
