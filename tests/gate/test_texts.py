"""Every text that could reach the public is found, with its place."""

from datetime import time

import pytest
from django.utils.translation import activate

from gate.texts import Piece, digest_of, files_of, texts_of
from meetings.models import AgendaItem, Material, MeetingPage, Registration, Speaker
from resources.models import Document, Image, ResourceFile, ResourcePage, StandardPage, Theme
from tests.factories.resources import PDF, DocumentFactory, ImageFactory, KeywordFactory
from tests.screening.numbers import personal_number

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _swedish() -> None:
    activate("sv")


def places(instance: object) -> dict[str, str]:
    return {piece.where: piece.text for piece in texts_of(instance)}


def test_the_fields_of_a_page_are_found_under_their_names() -> None:
    page = StandardPage(
        title="Om oss", slug="om", lead="Kort.", seo_title="Sök", search_description="Beskrivning", draft_title="Gammal"
    )
    assert places(page) == {
        "Titel": "Om oss",
        "Namn i adressen": "om",
        "Ingress": "Kort.",
        "Titel i sökmotorer": "Sök",
        "Beskrivning i sökmotorer": "Beskrivning",
    }


def test_a_choice_and_a_number_are_no_texts() -> None:
    assert Piece("Slag", "metod", "Slag") not in set(texts_of(ResourcePage(title="T", slug="t", kind="mall")))


@pytest.mark.parametrize(
    ("block", "where", "text"),
    [
        (("quote", {"text": "a", "source": "SECRET"}), "Innehåll, block 1 (Citat): Vem säger det", "SECRET"),
        (("text", "<p>SEC<b>RET</b></p>"), "Innehåll, block 1 (Text)", "\nSECRET\n"),
        (("text", '<p><a href="tel:SEC%52ET">x</a></p>'), "Innehåll, block 1 (Text) (länk)", "tel:SECRET"),
        (
            ("accordion", {"title": "r", "items": [{"title": "SECRET", "text": "<p>t</p>"}]}),
            "Innehåll, block 1 (Fäll ut-lista): Delar, punkt 1: Rubrik",
            "SECRET",
        ),
        (
            ("table", {"data": [["a", "b"], ["c", "SECRET"]], "table_caption": "k"}),
            "Innehåll, block 1 (Tabell), rad 2, kolumn 2",
            "SECRET",
        ),
        (
            ("table", {"data": [["a"]], "table_caption": "SECRET"}),
            "Innehåll, block 1 (Tabell)",
            "SECRET",
        ),
        (
            ("link_list", {"links": [{"text": "l", "url": "https://x.example/SE%43RET"}]}),
            "Innehåll, block 1 (Länklista): Länkar, punkt 1: Webbadress",
            "https://x.example/SECRET",
        ),
    ],
    ids=["struct", "inline-tags", "href", "list", "table-cell", "table-caption", "url"],
)
def test_a_leaf_of_a_block_is_found_with_its_place(block: tuple[str, object], where: str, text: str) -> None:
    page = StandardPage(title="T", slug="t", body=[block])
    assert (where, text) in [(piece.where, piece.text) for piece in texts_of(page)]


def test_a_stream_that_cannot_be_read_as_blocks_is_read_as_it_stands() -> None:
    page = StandardPage(title="T", slug="t")
    page.body = StandardPage._meta.get_field("body").to_python("inte json SECRET")
    assert any("SECRET" in piece.text for piece in texts_of(page))


def test_what_fits_its_block_badly_is_read_anyway() -> None:
    page = StandardPage(title="T", slug="t")
    page.body = StandardPage._meta.get_field("body").to_python(
        [{"type": "quote", "value": {"text": {"odd": ["SECRET"]}, "source": ""}, "id": "1"}]
    )
    assert any("SECRET" in piece.text for piece in texts_of(page))


def test_child_objects_that_are_not_saved_are_found_with_their_number() -> None:
    meeting = MeetingPage(
        title="Möte",
        slug="mote",
        agenda_items=[
            AgendaItem(start=time(10), title="Ett", sort_order=0),
            AgendaItem(
                start=time(11), title="Två", description="SECRET", speakers=[Speaker(name="Alva")], sort_order=1
            ),
        ],
        materials=[Material(title="Rapport", url="https://x.example/")],
    )
    found = places(meeting)
    assert found["Dagordning, punkt 2: Beskrivning"] == "SECRET"
    assert found["Dagordning, punkt 2: Medverkande, punkt 1: Namn"] == "Alva"
    assert found["Material, punkt 1: Titel"] == "Rapport"


def test_the_names_of_tags_are_found() -> None:
    page = ResourcePage(title="T", slug="t")
    page.keywords.add(KeywordFactory(name="SECRET"))
    page.themes.add(Theme.objects.create(name="Tema", slug="tema"))
    assert places(page)["Nyckelord"] == "SECRET"


def test_a_document_has_its_title_and_file_name() -> None:
    found = places(Document(title="Rutin", file="documents/mapp/rutin.pdf"))
    assert (found["Titel"], found["Fil"]) == ("Rutin", "rutin.pdf")


def test_what_only_code_fills_in_is_no_text() -> None:
    number = personal_number().replace("-", "")
    registration = Registration(nonce=number, token_hash=number, name="Alva")
    found = list(texts_of(registration))
    assert "Alva" in [piece.text for piece in found] and number not in [piece.text for piece in found]


def test_the_files_of_an_unsaved_draft_are_those_it_refers_to() -> None:
    in_block, in_child, in_text = (DocumentFactory(title=title) for title in "abc")
    image = ImageFactory(title="d")
    page = ResourcePage(
        title="T",
        slug="t",
        body=[
            ("document", {"document": in_block, "description": ""}),
            (
                "text",
                f'<p><a linktype="document" id="{in_text.pk}">x</a></p><embed embedtype="image" id="{image.pk}"/>',
            ),
        ],
        files=[ResourceFile(document=in_child)],
    )
    DocumentFactory(title="annan")
    assert [(type(file), file.title) for file in files_of(page)] == [
        (Document, "a"),
        (Document, "b"),
        (Document, "c"),
        (Image, "d"),
    ]


def test_the_digest_stays_until_a_text_or_file_changes() -> None:
    document, other = DocumentFactory(), DocumentFactory(content=PDF + b"%")

    def page(**changes: object) -> ResourcePage:
        return ResourcePage(**{"title": "T", "slug": "t", "files": [ResourceFile(document=document)], **changes})

    assert digest_of(page()) == digest_of(page())
    assert digest_of(page()) == digest_of(page(files=[ResourceFile(pk=5, document=document)]))
    assert digest_of(page()) != digest_of(page(lead="ny"))
    assert digest_of(page()) != digest_of(page(files=[ResourceFile(document=other)]))
