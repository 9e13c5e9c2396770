"""The text that a file shows, page by page."""

from io import BytesIO

import pytest

from screening.files import read_pages
from screening.files.passages import Fault, Passage
from screening.files.shown_text import MAX_CHARACTERS, PART, ShownText, shown_texts
from tests.factories.pdf import pdf_of

from .makers import word


def test_each_page_of_a_pdf_has_its_number(tmp_path) -> None:
    path = tmp_path / "fil.pdf"
    path.write_bytes(pdf_of("Första sidan (åäö)", "Andra sidan"))
    assert read_pages(path, name="fil.pdf") == [ShownText(1, "Första sidan (åäö)"), ShownText(2, "Andra sidan")]


def test_a_document_without_pages_is_read_in_order(tmp_path) -> None:
    path = tmp_path / "fil.docx"
    path.write_bytes(word.document(word.paragraph("Ett.") + word.paragraph("Två.")))
    assert read_pages(path, name="fil.docx") == [ShownText(0, "Om mötet Ett. Två.")]


def test_a_damaged_file_gives_what_can_be_read(tmp_path) -> None:
    path = tmp_path / "fil.pdf"
    path.write_bytes(BytesIO(b"%PDF-1.4 inget").getvalue())
    assert read_pages(path, name="fil.pdf") == []


@pytest.mark.parametrize(
    "where",
    [
        "filnamnet",
        "egenskapen Titel",
        "dold text på sida 1",
        "sida 1 i en tidigare version",
        "kommentar på sida 1",
        "anteckningar till bild 2",
        "bild 2 (dold)",
        "stycke 3, dold text",
        "stycke 3, borttagen text (spårad ändring)",
        "stycke 3, fältkod",
        "alternativtext i stycke 3",
        "dold del av filen",
        "dokumentets egenskaper",
    ],
)
def test_what_is_hidden_or_about_the_file_is_not_shown(where: str) -> None:
    assert shown_texts([Passage(where, "hemligt")]) == []


@pytest.mark.parametrize(
    ("where", "page"), [("sida 12", 12), ("bild 3", 3), ("stycke 4", 0), ("blad Lön, cell B7", 0), ("", 0)]
)
def test_what_is_shown_tells_its_page(where: str, page: int) -> None:
    assert shown_texts([Passage(where, "öppet")]) == [ShownText(page, "öppet")]


def test_what_was_told_already_together_with_hidden_text_is_left_out() -> None:
    assert shown_texts([Passage("sida 1", "öppet"), Passage("sida 1", "öppet och dolt", fuller_than="öppet")]) == [
        ShownText(1, "öppet")
    ]


def test_a_fault_is_passed_over_and_a_long_text_comes_in_parts_to_an_end() -> None:
    assert shown_texts([Fault("Trasig."), Passage("", "x" * (PART + 1))]) == [
        ShownText(0, "x" * PART),
        ShownText(0, "x"),
    ]
    assert shown_texts([Passage("sida 1", "a"), Passage("sida 2", "x" * MAX_CHARACTERS)]) == [ShownText(1, "a")]
