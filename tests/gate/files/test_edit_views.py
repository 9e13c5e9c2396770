"""After a save in the admin an editor is told what still keeps the file from the public."""

import re
from typing import Any
from unicodedata import normalize
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.models import Collection

from gate.files.actions import approve_file, record_outcome
from gate.files.presentation import screening_url
from resources.models import Document, Image
from tests.factories.resources import DocumentFactory, ImageFactory
from tests.screening.numbers import personal_number

from .conftest import BLOCKS, CLEAN, UNREADABLE, WARNS
from .samples import picture, text_file

pytestmark = pytest.mark.django_db
TOLD = "Läs den själv"


def saved(client: Client, address: str, file: SimpleUploadedFile | None, **fields: Any) -> str:
    """Save the form; the page that follows."""
    data = {"title": "Ny", "collection": Collection.get_first_root_node().pk, "tags": "", **fields}
    return client.post(address, {**data, **({"file": file} if file else {})}, follow=True).content.decode()


def test_a_document_that_could_not_be_read_is_told_of_with_the_way_to_its_screening(editor_client, reads_as):
    reads_as(UNREADABLE)
    answer = saved(editor_client, reverse("wagtaildocs:add"), text_file())
    assert TOLD in answer and f'href="{screening_url(Document.objects.get().screening)}"' in answer


def test_a_picture_is_told_of_too(editor_client, reads_as):
    reads_as(UNREADABLE)
    answer = saved(editor_client, reverse("wagtailimages:add"), picture())
    assert "Titta på bilden" in answer and f'href="{screening_url(Image.objects.get().screening)}"' in answer


def test_a_file_that_the_editor_approves_at_once_needs_no_telling(editor_client, reads_as):
    reads_as(UNREADABLE)
    assert TOLD not in saved(editor_client, reverse("wagtaildocs:add"), text_file(), content_is_read="on")
    assert Document.objects.get().is_approved


def test_nor_does_a_clean_one(editor_client, reads_as):
    reads_as(CLEAN)
    assert TOLD not in saved(editor_client, reverse("wagtaildocs:add"), text_file())


def test_a_replaced_file_is_told_of(editor_client, reads_as):
    image = ImageFactory()
    reads_as(UNREADABLE)
    answer = saved(editor_client, reverse("wagtailimages:edit", args=[image.pk]), picture())
    assert "Titta på bilden" in answer


FORMS = [
    pytest.param(DocumentFactory, "wagtaildocs:edit", text_file, id="document"),
    pytest.param(ImageFactory, "wagtailimages:edit", picture, id="image"),
]


def test_after_a_refused_replacement_the_form_shows_the_picture_that_is_still_there(editor_client, reads_as):
    instance = ImageFactory()
    reads_as(BLOCKS)
    answer = saved(editor_client, reverse("wagtailimages:edit", args=[instance.pk]), picture(name="avvisad.png"))
    assert "Sida 2: personnummer" in answer
    assert instance.filename in answer and "avvisad" not in answer
    assert "hittas" not in answer


@pytest.mark.parametrize(("factory", "name", "new"), FORMS)
def test_a_refused_title_shows_the_stored_file_too(editor_client, reads_as, factory, name, new):
    instance = factory()
    reads_as(CLEAN)
    file = new(name=f"ny.{new().name[-3:]}")
    answer = saved(editor_client, reverse(name, args=[instance.pk]), file, title=personal_number())
    assert instance.filename in answer and "ny." not in answer and "hittas" not in answer


def fields_shown(html: str) -> set[str]:
    """Which of the two fields a person sees."""
    inputs = re.findall(r'<input[^>]*name="(?:[^"]*-)?(content_is_read|reason)"[^>]*>', html)
    hidden = re.findall(r'<input[^>]*type="hidden"[^>]*name="(?:[^"]*-)?(content_is_read|reason)"[^>]*>', html)
    return set(inputs) - set(hidden)


