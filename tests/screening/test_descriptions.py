"""The words for what is found."""

import pytest

from screening.descriptions import STATEMENT, masked_title, statement

from .numbers import personal_number

SECRET = personal_number()


@pytest.mark.parametrize(
    "title",
    [f"Uppföljning {SECRET}", f"2024: {SECRET}", "Ärende 4711-23 om brukaren"],
    ids=["number", "year-and-number", "case"],
)
def test_a_title_with_a_finding_is_shown_without_its_digits(title: str) -> None:
    shown = masked_title(title)
    assert not any(character.isdigit() for character in shown) and shown[:2] in (title[:2], "••")


@pytest.mark.parametrize("title", ["", "Möte 12 mars 2026", "Målnummer T 1234-25"])
def test_a_title_without_a_finding_is_shown_as_it_is(title: str) -> None:
    assert masked_title(title) == title


def test_who_gives_a_reason_confirms_the_rest() -> None:
    assert statement(with_reason=False) == STATEMENT
    assert statement(with_reason=True).startswith(STATEMENT) and "motiverat" in statement(with_reason=True)
    assert "jag" not in statement(with_reason=True, earlier=True), "it may have been somebody else's reason"
