"""What is not approved is on no public page and given to nobody but those who work with it."""

from collections.abc import Callable

import pytest
from django.test import Client

from gate.enums import ScreeningState
from gate.files.actions import record_outcome
from gate.models import FileScreening
from meetings.enums import MaterialMoment
from meetings.models import Material
from resources.models import Document, ResourceFile
from screening.findings import Finding, Kind, Screening
from tests.factories.contacts import PersonFactory
from tests.factories.meetings import MeetingPageFactory
from tests.factories.resources import (
    DocumentFactory,
    ImageFactory,
    ResourcePageFactory,
    StandardPageFactory,
    body,
    page_with_picture,
)

pytestmark = pytest.mark.django_db


OUTCOMES = {
    "blocked": Screening((Finding(Kind.PERSONAL_NUMBER, "sida 2", "85…"),)),
    "warned of": Screening((Finding(Kind.ORGANISATION_NUMBER, "sida 2", "55…"),)),
    "unread": Screening(fault="Sida 1 är en bild."),
}


def hold_back(file: object, how: str) -> None:
    screening = file.screening
    if how == "waiting":
        FileScreening.objects.filter(pk=screening.pk).update(state=ScreeningState.WAITING, verdict="", screened_at=None)
    elif how == "unknown":
        type(file).objects.filter(pk=file.pk).update(screening=None, screened_name="")
    else:
        record_outcome(screening, OUTCOMES[how])
    file.refresh_from_db()


HOW = [*OUTCOMES, "waiting", "unknown"]


@pytest.mark.parametrize("how", HOW)
def test_a_document_that_is_not_approved_is_not_reachable(client: Client, how: str) -> None:
    document = DocumentFactory()
    ResourcePageFactory(files=[ResourceFile(document=document)])
    before = client.get(document.url)
    assert before.status_code == 200
    hold_back(document, how)
    assert not document.is_public
    assert client.get(document.url).status_code == 404
    assert client.get(document.url, headers={"if-none-match": before["ETag"]}).status_code == 404
    assert not Document.objects.approved().exists()


def as_only_file(document: Document) -> str:
    return ResourcePageFactory(files=[ResourceFile(document=document)]).url


def as_one_of_two_files(document: Document) -> str:
    other = DocumentFactory(content=b"Annan.", filename="annan.txt")
    return ResourcePageFactory(files=[ResourceFile(document=other), ResourceFile(document=document)]).url


def as_block(document: Document) -> str:
    return StandardPageFactory(body=[("document", {"document": document, "description": ""})]).url


def as_link_in_a_text(document: Document) -> str:
    return StandardPageFactory(body=body(f'<p><a linktype="document" id="{document.pk}">Läs mer</a></p>')).url


def as_material_of_a_meeting(document: Document) -> str:
    material = Material(moment=MaterialMoment.BEFORE, title="Att läsa", document=document)
    return MeetingPageFactory(materials=[material]).url


@pytest.mark.parametrize(
    ("use", "text"),
    [
        (as_only_file, "Filen granskas."),
        (as_one_of_two_files, "Filen granskas."),
        (as_block, "Filen granskas."),
        (as_link_in_a_text, "Läs mer"),
        (as_material_of_a_meeting, ""),
    ],
)
def test_a_page_links_to_no_document_that_is_not_approved(
    client: Client, use: Callable[[Document], str], text: str
) -> None:
    document = DocumentFactory()
    page = use(document)
    assert document.url in client.get(page).content.decode()
    hold_back(document, "unread")
    html = client.get(page).content.decode()
    assert document.url not in html
    assert text in html


@pytest.mark.parametrize("how", HOW)
def test_a_picture_that_is_not_approved_is_shown_to_editors_alone(client: Client, how: str) -> None:
    image = ImageFactory()
    page_with_picture(image)
    url = image.get_rendition("width-50").url
    before = client.get(url)
    assert before.status_code == 200
    hold_back(image, how)
    assert client.get(url).status_code == 404
    assert client.get(url, headers={"if-none-match": before["ETag"]}).status_code == 404
    client.force_login(PersonFactory())
    assert client.get(url).status_code == 404
    client.force_login(PersonFactory(editor=True))
    answer = client.get(url)
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]


def test_a_browser_that_has_the_picture_is_told_so(client: Client) -> None:
    image = ImageFactory()
    page_with_picture(image)
    url = image.get_rendition("width-50").url
    answer = client.get(url)
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["Cache-Control"] == "no-cache"
    assert client.get(url, headers={"if-none-match": answer["ETag"]}).status_code == 304


def test_a_picture_whose_file_is_gone_is_not_found(client: Client) -> None:
    image = ImageFactory()
    page_with_picture(image)
    rendition = image.get_rendition("width-50")
    rendition.file.storage.delete(rendition.file.name)
    assert client.get(rendition.url).status_code == 404
