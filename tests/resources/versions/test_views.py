"""The admin's pages of versions: what an editor sees, is told and is refused."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from gate.enums import ScreeningState
from gate.files.actions import record_outcome
from gate.files.presentation import screening_url
from gate.files.queue import drain_now
from lumen.waiting_panel import waiting_for
from resources.models import Document, DocumentVersion, ResourceFile, ResourcePage
from resources.versions.actions import publish_version
from screening.findings import Finding, Kind, Screening
from tests.factories.contacts import PersonFactory
from tests.factories.meetings import MeetingPageFactory
from tests.factories.resources import DocumentFactory, DocumentVersionFactory, ResourcePageFactory, StandardPageFactory
from tests.gate.files.samples import blocked_file, text_file
from tests.screening.numbers import personal_number

pytestmark = pytest.mark.django_db

UNREAD = Screening(fault="Sida 1 är en bild.")
BLOCKS = Screening((Finding(Kind.PERSONAL_NUMBER, "sida 2", "85…"),))
NOTE = "Avsnitt tre är omskrivet."


@pytest.fixture
def editor() -> Any:
    return PersonFactory(editor=True)


@pytest.fixture
def admin(client: Client, editor: Any) -> Client:
    client.force_login(editor)
    return client


@pytest.fixture
def document() -> Document:
    return DocumentFactory(title="Mall v1.2", filename="mall.pdf")


def address(name: str, *args: Any) -> str:
    return reverse(f"document_version_{name}", args=args)


def upload(admin: Client, document: Document, file: SimpleUploadedFile | None = None, **fields: Any) -> str:
    """Send the form; the page that follows."""
    data = {"title": document.title, "note": NOTE, "file": file or text_file(), **fields}
    return admin.post(address("add", document.pk), data, follow=True).content.decode()


class TestUploading:
    def test_u8_the_new_file_is_a_draft_with_its_note(self, admin, document, editor):
        answer = upload(admin, document)
        version = document.versions.get()
        assert version.is_draft and (version.number, version.note) == (2, NOTE)
        assert version.uploaded_by_user == editor
        assert "Ingen besökare får den än" in answer and "Publicera versionen" in answer
        assert Document.objects.get().version == 1

    def test_u8_the_form_of_the_document_replaces_no_file(self, admin, document):
        data = {"title": "Ny titel", "collection": document.collection_id, "tags": "", "file": text_file()}
        admin.post(reverse("wagtaildocs:edit", args=[document.pk]), data)
        document.refresh_from_db()
        assert document.title == "Ny titel"
        assert document.filename.startswith("mall") and not document.versions.exists()

    def test_u8_a_title_with_a_version_is_asked_about(self, admin, document):
        html = admin.get(address("add", document.pk)).content.decode()
        assert "Titeln nämner en version, ”v1.2”" in html and 'value="Mall v1.2"' in html

    def test_u8_a_title_without_one_is_not(self, admin):
        html = admin.get(address("add", DocumentFactory(title="Mall för avtal").pk)).content.decode()
        assert "nämner en version" not in html

    def test_u8_a_file_that_blocks_is_refused_with_place_and_advice(self, admin, document):
        answer = upload(admin, document, blocked_file())
        assert "personnummer" in answer and NOTE in answer
        assert not DocumentVersion.objects.exists()

    @pytest.mark.parametrize("field", ["note", "title"])
    def test_u8_a_number_in_the_words_is_refused_at_its_field(self, admin, document, field):
        answer = upload(admin, document, **{field: f"Enligt {personal_number()}"})
        assert "personnummer" in answer.lower()
        assert not DocumentVersion.objects.exists()

    def test_u8_a_warning_in_the_note_is_saved_with_a_reason(self, admin, document):
        note = "Avtalet med 556677-8899 är med."
        assert "Skriv ett skäl" in upload(admin, document, note=note)
        assert not DocumentVersion.objects.exists()
        upload(admin, document, note=note, reason="Avtalet är offentligt.")
        assert document.versions.get().note == note

    @pytest.mark.parametrize(
        ("fields", "told"),
        [({"note": ""}, "Skriv vad som är nytt"), ({"title": ""}, "Skriv vad dokumentet ska heta")],
    )
    def test_u8_what_is_missing_is_told(self, admin, document, fields, told):
        assert told in upload(admin, document, **fields)

    def test_u8_a_missing_file_is_told(self, admin, document):
        answer = admin.post(address("add", document.pk), {"title": "Mall", "note": NOTE}).content.decode()
        assert "Välj den nya filen" in answer

    def test_u8_the_same_file_again_is_no_new_version(self, admin, document):
        same = SimpleUploadedFile("mall.pdf", document.file.read(), "application/pdf")
        assert "samma fil som den gällande" in upload(admin, document, same)
        assert not DocumentVersion.objects.exists()

    def test_u8_a_second_upload_leads_to_the_draft_that_waits(self, admin, document):
        DocumentVersionFactory(document=document)
        assert admin.get(address("add", document.pk))["Location"] == address("draft", document.pk)
        assert "Publicera eller kasta" in upload(admin, document)
        assert document.versions.count() == 1

    def test_u8_a_large_file_waits_for_the_worker(self, admin, document, settings):
        settings.SCREENING_DIRECT_BYTES = 0
        answer = upload(admin, document)
        assert "Filen granskas" in answer and "Publicera versionen" not in answer
        assert document.versions.get().screening.state == ScreeningState.WAITING
        drain_now()
        assert document.versions.get().is_approved


class TestPublishing:
    def test_u8_publishing_tells_on_the_chosen_pages_only(self, admin, document):
        chosen, other = (ResourcePageFactory(files=[ResourceFile(document=document)]) for _ in range(2))
        DocumentVersionFactory(document=document)
        answer = admin.post(address("draft", document.pk), {"tell_on": [chosen.pk]}, follow=True).content.decode()
        assert "Version 2 gäller nu" in answer and "finns kvar för redaktionen" in answer
        assert ResourcePage.objects.get(pk=chosen.pk).updated_on == timezone.localdate()
        assert ResourcePage.objects.get(pk=other.pk).updated_on is None

    def test_u8_the_pages_are_ticked_from_the_start_and_others_named(self, admin, document):
        ResourcePageFactory(title="Materialet", files=[ResourceFile(document=document)])
        ResourcePageFactory(title="Ett utkast", draft=True, files=[ResourceFile(document=document)])
        StandardPageFactory(title="En sida", body=[("document", {"document": document, "description": ""})])
        DocumentVersionFactory(document=document)
        html = admin.get(address("draft", document.pk)).content.decode()
        assert "checked" in html and "Materialet" in html
        assert "Filen byts också på" in html and "En sida" in html
        assert "Ett utkast" not in html

    def test_u8_a_page_that_does_not_use_the_file_cannot_be_chosen(self, admin, document):
        ResourcePageFactory(files=[ResourceFile(document=document)])
        stranger = ResourcePageFactory()
        DocumentVersionFactory(document=document)
        admin.post(address("draft", document.pk), {"tell_on": [stranger.pk]})
        assert ResourcePage.objects.get(pk=stranger.pk).updated_on is None
        assert Document.objects.get().version == 1

    def test_u8_a_document_that_nobody_uses_goes_the_same_way(self, admin, document):
        DocumentVersionFactory(document=document)
        admin.post(address("draft", document.pk))
        assert Document.objects.get().version == 2

    def test_u8_what_is_not_approved_leads_to_its_screening_and_is_refused(self, admin, document):
        version = DocumentVersionFactory(document=document)
        record_outcome(version.screening, UNREAD)
        html = admin.get(address("draft", document.pk)).content.decode()
        assert "Publicera versionen" not in html and screening_url(version.screening) in html
        assert "Läs den själv" in admin.post(address("draft", document.pk), follow=True).content.decode()
        assert Document.objects.get().version == 1

    def test_u8_the_screening_leads_back_to_the_draft(self, admin, document):
        version = DocumentVersionFactory(document=document)
        record_outcome(version.screening, UNREAD)
        html = admin.get(screening_url(version.screening)).content.decode()
        assert address("draft", document.pk) in html and version.url in html
        answer = admin.post(screening_url(version.screening), {"content_is_read": "on"}, follow=True)
        assert "Filen får nu publiceras" in answer.content.decode() or "Tack!" in answer.content.decode()
        assert document.versions.get().is_approved

    def test_u8_an_earlier_version_that_must_not_be_public_is_told_of(self, admin, document):
        record_outcome(document.screening, BLOCKS)
        DocumentVersionFactory(document=document)
        answer = admin.post(address("draft", document.pk), follow=True).content.decode()
        assert "Version 1 innehåller uppgifter som inte får publiceras" in answer
        assert reverse("purging:purge", args=["version", document.versions.get().pk]) in answer

    def test_u8_a_draft_that_is_gone_is_told_of(self, admin, document):
        for method in (admin.get, admin.post):
            answer = method(address("draft", document.pk), follow=True).content.decode()
            assert "Det finns ingen version som väntar" in answer

    def test_u8_a_draft_is_discarded(self, admin, document):
        DocumentVersionFactory(document=document)
        answer = admin.post(address("discard", document.pk), follow=True).content.decode()
        assert "Utkastet är borta" in answer and not document.versions.exists()


class TestHistory:
    @pytest.fixture
    def published(self, document: Document, editor: Any) -> Document:
        DocumentVersionFactory(document=document, note=NOTE)
        publish_version(document=document, by=editor)
        document.refresh_from_db()
        return document

    def test_u8_the_form_of_the_document_shows_every_version(self, admin, published):
        html = admin.get(reverse("wagtaildocs:edit", args=[published.pk])).content.decode()
        assert "Versioner" in html and NOTE in html
        assert html.index("Gällande") < html.index("Tidigare")
        assert published.url in html and published.versions.get().url in html

    def test_u8_an_editor_downloads_an_earlier_version(self, admin, published):
        earlier = published.versions.get()
        answer = admin.get(earlier.url)
        assert b"".join(answer.streaming_content) == earlier.file.read()
        assert answer["Content-Disposition"].startswith("attachment")
        assert "no-store" in answer["Cache-Control"] and "sandbox" in answer["Content-Security-Policy"]

    def test_u8_who_may_not_work_with_the_document_downloads_nothing(self, client, published):
        client.force_login(PersonFactory())
        assert client.get(published.versions.get().url).status_code in (302, 403)

    def test_u8_an_earlier_version_is_made_a_draft_again(self, admin, published):
        answer = admin.post(address("bring_back", published.pk, 1), follow=True).content.decode()
        assert "Version 1 är ett utkast igen" in answer and "Version 1 gäller igen." in answer
        assert published.versions.drafts().get().number == 3

    def test_u8_a_draft_is_not_brought_back(self, admin, document):
        DocumentVersionFactory(document=document)
        assert admin.post(address("bring_back", document.pk, 2)).status_code == 404

    def test_u8_a_missing_file_is_told_and_not_a_fault(self, admin, published):
        earlier = published.versions.get()
        earlier.file.storage.delete(earlier.file.name)
        assert admin.get(earlier.url).status_code == 404
        answer = admin.post(address("bring_back", published.pk, 1), follow=True).content.decode()
        assert "finns inte kvar i lagringen" in answer

    def test_u8_the_queries_are_as_many_whatever_the_number_of_versions(
        self, admin, published, django_assert_max_num_queries
    ):
        edit = reverse("wagtaildocs:edit", args=[published.pk])
        admin.get(edit)
        for number in range(10, 16):
            DocumentVersionFactory(document=published, number=number, earlier=True, content=f"{number}".encode())
        with django_assert_max_num_queries(40):
            admin.get(edit)


class TestWaiting:
    def test_u8_a_draft_waits_on_the_start_page_until_it_is_published(self, editor, document):
        DocumentVersionFactory(document=document)
        told = [(each.what, each.url) for each in waiting_for(editor)]
        assert ("Publicera version 2", address("draft", document.pk)) in told
        publish_version(document=document, by=editor)
        assert not waiting_for(editor)

    def test_u8_somebody_without_rights_is_told_nothing(self, document):
        DocumentVersionFactory(document=document)
        assert not waiting_for(PersonFactory())


def test_u8_a_meetings_material_gets_the_new_file_too(client, document, editor):
    page = MeetingPageFactory()
    page.body = [("document", {"document": document, "description": ""})]
    page.save()
    DocumentVersionFactory(document=document, content=b"%PDF-1.4 nytt")
    publish_version(document=document, by=editor)
    assert Document.objects.get().url in client.get(page.url).content.decode()
