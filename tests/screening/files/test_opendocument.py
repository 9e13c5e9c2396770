"""OpenDocument: every place in which a text can hide."""

import pytest

from screening.findings import Verdict
from tests.screening.numbers import personal_number

from .makers.opendocument import HEAD, MANIFEST, SHEETS, SLIDES, TEXTS, cell, row, sheet, written
from .makers.packages import zipped
from .places import finds_it_there, is_clean_without, screened

PLACES = {
    f"{suffix}: {name}": (f"fil.{suffix}", where, make)
    for suffix, places in (("odt", TEXTS), ("ods", SHEETS), ("odp", SLIDES))
    for name, (where, make) in places.items()
}


@pytest.mark.parametrize("place", PLACES)
def test_a_number_is_found_and_its_place_is_told(place):
    name, where, make = PLACES[place]
    finds_it_there(name, make, where)


@pytest.mark.parametrize("place", PLACES)
def test_the_same_document_without_a_number_is_clean(place):
    name, _, make = PLACES[place]
    is_clean_without(name, make)


def test_a_number_that_a_cell_shows_rounded_is_found():
    digits = personal_number().replace("-", "")
    shown = "<text:p>8,5E+09</text:p>"
    value = f'<table:table-cell office:value-type="float" office:value="{digits}">{shown}</table:table-cell>'
    screening = screened("fil.ods", sheet(HEAD + row(cell("A"), value)))
    assert screening.verdict is Verdict.BLOCK
    assert [finding.where for finding in screening.findings] == ["blad Lön, cell B2"]


def test_what_a_program_keeps_beside_the_text_does_not_make_a_document_unread():
    content = written("", parts={"layout-cache": bytes(range(256)), "ObjectReplacements/Object 1": b"VCLMTF\1\0" * 9})
    assert screened("fil.odt", content).verdict is Verdict.CLEAN


def test_a_document_locked_as_a_whole_is_told_to_be_locked():
    manifest = MANIFEST.replace("/>", "><manifest:encryption-data/></manifest:manifest>")
    parts = {"mimetype": "application/vnd.oasis.opendocument.text", "META-INF/manifest.xml": manifest}
    screening = screened("fil.odt", zipped({**parts, "encrypted-package": bytes(range(256)) * 9}))
    assert screening.verdict is Verdict.UNSCREENED
    assert "lösenord" in screening.fault
