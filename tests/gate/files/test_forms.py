"""Every way to upload a document or image says what is wrong, in Swedish, and stores nothing of it."""

import json
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.models import Collection, GroupCollectionPermission, Page, ReferenceIndex, UploadedFile

from gate.enums import ScreeningState
from gate.files.queue import drain_now
from gate.models import FileScreening
from resources.models import Document, Image
from tests.factories.contacts import PersonFactory
from tests.factories.resources import DocumentFactory, ImageFactory, StandardPageFactory
from tests.screening.numbers import personal_number

from .conftest import BLOCKS, CLEAN, UNREADABLE, WARNS, stored_files
from .samples import blocked_file, picture, text_file

pytestmark = pytest.mark.django_db

DOCUMENTS = {
    "one": ("wagtaildocs:add", "", "file"),
    "many": ("wagtaildocs:add_multiple", "", "files[]"),
    "chooser": ("wagtaildocs_chooser:create", "document-chooser-upload-", "file"),
}
IMAGES = {
    "many": ("wagtailimages:add_multiple", "", "files[]"),
    "chooser": ("wagtailimages_chooser:create", "image-chooser-upload-", "file"),
}
WAYS = [
    *(pytest.param(Document, way, id=f"document-{name}") for name, way in DOCUMENTS.items()),
    *(pytest.param(Image, way, id=f"image-{name}") for name, way in IMAGES.items()),
]


def send(client: Client, way: tuple[str, str, str], file: SimpleUploadedFile, **fields: Any) -> str:
    """Upload as the admin's own script does; what it is answered."""
    name, prefix, file_field = way
    fields = {"title": "Ny", "collection": Collection.get_first_root_node().pk, **fields}
    data = {f"{prefix}{field}": value for field, value in fields.items()}
    data[f"{prefix}{file_field}"] = file
    answer = client.post(reverse(name), data, headers={"x-requested-with": "XMLHttpRequest"})
    text = answer.content.decode()
    return json.dumps(json.loads(text), ensure_ascii=False) if text.startswith("{") else text


@pytest.mark.parametrize(("model", "way"), WAYS)
def test_a_file_that_blocks_is_refused_with_place_and_advice(editor_client, reads_as, model, way):
    reads_as(BLOCKS)
    before = stored_files()
    answer = send(editor_client, way, picture() if model is Image else text_file())
    assert "Sida 2: personnummer" in answer
    assert "ladda upp den igen" in answer
    assert not model.objects.exists()
    assert not UploadedFile.objects.exists()
    assert stored_files() == before


@pytest.mark.parametrize(("model", "way"), WAYS)
def test_a_file_that_could_not_be_read_is_stored_and_held_back(editor_client, reads_as, model, way):
    reads_as(UNREADABLE)
    send(editor_client, way, picture() if model is Image else text_file())
    assert model.objects.get().screening.needs_approval
    assert not model.objects.approved().exists()


@pytest.mark.parametrize(("model", "way"), WAYS)
def test_a_large_file_is_stored_and_waits(editor_client, reads_as, settings, model, way):
    settings.SCREENING_DIRECT_BYTES = 0
    reads_as(BLOCKS)
    send(editor_client, way, picture() if model is Image else text_file())
    assert model.objects.get().screening.state == ScreeningState.WAITING


def test_the_real_screening_stops_a_number_in_a_text_file(editor_client):
    answer = send(editor_client, DOCUMENTS["many"], blocked_file())
    assert "personnummer" in answer
    assert personal_number() not in answer
    assert not Document.objects.exists()


@pytest.mark.parametrize("way", ["one", "chooser"])
def test_the_tick_at_the_upload_approves_at_once(editor_client, editor, reads_as, way):
    reads_as(UNREADABLE)
    send(editor_client, DOCUMENTS[way], text_file(), content_is_read="on")
    document = Document.objects.get()
    assert document.is_approved
    assert document.screening.approved_by == editor


def test_the_tick_on_a_large_picture_counts_when_it_is_screened(editor_client, reads_as, settings):
    settings.SCREENING_DIRECT_BYTES = 0
    reads_as(UNREADABLE)
    send(editor_client, IMAGES["chooser"], picture(), content_is_read="on")
    assert not Image.objects.approved().exists()
    drain_now()
    assert Image.objects.approved().count() == 1


def test_a_ticked_file_with_a_warning_needs_a_reason(editor_client, reads_as):
    reads_as(WARNS)
    assert "Skriv ett skäl" in send(editor_client, DOCUMENTS["one"], text_file(), content_is_read="on")
    assert not Document.objects.exists()
    send(editor_client, DOCUMENTS["one"], text_file(), content_is_read="on", reason="Vårt eget nummer.")
    assert Document.objects.get().screening.reason == "Vårt eget nummer."


