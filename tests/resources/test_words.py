"""Text into words, and what a sought word is found in. No database."""

import threading

import pytest

from resources.search.words import (
    MAX_QUERY_LENGTH,
    MAX_QUERY_WORDS,
    MAX_WORD_LENGTH,
    SoughtWord,
    has_only_common_words,
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
    ("sought", "part"),
    [
        ("brottslighet", "brottslig"),  # the stem would be found in brottsoffer
        ("rutin", "rutin"),
        ("rutiner", "rutin"),
        ("checklistor", "checklist"),
        ("anmälan", "anmäl"),
    ],
)
def test_what_is_looked_for_inside_compounds_is_the_word_without_its_ending(sought: str, part: str) -> None:
    assert SoughtWord(sought).part == part


@pytest.mark.parametrize(
    ("sought", "prefix", "part"),
    [
        ("ab", False, False),
        ("lag", True, False),
        ("vård", True, True),
        ("2024", False, False),
        ("lagens", True, False),  # its part has three letters
    ],
)
def test_short_words_and_numbers_are_found_whole_only(sought: str, prefix: bool, part: bool) -> None:
    word = SoughtWord(sought)
    assert (word.may_be_prefix, word.may_be_part) == (prefix, part)


@pytest.mark.parametrize(
    ("sought", "written", "found"),
    [
        ("brott", "brotten", True),
        ("brott", "brottsbalken", True),
        ("brott", "bidragsbrott", True),
        ("brott", "avbrott", False),
        ("brott", "sexbrott", True),
        ("brott", "rapport", False),
        ("lag", "lagar", True),
        ("lag", "lagstiftning", True),
        ("lag", "slaget", False),
        ("ab", "abc", False),
        ("ab", "ab", True),
        ("2024", "2024", True),
        ("20", "2024", False),
        ("brottslighet", "brottsoffer", False),
        ("upphandl", "upphandling", True),
        ("rutin", "prutin", False),
        ("rutin", "xxrutin", False),
        ("rutin", "xxxrutin", True),
    ],
)
def test_a_sought_word_is_found_in_its_forms_what_it_begins_and_compounds(
    sought: str, written: str, found: bool
) -> None:
    assert SoughtWord(sought).is_in(written) is found


def test_a_compound_is_seen_as_every_pair_of_parts_that_are_long_enough() -> None:
    assert SoughtWord("vårdplan").splits() == [(stem("vård"), stem("plan"))]
    assert SoughtWord("vårdpla").splits() == []
    pairs = SoughtWord("vårdsplanen").splits()
    assert ("vård", "plan") in pairs
    assert (stem("vårds"), "plan") in pairs
    assert (stem("vårdsplan"), "en") not in pairs
    assert SoughtWord("arbetsgrupp").splits().count((stem("arbet"), stem("grupp"))) >= 1
    assert SoughtWord("arbetsgrupp").splits() == [
        (stem("arbe"), stem("tsgrupp")),
        (stem("arbet"), stem("sgrupp")),
        (stem("arbets"), stem("grupp")),
        (stem("arbet"), stem("grupp")),  # without the s that joins them
        (stem("arbetsg"), stem("rupp")),
    ]
    # A stem that the s does belong to is another than that without it.
    assert SoughtWord("kursplan").splits() == [(stem("kurs"), stem("plan"))]
    assert SoughtWord("glassplan").splits() == [
        (stem("glas"), stem("splan")),
        (stem("glass"), stem("plan")),
        (stem("glas"), stem("plan")),
    ]
    # "oss" without its s would be too short a word.
    assert (stem("oss"), stem("fall")) not in SoughtWord("ossfall").splits()
    assert SoughtWord("osssfall").splits() == [(stem("osss"), stem("fall"))]


def test_a_query_has_each_word_once_and_an_end() -> None:
    assert [word.word for word in sought_words("Brott brott och RUTIN")] == ["brott", "rutin"]
    many = [f"ord{number}" for number in range(MAX_QUERY_WORDS + 1)]
    assert [word.word for word in sought_words(" ".join(many))] == many[:-1]
    assert [word.word for word in sought_words(f"{' ' * (MAX_QUERY_LENGTH - 3)}abcd")] == ["abc"]
    assert sought_words("och") == []
