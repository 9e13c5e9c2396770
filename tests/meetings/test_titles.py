import pytest

from meetings.titles import mid_sentence


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("Säkerhetssamordnare", "säkerhetssamordnare"),
        ("Överläkare", "överläkare"),
        ("inköpschef", "inköpschef"),
        ("IT-chef", "IT-chef"),
        ("VD", "VD"),
        ("E", "E"),
        ("", ""),
    ],
)
def test_a_title_is_small_within_a_sentence_and_an_abbreviation_is_not(typed: str, written: str) -> None:
    assert mid_sentence(typed) == written