def test_a_number_in_the_title_is_an_error_on_the_title_alone(editor_client, reads_as):
    reads_as(CLEAN)
    answer = send(editor_client, DOCUMENTS["one"], text_file(), title=f"Om {personal_number()}")
    assert "personnummer" in answer
    assert not Document.objects.exists()


def test_a_number_in_the_name_of_one_of_many_leaves_no_temporary_file(editor_client, reads_as):
    reads_as(CLEAN)
    name = f"{personal_number()}.txt"
    answer = send(editor_client, DOCUMENTS["many"], text_file(name=name), title=name)
    assert "Filens namn" in answer
    assert "Byt namn på filen" in answer and "Ta bort" not in answer
    assert not UploadedFile.objects.exists()


def test_a_tag_with_a_number_is_refused(editor_client, reads_as):
    reads_as(CLEAN)
    answer = send(editor_client, DOCUMENTS["one"], text_file(), tags=personal_number())
    assert "personnummer" in answer
    assert not Document.objects.exists()


def test_an_organisation_number_in_the_title_is_approved_with_a_reason(editor_client, reads_as):
    reads_as(CLEAN)
    title = "Avtal med 556677-8899"
    assert "Skriv ett skäl" in send(editor_client, DOCUMENTS["one"], text_file(), title=title)
    send(editor_client, DOCUMENTS["one"], text_file(), title=title, reason="Det är ett påhittat nummer.")
    assert Document.objects.get().title == title


def test_the_second_step_of_many_keeps_the_approval_and_the_refusal(editor_client, reads_as):
    """A warning in the title makes Wagtail keep the file aside until the form is filled in."""
    reads_as(UNREADABLE)
    answer = json.loads(send(editor_client, DOCUMENTS["many"], text_file(), title="Avtal med 556677-8899"))
    aside = answer["uploaded_file_id"]
    url = reverse("wagtaildocs:create_multiple_from_uploaded_document", args=[aside])
    data = {"title": "Avtal", "content_is_read": "on", "collection": Collection.get_first_root_node().pk}
    editor_client.post(url, {f"uploaded-document-{aside}-{name}": value for name, value in data.items()})
    assert Document.objects.get().is_approved
    assert not UploadedFile.objects.exists()


def test_the_form_after_the_upload_of_many_takes_the_approval(editor_client, reads_as):
    reads_as(UNREADABLE)
    answer = json.loads(send(editor_client, DOCUMENTS["many"], text_file()))
    assert UNREADABLE.fault in answer["form"]
    number = answer["doc_id"]
    data = {"title": "Ny", "content_is_read": "on", "collection": Collection.get_first_root_node().pk}
    url = reverse("wagtaildocs:edit_multiple", args=[number])
    editor_client.post(url, {f"doc-{number}-{name}": value for name, value in data.items()})
    assert Document.objects.get().is_approved


def row(client: Client, prefix: str, number: int, name: str, **fields: Any) -> dict[str, Any]:
    """Press "Uppdatera" in a row of the upload of many; what the admin's own script is answered."""
    fields = {"title": "Ny", "collection": Collection.get_first_root_node().pk, **fields}
    data = {f"{prefix}-{number}-{field}": value for field, value in fields.items()}
    return dict(client.post(reverse(name, args=[number]), data).json())


@pytest.mark.parametrize(
    ("model", "ways", "name", "prefix"),
    [
        pytest.param(Document, DOCUMENTS, "wagtaildocs:edit_multiple", "doc", id="document"),
        pytest.param(Image, IMAGES, "wagtailimages:edit_multiple", "image", id="image"),
    ],
)
def test_the_row_of_a_file_with_a_warning_tells_what_was_found_and_stays_until_it_is_approved(
    editor_client, reads_as, model, ways, name, prefix
):
    reads_as(WARNS)
    answer = json.loads(send(editor_client, ways["many"], picture() if model is Image else text_file()))
    assert answer["success"] and "Sida 2: organisationsnummer" in answer["form"]
    number = model.objects.get().pk

    def press(**fields: Any) -> dict[str, Any]:
        return row(editor_client, prefix, number, name, **fields)

    still = press(title="Nytt namn")
    assert not still["success"] and "Sparat." in still["form"] and "Väntar på ditt ord" in still["form"]
    assert model.objects.get().title == "Nytt namn"
    refused = press(content_is_read="on")
    assert not refused["success"] and "Skriv varför" in refused["form"] and "Sparat." not in refused["form"]
    assert not model.objects.approved().exists()
    assert press(content_is_read="on", reason="Vårt eget nummer.")["success"]
    assert model.objects.approved().exists()


