"""Which words a compound is made of. No database."""

import pytest

from resources.search.compounds import is_swedish, is_swedish_without_dots, parts_of


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("välfärdsbrott", {"välfärd", "brott"}),
        ("välfärdsbrottsligheten", {"välfärd", "brottsligheten"}),
        ("bidragsbrott", {"bidrag", "brott"}),
        ("avtalsuppföljning", {"avtal", "uppföljning"}),
        ("läkemedelsförskrivning", {"läkemedel", "förskrivning"}),
        ("polisanmälan", {"polis", "anmälan"}),
        ("tandvård", {"tand", "vård"}),
        ("hemtjänstföretag", {"hemtjänst", "företag"}),
        ("arbetskläder", {"arbete", "kläder"}),
        ("säkerhetsskyddslag", {"säkerhetsskydd", "säkerhet", "skydd", "lag"}),
    ],
)
def test_a_compound_has_its_words_as_parts(word: str, parts: set[str]) -> None:
    assert {part for part, _ in parts_of(word)} == parts


def test_a_compound_of_three_has_the_inner_compound_too() -> None:
    parts = dict(parts_of("personuppgiftsbiträdesavtal"))
    assert {"avtal", "biträde", "biträdesavtal", "person", "uppgift", "personuppgift"} == set(parts)
    assert parts["avtal"]
    assert not parts["person"]


@pytest.mark.parametrize(
    "word",
    [
        *("hotell", "domstol", "genombrott", "avbrott", "kontroll", "brottslighet", "utbetalning", "granskning"),
        *("rapport", "kontrollen", "leverantören", "granskningen", "pengar", "förvaltningen"),
    ],
)
def test_a_word_that_only_looks_like_a_compound_has_no_parts(word: str) -> None:
    assert parts_of(word) == ()


@pytest.mark.parametrize(("word", "swedish"), [("upphandlingarna", True), ("uphandling", False), ("fotboll", True)])
def test_the_list_tells_swedish_words_from_typing_errors(word: str, swedish: bool) -> None:
    assert is_swedish(word) is swedish


def test_a_swedish_word_is_known_without_its_dots() -> None:
    assert is_swedish_without_dots("overdiagnos") == is_swedish("överdiagnos")
    assert is_swedish_without_dots("valfard")
    assert not is_swedish_without_dots("valfrad")
