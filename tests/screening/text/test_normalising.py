import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.findings import Verdict
from screening.text import screen_text
from screening.text.normalising import readable

from .samples import PERSON

SPACES = [chr(code) for code in range(0x10000) if unicodedata.category(chr(code)) == "Zs"]
DASHES = [chr(code) for code in range(0x10000) if unicodedata.category(chr(code)) == "Pd"] + [
    "\u2212",
    "\u2043",
    "\u02d7",
]
ZEROS = [chr(code) for code in range(0x20000) if unicodedata.decimal(chr(code), None) == 0]
NOTHING = [
    "\u200b",
    "\u200c",
    "\u200d",
    "\u2060",
    "\ufeff",
    "\u00ad",
    "\u200e",
    "\u202a",
    "\u2066",
    "\u034f",
    "\x00",
    "\U000e0020",
]


def _named(character: str) -> str:
    return f"U+{ord(character):04X}"


@pytest.mark.parametrize("space", SPACES, ids=_named)
def test_every_space_of_unicode_is_a_space(space):
    assert screen_text(PERSON.replace("-", space)).verdict is Verdict.BLOCK


@pytest.mark.parametrize("dash", DASHES, ids=_named)
def test_every_dash_of_unicode_is_a_dash(dash):
    assert readable(dash).normal == "-"
    assert screen_text(PERSON.replace("-", dash)).verdict is Verdict.BLOCK


@pytest.mark.parametrize("zero", ZEROS, ids=_named)
def test_the_digits_of_every_script_are_digits(zero):
    written = "".join(chr(ord(zero) + int(one)) if one.isdigit() else one for one in PERSON)
    assert screen_text(written).verdict is Verdict.BLOCK


@pytest.mark.parametrize("nothing", NOTHING, ids=_named)
def test_what_cannot_be_seen_is_gone(nothing):
    assert screen_text(nothing.join(PERSON)).verdict is Verdict.BLOCK
    assert readable(f"a{nothing}b").text == "ab"


@pytest.mark.parametrize("entity", ["&ndash;", "&#8211;", "&#x2013;", "&minus;", "&nbsp;", "&#160;", "&#45;", "%2D"])
def test_a_sign_of_html_or_of_a_url_is_what_it_stands_for(entity):
    assert screen_text(PERSON.replace("-", entity)).verdict is Verdict.BLOCK


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("1%2d2", "1-2"),
        ("1%2D2", "1-2"),
        ("1%2b2", "1+2"),
        ("1%2B2", "1+2"),
        ("1%2d", "1%2d"),
        ("a%2b2", "a%2b2"),
        ("1%202", "1%202"),
        ("a\rb", "a\nb"),
        ("a\r\nb", "a\nb"),
        ("a\n\rb", "a\n\nb"),
    ],
)
def test_escapes_between_digits_and_the_ends_of_lines_have_one_form(written, read):
    assert readable(written).text == readable(written).normal == read


@pytest.mark.parametrize(
    ("character", "category"),
    [("\u0301", "Mn"), ("\u20dd", "Me"), ("\u200b", "Cf"), ("\x01", "Cc"), ("\ue000", None), ("\u0903", None)],
)
def test_what_is_gone_is_told_by_its_category(character, category):
    assert readable(f"q{character}b").normal == ("qb" if category else "q¤b")
    assert not category or unicodedata.category(character) == category


def test_a_raised_figure_is_a_footnote_and_no_part_of_the_number():
    assert screen_text(f"{PERSON}²").verdict is Verdict.BLOCK


def test_an_a_with_a_ring_in_two_characters_is_one():
    assert readable("a\u030arende").normal == "årende"


@given(st.text())
def test_both_readings_have_the_same_length_whatever_the_text(text):
    read = readable(text)
    assert len(read.text) == len(read.normal)
    assert all(character <= "ÿ" for character in read.normal)


@given(st.text(st.sampled_from("aå \t\n\r\u00ad\u200b–٣😀e\u0301"), max_size=40))
def test_the_quick_way_reads_as_the_plain_one(text):
    character_by_character = "".join(readable(one).normal for one in readable(text).text)
    assert readable(text).normal == character_by_character