def test_a_row_from_a_file_kept_aside_goes_on_as_the_stored_files_row(editor_client, reads_as):
    reads_as(UNREADABLE)
    answer = json.loads(send(editor_client, DOCUMENTS["many"], text_file(), title="Avtal med 556677-8899"))
    aside = answer["uploaded_file_id"]
    name = "wagtaildocs:create_multiple_from_uploaded_document"
    still = row(editor_client, "uploaded-document", aside, name)
    document = Document.objects.get()
    assert not still["success"] and reverse("wagtaildocs:edit_multiple", args=[document.pk]) in still["form"]
    assert row(editor_client, "doc", document.pk, "wagtaildocs:edit_multiple", content_is_read="on")["success"]


def test_the_row_of_a_clean_file_goes(editor_client, reads_as):
    reads_as(CLEAN)
    answer = json.loads(send(editor_client, DOCUMENTS["many"], text_file()))
    assert row(editor_client, "doc", answer["doc_id"], "wagtaildocs:edit_multiple")["success"]


def test_what_to_do_is_told_once(editor_client, reads_as):
    reads_as(BLOCKS)
    assert send(editor_client, DOCUMENTS["many"], text_file()).count("Ta bort") == 1


def test_a_packed_file_is_to_be_unpacked(editor_client):
    answer = send(editor_client, DOCUMENTS["many"], text_file(name="allt.zip"))
    assert "Packa upp filen" in answer
    assert not Document.objects.exists()


def replace(client: Client, instance: Document | Image, file: SimpleUploadedFile, **fields: Any) -> str:
    """Replace the picture, or upload a new version of the document."""
    name = "wagtailimages:edit" if isinstance(instance, Image) else "document_version_add"
    data = {"title": instance.title, "collection": instance.collection_id, "note": "Nytt.", "file": file, **fields}
    return client.post(reverse(name, args=[instance.pk]), data).content.decode()


@pytest.mark.parametrize("factory", [DocumentFactory, ImageFactory])
def test_a_replacement_that_blocks_leaves_what_was_there(editor_client, reads_as, factory):
    instance = factory()
    name, before = instance.file.name, stored_files()
    reads_as(BLOCKS)
    answer = replace(editor_client, instance, picture() if factory is ImageFactory else text_file())
    assert "Sida 2: personnummer" in answer
    instance.refresh_from_db()
    assert instance.file.name == name
    assert instance.is_approved
    assert stored_files() == before


def test_a_picture_on_a_published_page_is_replaced_with_the_editors_approval(editor_client, reads_as):
    instance, page = ImageFactory(), StandardPageFactory()
    ReferenceIndex.create_or_update_for_object(page)
    _refer(page, instance)
    reads_as(UNREADABLE)
    assert "Filen används på en publicerad sida" in replace(editor_client, instance, picture())
    instance.refresh_from_db()
    assert instance.is_approved
    replace(editor_client, instance, picture(), content_is_read="on")
    instance.refresh_from_db()
    assert instance.screening.digest in FileScreening.objects.approved().values_list("digest", flat=True)
    assert instance.is_approved


def _refer(page: Any, image: Image) -> None:
    ReferenceIndex.objects.create(
        base_content_type=ContentType.objects.get_for_model(Page),
        content_type=ContentType.objects.get_for_model(page),
        object_id=str(page.pk),
        to_content_type=ContentType.objects.get_for_model(Image),
        to_object_id=str(image.pk),
        model_path="body",
        content_path="body",
        content_path_hash=ReferenceIndex._get_content_path_hash("body"),
    )


@pytest.fixture
def writer():
    """Somebody who may change documents, and approve no warnings."""
    group = Group.objects.create(name="Skribenter")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    GroupCollectionPermission.objects.create(
        group=group,
        collection=Collection.get_first_root_node(),
        permission=Permission.objects.get(content_type__app_label="resources", codename="change_document"),
    )
    person = PersonFactory()
    person.groups.add(group)
    return person


def test_one_who_may_not_approve_warnings_is_told_so(client, reads_as, writer):
    document = DocumentFactory()
    client.force_login(writer)
    reads_as(WARNS)
    answer = replace(client, document, text_file(), content_is_read="on", reason="Jag vill.")
    assert "Du får inte godkänna" in answer
    assert not document.versions.exists()


def test_one_who_may_change_a_document_approves_what_could_not_be_read(client, reads_as, writer):
    document = DocumentFactory()
    client.force_login(writer)
    reads_as(UNREADABLE)
    replace(client, document, text_file(), content_is_read="on")
    assert document.versions.get().screening.approved_by == writer