@pytest.mark.parametrize(
    ("outcome", "shown"),
    [
        (CLEAN, set()),
        (BLOCKS, set()),
        (UNREADABLE, {"content_is_read"}),
        (WARNS, {"content_is_read", "reason"}),
    ],
    ids=["clean", "blocks", "unread", "warns"],
)
def test_the_form_asks_for_what_the_file_needs(editor_client, outcome, shown):
    document = DocumentFactory()
    record_outcome(document.screening, outcome)
    html = editor_client.get(reverse("wagtaildocs:edit", args=[document.pk])).content.decode()
    assert fields_shown(html) == shown


def test_a_new_file_has_the_tick_and_no_reason_until_it_is_needed(editor_client, reads_as):
    address = reverse("wagtaildocs:add")
    assert fields_shown(editor_client.get(address).content.decode()) == {"content_is_read"}
    reads_as(WARNS)
    answer = saved(editor_client, address, text_file(), content_is_read="on")
    assert fields_shown(answer) == {"content_is_read", "reason"}
    assert "Sida 2: organisationsnummer" in answer.replace("sida 2", "Sida 2")


def test_an_approved_file_tells_by_whom_and_asks_for_nothing(editor_client, editor):
    document = DocumentFactory()
    record_outcome(document.screening, UNREADABLE)
    approve_file(document.screening, by=editor)
    html = editor_client.get(reverse("wagtaildocs:edit", args=[document.pk])).content.decode()
    assert f"Godkänd av {editor} den" in html
    assert not fields_shown(html)


def test_the_help_on_keywords_does_not_contradict_itself(editor_client):
    html = editor_client.get(reverse("wagtaildocs:add")).content.decode()
    assert "komma emellan" in html and "citattecken" not in html


def test_f19_the_same_content_again_is_told_of_with_a_link(editor_client, reads_as):
    reads_as(CLEAN)
    address = reverse("wagtaildocs:add")
    assert "Samma fil finns redan" not in saved(editor_client, address, text_file(), title="Första")
    answer = saved(editor_client, address, text_file(name="kopia.txt"), title="Andra")
    first, second = Document.objects.order_by("pk")
    assert "Samma fil finns redan: ”Första”." in answer
    assert f'href="{reverse("wagtaildocs:edit", args=[first.pk])}"' in answer
    edit = reverse("wagtaildocs:edit", args=[second.pk])
    assert "Samma fil finns redan" not in saved(editor_client, edit, None, title="Bara ny titel")


def test_f19_the_row_of_a_multiple_upload_tells_it_too(editor_client, reads_as):
    reads_as(CLEAN)
    address = reverse("wagtaildocs:add_multiple")
    form = ""
    for name in ("en.txt", "två.txt"):
        answer = editor_client.post(address, {"title": name, "files[]": text_file(name=name), "collection": "1"})
        form = answer.json()["form"]
    first = Document.objects.order_by("pk")[0]
    assert "Samma fil finns redan" in form and reverse("wagtaildocs:edit", args=[first.pk]) in form


MAC = normalize("NFD", "Återsökning på ö")


def test_f18_a_file_named_on_a_mac_is_served_with_its_letters(editor_client, reads_as):
    reads_as(CLEAN)
    assert MAC != "Återsökning på ö"
    saved(editor_client, reverse("wagtaildocs:add"), text_file(name=f"{MAC}.txt"), title=MAC)
    document = Document.objects.get()
    assert document.title == "Återsökning på ö"
    answer = editor_client.get(document.url)
    assert document.filename == "Återsökning_på_ö.txt"
    assert quote(document.filename) in answer["Content-Disposition"]


def test_f18_a_file_that_code_stores_has_its_letters_too(reads_as, db):
    reads_as(CLEAN)
    document = DocumentFactory(title=MAC, filename=f"{MAC}.pdf")
    document.refresh_from_db()
    assert (document.title, document.filename) == ("Återsökning på ö", "Återsökning_på_ö.pdf")
