"""Texts on one line."""

import pytest

from outbox.plain_text import clean_subject, one_line


@pytest.mark.parametrize(
    "invisible", ["\u00ad", "\u200b", "\u200c", "\u2060", "\ufeff", "\u200e", "\u202e", "\u2066", "\u2069", "\u061c"]
)
def test_m14_invisible_characters_go_and_words_stay_whole(invisible: str) -> None:
    assert one_line(f"välfärds{invisible}brotts{invisible}lighet") == "välfärdsbrottslighet"
    assert clean_subject(f"Inbjudan: {invisible}{invisible}möte") == "Inbjudan: möte"


@pytest.mark.parametrize("control", ["\n", "\r\n", "\t", "\0", "\x1b", "\x85", "\u2028", "\u00a0", "\ud800", "  "])
def test_m14_other_control_characters_become_one_space(control: str) -> None:
    assert one_line(f" a{control}b ") == "a b"


def test_letters_of_any_script_stay() -> None:
    assert one_line("Åre – Ελλάδα 日本 👍") == "Åre – Ελλάδα 日本 👍"
