"""Presentations: every place in which a text can hide."""

import pytest

from .makers.powerpoint import PLACES
from .places import finds_it_there, is_clean_without


@pytest.mark.parametrize("place", PLACES)
def test_a_number_is_found_and_its_place_is_told(place):
    where, make = PLACES[place]
    finds_it_there("fil.pptx", make, where)


@pytest.mark.parametrize("place", PLACES)
def test_the_same_presentation_without_a_number_is_clean(place):
    is_clean_without("fil.pptx", PLACES[place][1])
