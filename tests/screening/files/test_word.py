"""Word documents: every place in which a text can hide."""

import pytest

from .makers import images
from .makers.word import PLACES, document
from .places import finds_it_there, is_clean_without

IN_A_PICTURE = "inbäddad fil image1.jpeg: bildens metadata"


@pytest.mark.parametrize("place", PLACES)
def test_a_number_is_found_and_its_place_is_told(place):
    where, make = PLACES[place]
    finds_it_there("fil.docx", make, where)


@pytest.mark.parametrize("place", PLACES)
def test_the_same_document_without_a_number_is_clean(place):
    is_clean_without("fil.docx", PLACES[place][1])


def picture_in_document(words: str) -> bytes:
    return document("", {"word/media/image1.jpeg": images.PLACES["EXIF artist"][2](words)})


def test_what_a_picture_in_a_document_says_of_itself_is_screened():
    finds_it_there("fil.docx", picture_in_document, IN_A_PICTURE)


def test_a_picture_in_a_document_does_not_make_it_unscreened():
    is_clean_without("fil.docx", picture_in_document)
