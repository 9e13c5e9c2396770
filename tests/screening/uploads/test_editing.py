"""After a save in the admin an editor is told what still keeps the file from the public."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.models import Collection

from resources.models import Document, Image
from screening.uploads.wording import screening_url
from tests.factories.resources import DocumentFactory

from .conftest import CLEAN, UNREADABLE
from .files import picture, text_file

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
    assert TOLD in answer and f'href="{screening_url(Image.objects.get().screening)}"' in answer


def test_a_file_that_gets_the_editors_word_at_once_needs_no_telling(editor_client, reads_as):
    reads_as(UNREADABLE)
    assert TOLD not in saved(editor_client, reverse("wagtaildocs:add"), text_file(), content_is_read="on")
    assert Document.objects.get().is_cleared


def test_nor_does_a_clean_one(editor_client, reads_as):
    reads_as(CLEAN)
    assert TOLD not in saved(editor_client, reverse("wagtaildocs:add"), text_file())


def test_a_replaced_file_is_told_of(editor_client, reads_as):
    document = DocumentFactory()
    reads_as(UNREADABLE)
    assert TOLD in saved(editor_client, reverse("wagtaildocs:edit", args=[document.pk]), text_file("Nytt."))
