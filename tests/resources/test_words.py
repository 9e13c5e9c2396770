"""Text into words, and what a sought word is found in. No database."""

import threading

import pytest

from resources.search.forms import are_related, base, is_same_word
from resources.search.words import (
    MAX_QUERY_LENGTH,
    MAX_QUERY_WORDS,
    MAX_WORD_LENGTH,
    has_only_common_words,
    lemma,
    plain,
    sought_words,
    stem,
    words_of,
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Räksmörgås, och ÖL!", ["räksmörgås", "öl"]),
        ("LSS-boende 2024", ["lss", "boende", "2024"]),
        ("snake_case", ["snake", "case"]),
        ("a\x00b", ["a", "b"]),
        ("a\u030ak", ["åk"]),
        ("brott brott", ["brott", "brott"]),
        ("en och ett av dem", []),
        ("", []),
        ("x" * (MAX_WORD_LENGTH + 1), ["x" * MAX_WORD_LENGTH]),
    ],
)
def test_a_text_is_taken_apart_in_order_without_the_smallest_words(text: str, words: list[str]) -> None:
    assert words_of(text) == words


@pytest.mark.parametrize(("text", "only"), [("och att", True), ("och brott", False), ("", False), ("…", False)])
def test_a_query_of_common_words_alone_is_told_from_one_without_words(text: str, only: bool) -> None:
    assert has_only_common_words(text) is only


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("upphandling", "upphandlingarna"),
        ("anmälan", "anmälningar"),
        ("polisanmälan", "polisanmälningarna"),
        ("ansökan", "ansökans"),
        ("överklagan", "överklagningar"),
        ("checklista", "checklistor"),
    ],
)
def test_the_forms_of_a_word_have_one_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


def test_a_stem_is_the_beginning_of_its_word_and_the_same_in_every_thread() -> None:
    assert stem("polisanmälningar") == "polisanmäl"
    found: list[str] = []
    thread = threading.Thread(target=lambda: found.append(stem.__wrapped__("upphandlingarna")))
    thread.start()
    thread.join()
    assert found == [stem("upphandlingarna")]


@pytest.mark.parametrize(
    ("one", "other"),
    [("bok", "böcker"), ("skriva", "skrev"), ("möte", "mötena"), ("bistånd", "biståndet"), ("avtal", "avtalens")],
)
def test_the_forms_of_a_word_that_changes_have_one_lemma(one: str, other: str) -> None:
    assert lemma(one) == lemma(other)


@pytest.mark.parametrize(("word", "as_typed"), [("åäö", "aao"), ("välfärd", "valfard"), ("idé", "ide"), ("26", "26")])
def test_a_word_is_told_without_dots_rings_and_accents(word: str, as_typed: str) -> None:
    assert plain(word) == as_typed


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("upphandling", "upphandlingarna", True),
        ("bok", "böcker", True),
        ("vård", "vården", True),
        ("vård", "värd", False),
        ("vård", "vard", False),
    ],
)
def test_forms_are_of_one_word_when_dots_and_rings_are_the_same(one: str, other: str, same: bool) -> None:
    assert is_same_word(one, other) is same


def test_a_query_has_each_word_once_and_an_end() -> None:
    assert sought_words("Brott brott och RUTIN") == ["brott", "rutin"]
    many = [f"ord{number}" for number in range(MAX_QUERY_WORDS + 1)]
    assert sought_words(" ".join(many)) == many[:-1]
    assert sought_words(f"{' ' * (MAX_QUERY_LENGTH - 3)}abcd") == ["abc"]
    assert sought_words("och") == []


def test_words_that_only_ask_are_not_searched_for_unless_there_are_no_others() -> None:
    assert sought_words("Vad ska man tänka på när man anlitar ett bolag?") == ["anlitar", "bolag"]
    assert sought_words("exempel") == ["exempel"]


@pytest.mark.parametrize(
    ("word", "in_the_dictionary"),
    [("jourhemmen", "jourhem"), ("böcker", "bok"), ("tilläggstjänsterna", "tilläggstjänst"), ("xqzen", "xqzen")],
)
def test_a_compound_that_no_dictionary_has_gets_the_base_of_its_last_part(word: str, in_the_dictionary: str) -> None:
    assert base(word) == in_the_dictionary


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("granskningen", "granska"),
        ("utbetalningar", "utbetala"),
        ("kontrollera", "kontroller"),
        ("fakturering", "faktura"),
        ("dokumentationen", "dokumenterade"),
        ("inspektioner", "inspektera"),
    ],
)
def test_a_noun_and_the_verb_that_it_is_made_from_are_related(one: str, other: str) -> None:
    assert are_related(one, other)
    assert not is_same_word(one, other)


@pytest.mark.parametrize(("one", "other"), [("granskning", "gran"), ("station", "stat"), ("mening", "men")])
def test_words_that_only_begin_alike_are_not_related(one: str, other: str) -> None:
    assert not are_related(one, other)
