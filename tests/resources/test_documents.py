"""Only what is published can be read: by address, and never by file path."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client, TestCase
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from resources.models import Document, ResourceFile
from resources.versions.actions import publish_version
from tests.factories.contacts import PersonFactory
from tests.factories.resources import (
    PDF,
    DocumentFactory,
    DocumentVersionFactory,
    ResourcePageFactory,
    StandardPageFactory,
    body,
)

pytestmark = pytest.mark.django_db


def as_file(document: Document, **page: object) -> None:
    ResourcePageFactory(files=[ResourceFile(document=document)], **page)


def as_block(document: Document) -> None:
    StandardPageFactory(body=[("document", {"document": document, "description": ""})])


def as_link(document: Document) -> None:
    StandardPageFactory(body=body(f'<p><a linktype="document" id="{document.pk}">Läs</a></p>'))


@pytest.mark.parametrize("use", [as_file, as_block, as_link])
def test_a_document_of_a_published_page_is_downloaded(client: Client, use: Callable[[Document], None]) -> None:
    document = DocumentFactory()
    use(document)
    answer = client.get(document.url)
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_a_document_is_sent_as_it_is_and_asked_for_anew_each_time(client: Client) -> None:
    document = DocumentFactory()
    as_file(document)
    answer = client.get(document.url)
    assert not answer.has_header("Content-Encoding")
    assert answer["Cache-Control"] == "no-cache"
    document.refresh_from_db()
    assert answer["ETag"] == f'"{document.file_hash}"'
    assert len(document.file_hash) == 40
    assert client.get(document.url, headers={"if-none-match": answer["ETag"]}).status_code == 304
    assert client.get(document.url, headers={"if-none-match": '""'}).status_code == 200


def test_a_replaced_document_is_sent_anew_to_a_browser_that_has_the_old(client: Client) -> None:
    document = DocumentFactory(filename="mall.pdf")
    as_file(document)
    before = client.get(document.url)["ETag"]
    document.refresh_from_db()
    DocumentVersionFactory(document=document, content=PDF + b"% ny", filename="mall.pdf")
    publish_version(document=document, by=PersonFactory(editor=True))
    answer = client.get(Document.objects.get().url, headers={"if-none-match": before})
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content).endswith(b"% ny")
    assert answer["ETag"] != before


def test_an_address_with_the_name_of_a_replaced_file_leads_to_the_new_one(client: Client) -> None:
    document = DocumentFactory(filename="ny.pdf")
    old = document.url.replace("ny.pdf", "gammal.pdf")
    assert client.get(old).status_code == 404, "what is not public tells nobody its name"
    as_file(document)
    assert client.get(old)["Location"] == document.url


def test_no_other_address_leads_past_the_question(client: Client) -> None:
    document = DocumentFactory()
    other_digits = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")  # which Wagtail's own addresses take
    address = document.url.replace(f"/{document.pk}/", f"/{str(document.pk).translate(other_digits)}/")
    assert client.get(address).status_code == 404
    as_file(document)
    assert client.get(document.url).status_code == 200
    assert client.get(address).status_code == 404


def test_a_document_whose_file_is_gone_is_not_found(client: Client) -> None:
    document = DocumentFactory()
    as_file(document)
    document.file.storage.delete(document.file.name)
    assert client.get(document.url).status_code == 404


def unused(document: Document) -> None:
    """Nobody has put it on a page."""


def in_a_draft(document: Document) -> None:
    as_file(document, draft=True)


def in_a_draft_of_a_published_page(document: Document) -> None:
    page = ResourcePageFactory()
    page.files = [ResourceFile(document=document)]
    page.save_revision()


def on_an_unpublished_page(document: Document) -> None:
    page = ResourcePageFactory(files=[ResourceFile(document=document)])
    page.unpublish()


def on_a_page_that_has_expired(document: Document) -> None:
    as_file(document, expire_at="2025-01-01T00:00:00Z")


def on_a_private_page(document: Document) -> None:
    page = ResourcePageFactory(files=[ResourceFile(document=document)])
    PageViewRestriction.objects.create(page=page, restriction_type="login")


def in_a_private_collection(document: Document) -> None:
    as_file(document)
    collection = Collection.get_first_root_node().add_child(name="Internt")
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    document.collection = collection
    document.save()


def once_on_a_page(document: Document) -> None:
    page = ResourcePageFactory(files=[ResourceFile(document=document)])
    page.files = []
    with TestCase.captureOnCommitCallbacks(execute=True):
        page.save_revision().publish()


@pytest.mark.parametrize(
    "use",
    [
        unused,
        in_a_draft,
        in_a_draft_of_a_published_page,
        on_an_unpublished_page,
        on_a_page_that_has_expired,
        on_a_private_page,
        in_a_private_collection,
        once_on_a_page,
    ],
)
def test_a_document_that_is_not_published_is_not_reachable(client: Client, use: Callable[[Document], None]) -> None:
    document = DocumentFactory()
    use(document)
    assert not document.is_public
    assert client.get(document.url).status_code in (302, 404)


def test_an_editor_reads_what_is_not_published_yet(client: Client) -> None:
    document = DocumentFactory()
    client.force_login(PersonFactory(editor=True))
    answer = client.get(document.url)
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]


def test_a_person_without_permission_reads_no_more_than_anybody(client: Client) -> None:
    document = DocumentFactory()
    client.force_login(PersonFactory())
    assert client.get(document.url).status_code == 404


@pytest.mark.parametrize(
    "path", ["/{}", "/media/{}", "/bilder/{}", "/bilder/../private/{}", "/private/{}", "/static/{}"]
)
def test_no_address_leads_to_the_file_itself(client: Client, path: str) -> None:
    document = DocumentFactory()
    as_file(document)
    assert client.get(path.format(document.file.name)).status_code in (400, 404)
    assert str(settings.RENDITION_ROOT) not in document.file.path


def test_a_download_passes_few_functions_and_asks_once_whether_the_file_is_public(client: Client) -> None:
    document = DocumentFactory()
    as_file(document)
    client.get(document.url)  # which stores the hash that a file added by code lacks
    called = own_functions_called(lambda: client.get(document.url), within="document")
    assert called.count("resources/models/files.py:is_public") == 1
    assert len(called) <= 6, called


def own_functions_called(run: Callable[[], object], *, within: str) -> list[str]:
    """Every call of a function of the project's rooms, as `file:name`, from the call of `within` to its end."""
    called: list[str] = []
    depth = 0

    def note(frame: Any, event: str, argument: object) -> None:
        nonlocal depth
        path = Path(frame.f_code.co_filename)
        if event not in ("call", "return") or not path.is_relative_to(settings.BASE_DIR):
            return
        file, name = str(path.relative_to(settings.BASE_DIR)), frame.f_code.co_name
        if file.startswith((".venv", "tests")):
            return
        if name == within:
            depth += 1 if event == "call" else -1
        if event == "call" and depth:
            called.append(f"{file}:{name}")

    sys.setprofile(note)
    try:
        run()
    finally:
        sys.setprofile(None)
    return called
