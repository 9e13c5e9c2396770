import re
import time
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from screening.findings import CLEAN, Kind
from screening.text import screen_text
from tests.screening.numbers import personal_number

from .hostile import fragments, hostile_text
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


def test_k2_four_times_the_text_takes_at_most_six_times_the_time():
    assert len(fragments()) >= 30
    assert not [name for name, fragment in fragments().items() if not _grows_evenly(fragment)]


FLOOR = 0.1  # seconds of the processor; below, what else the machine does is seen more than the work


def _grows_evenly(fragment: str) -> bool:
    """Whether no fourfold of the text, up to 64 kB, takes more than six times the time of the processor."""
    for length in (1_000, 4_000, 16_000):
        few, many = hostile_text(fragment, length), hostile_text(fragment, 4 * length)
        if _seconds(many) > FLOOR and not any(_seconds(many) <= 6 * _seconds(few) for _ in range(5)):
            return False
    return True


def _seconds(text: str) -> float:
    start = time.process_time()
    screen_text(text)
    return time.process_time() - start


def test_a_long_row_of_marks_on_a_letter_changes_no_finding():
    zalgo = "e" + "\u0316\u0301" * 200
    (finding,) = screen_text(f"H{zalgo}j {PERSON}").findings
    assert finding.kind == Kind.PERSONAL_NUMBER
