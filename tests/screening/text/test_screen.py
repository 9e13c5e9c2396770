import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.findings import CLEAN, Kind
from screening.text import screen_text
from tests.screening.numbers import personal_number

from .samples import COORDINATION, LONG, PERSON, SHORT, organisation


def test_an_empty_text_is_clean():
    assert screen_text("") is CLEAN


def test_where_is_the_name_of_the_text_and_the_line_when_there_are_several():
    assert screen_text(PERSON).findings[0].where == ""
    assert screen_text(PERSON, where="Ingress").findings[0].where == "Ingress"
    assert screen_text(f"a\r\nb\r\n{PERSON}").findings[0].where == "rad 3"
    assert screen_text(f"a\nb\n\u200b{PERSON}\nc", where="Ingress").findings[0].where == "Ingress, rad 3"
    assert screen_text(f"a\n{PERSON}", context="Personnummer").findings[0].where == "rad 2"


def test_the_excerpt_shows_two_digits_and_a_few_words_of_which_no_name():
    (finding,) = screen_text(f"Beslutet om {PERSON} fattades den 12 maj.").findings
    assert finding.excerpt == "B… om 85••••-•••• fattades den •• maj."


def test_findings_stand_in_the_order_of_the_text_and_share_no_digits():
    text = f"Ärende 4455667 gäller {organisation()} och {PERSON}.\nPatient {SHORT}, {COORDINATION}"
    kinds = [finding.kind for finding in screen_text(text).findings]
    assert kinds == [
        Kind.CASE_NUMBER,
        Kind.ORGANISATION_NUMBER,
        Kind.PERSONAL_NUMBER,
        Kind.PERSONAL_NUMBER,
        Kind.COORDINATION_NUMBER,
    ]


passages = st.sampled_from(
    [
        PERSON,
        SHORT,
        LONG,
        COORDINATION,
        organisation(),
        personal_number(981),
        "Ärende 4455667",
        "patient ",
        " 070-123 45 67",
        " ",
        "\n",
        "\u200b",
        "\x07",
        "\ud800",
        "²",
        "١٢",
        "😀",
        " och ",
        "å" * 50,
    ]
)


@given(st.lists(passages, max_size=12).map("".join))
def test_no_excerpt_is_long_or_shows_digits_or_what_cannot_be_seen(text):
    for finding in screen_text(text).findings:
        assert 0 < len(finding.excerpt) <= 80
        assert len(re.findall(r"\d", finding.excerpt)) <= 2
        assert not any(unicodedata.category(one) in ("Cc", "Cf", "Cs") for one in finding.excerpt)


@given(st.text())
def test_no_text_at_all_makes_it_fail(text):
    screen_text(text, where="Text", context=text[:10])


HOSTILE = {
    "digits": "0123456789",
    "dates": "850709",
    "pairs": "12 ",
    "single": "1 ",
    "lines": "1\n",
    "tens": "8507099805 ",
    "spaces": " ",
    "dashes": "8------",
    "nothing": "8\u200b",
    "entities": "&amp",
    "percent": "1%2",
    "cases": "ärende ",
    "patients": "patienten 1234-",
    "labels": "organisationsnummer 16",
    "names": "brukaren Anna ",
    "capitals": "Anna ",
    "url": "http://x.se/a/",
    "dots": "1.",
    "commas": "1, ",
}


@pytest.mark.parametrize("passage", HOSTILE.values(), ids=HOSTILE)
def test_four_times_the_text_is_four_times_the_work(passage):
    few, many = _calls(passage * 1_000), _calls(passage * 4_000)
    assert many <= 4.5 * few + 500


def _calls(text: str) -> int:
    """How many calls of functions, those of regular expressions among them, a screening makes."""
    import sys

    calls = 0

    def count(frame, event, argument):
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        screen_text(text)
    finally:
        sys.setprofile(None)
    return calls
