"""A new version of a file goes live when an editor says so, and the earlier ones stay with the editors."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import storages
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from wagtail.models import Page

from gate.files.actions import record_outcome
from gate.models import FileText
from lumen.actions import set_up_site
from lumen.roles import REVIEWERS
from resources.models import Document, DocumentVersion, ResourceFile, ResourcePage
from resources.models.body_page import on_display
from resources.search.finding import search
from resources.versions.actions import NO_DRAFT, bring_back, discard_version, publish_version, upload_version
from screening.findings import Finding, Kind, Screening
from tests.factories.contacts import PersonFactory
from tests.factories.resources import DocumentFactory, DocumentVersionFactory, ResourcePageFactory

pytestmark = pytest.mark.django_db

OLD, NEW = b"%PDF-1.4 gammal", b"%PDF-1.4 ny"
UNREAD = Screening(fault="Sida 1 är en bild.")
BLOCKS = Screening((Finding(Kind.PERSONAL_NUMBER, "sida 2", "85…"),))


@pytest.fixture
def editor() -> Any:
    return PersonFactory(editor=True)


@pytest.fixture
def document() -> Document:
    return DocumentFactory(title="Mall v1.2", content=OLD, filename="mall.pdf", uploaded_by_user=PersonFactory())


@pytest.fixture
def page(document: Document) -> ResourcePage:
    return ResourcePageFactory(files=[ResourceFile(document=document)])


def draft(document: Document, **fields: Any) -> DocumentVersion:
    return DocumentVersionFactory(document=document, content=NEW, title="Mall v1.3", **fields)


def in_group(name: str) -> Any:
    set_up_site()
    person = PersonFactory()
    person.groups.add(Group.objects.get(name=name))
    return person


def given_out(client: Client, document: Document) -> bytes:
    """What a visitor gets at the document's address."""
    return b"".join(client.get(Document.objects.get(pk=document.pk).url).streaming_content)


def test_u8_visitors_get_the_current_file_until_the_new_one_is_published(client, document, page, editor):
    draft(document)
    assert given_out(client, document) == OLD
    publish_version(document=document, by=editor)
    assert given_out(client, document) == NEW


def test_u8_the_document_takes_over_all_that_the_version_has(document, editor):
    version = draft(document, uploaded_by_user=editor)
    publish_version(document=document, by=editor)
    document.refresh_from_db()
    assert (document.version, document.title, document.version_note) == (2, "Mall v1.3", version.note)
    assert document.is_approved and document.screening == version.screening
    assert (document.file_size, document.uploaded_by_user) == (len(NEW), editor)
    assert document.version_at is not None


def test_u8_the_earlier_version_is_kept_as_it_was(document, editor):
    uploader = document.uploaded_by_user
    draft(document)
    earlier = publish_version(document=document, by=editor)
    earlier.refresh_from_db()
    assert (earlier.number, earlier.title, earlier.uploaded_by_user) == (1, "Mall v1.2", uploader)
    assert earlier.file.read() == OLD and earlier.is_approved
    assert earlier.published_at == document.created_at
    assert list(document.versions.earlier()) == [earlier] and not document.versions.drafts().exists()


def test_u8_a_third_version_leaves_two(document, editor):
    for content in (b"%PDF-1.4 andra", b"%PDF-1.4 tredje"):
        document.refresh_from_db()
        DocumentVersionFactory(document=document, content=content)
        publish_version(document=document, by=editor)
    assert [version.number for version in document.versions.all()] == [2, 1]
    assert Document.objects.get().version == 3


def test_u8_no_address_of_an_earlier_file_or_a_draft_is_open_to_visitors(client, document, page, editor):
    old_address = document.url
    version = draft(document)
    assert client.get(version.url).status_code == 302, "asks for a log-in"
    earlier = publish_version(document=document, by=editor)
    assert client.get(earlier.url).status_code == 302
    assert client.get(old_address)["Location"] == Document.objects.get().url
    for name in (earlier.file.name, document.file.name):
        for prefix in ("/media/", "/dokument/", f"/dokument/{document.pk}/"):
            answer = client.get(prefix + name)
            assert answer.status_code in (302, 404) and b"gammal" not in answer.content


@pytest.mark.parametrize("outcome", [UNREAD, BLOCKS], ids=["unread", "blocked"])
def test_u8_a_version_that_is_not_approved_is_not_published(document, editor, outcome):
    record_outcome(draft(document).screening, outcome)
    with pytest.raises(ValidationError, match="Läs den själv|får inte publiceras|inte får publiceras"):
        publish_version(document=document, by=editor)
    document.refresh_from_db()
    assert document.version == 1 and document.file.read() == OLD


def test_u8_what_nobody_has_uploaded_is_not_published(document, editor):
    with pytest.raises(ValidationError, match=NO_DRAFT):
        publish_version(document=document, by=editor)


def test_u8_there_is_one_draft_at_a_time(document, editor):
    draft(document)
    with pytest.raises(ValidationError, match="Publicera eller kasta"):
        upload_version(version=DocumentVersionFactory.build(document=document), by=editor)
    with pytest.raises(IntegrityError), transaction.atomic():
        DocumentVersionFactory(document=document, number=9)


def test_u8_a_number_is_given_once(document):
    DocumentVersionFactory(document=document, number=2, earlier=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        DocumentVersionFactory(document=document, number=2, earlier=True)


def test_u8_a_discarded_version_goes_with_its_file(document, editor, django_capture_on_commit_callbacks):
    version = draft(document)
    with django_capture_on_commit_callbacks(execute=True):
        discard_version(document=document, by=editor)
    assert not document.versions.exists()
    assert not storages["default"].exists(version.file.name)
    assert document.file.read() == OLD


def test_u8_a_published_file_stays_when_its_draft_is_gone(document, editor, django_capture_on_commit_callbacks):
    draft(document)
    with django_capture_on_commit_callbacks(execute=True):
        earlier = publish_version(document=document, by=editor)
    assert Document.objects.get().file.read() == NEW
    assert earlier.file.read() == OLD


def test_u8_a_deleted_document_takes_its_versions_along(document, editor, django_capture_on_commit_callbacks):
    draft(document)
    names = [publish_version(document=document, by=editor).file.name]
    names.append(DocumentVersionFactory(document=Document.objects.get(), content=b"%PDF-1.4 tredje").file.name)
    with django_capture_on_commit_callbacks(execute=True):
        Document.objects.get().delete()
    assert not DocumentVersion.objects.exists()
    assert not any(storages["default"].exists(name) for name in names)


def test_u8_an_earlier_version_is_brought_back_as_a_draft_with_a_file_of_its_own(document, editor, client, page):
    draft(document)
    earlier = publish_version(document=document, by=editor)
    again = bring_back(version=DocumentVersion.objects.get(), by=editor)
    assert (again.number, again.is_draft, again.is_approved) == (3, True, True)
    assert again.file.name != earlier.file.name
    publish_version(document=document, by=editor)
    assert given_out(client, document) == OLD
    assert [version.number for version in document.versions.all()] == [2, 1]


def test_u8_what_is_current_already_is_not_brought_back(document, editor):
    same = DocumentVersionFactory(document=document, content=OLD, number=5, earlier=True)
    with pytest.raises(ValidationError, match="samma fil"):
        bring_back(version=same, by=editor)


def test_u8_a_version_whose_file_is_gone_is_told_of(document, editor):
    draft(document)
    earlier = publish_version(document=document, by=editor)
    earlier.file.storage.delete(earlier.file.name)
    with pytest.raises(ValidationError, match="finns inte kvar"):
        bring_back(version=DocumentVersion.objects.get(), by=editor)


class TestPermissions:
    def test_u8_who_may_not_publish_its_pages_publishes_no_version(self, document, page):
        reviewer = in_group(REVIEWERS)
        draft(document)
        with pytest.raises(PermissionDenied):
            publish_version(document=document, by=reviewer)
        document.refresh_from_db()
        assert document.version == 1

    def test_u8_a_reviewer_uploads_and_discards(self, document, page):
        reviewer = in_group(REVIEWERS)
        draft(document)
        discard_version(document=document, by=reviewer)
        assert not document.versions.exists()

    def test_u8_somebody_else_does_nothing(self, document):
        stranger = PersonFactory()
        draft(document)
        for action in (publish_version, discard_version):
            with pytest.raises(PermissionDenied):
                action(document=document, by=stranger)
        assert document.versions.drafts().exists()


class TestTelling:
    """Today's date and what is new, on the pages that the editor has chosen."""

    def test_u8_the_page_tells_the_day_and_what_is_new(self, client, document, page, editor):
        version = draft(document)
        publish_version(document=document, by=editor, tell_on=[page])
        page.refresh_from_db()
        assert (page.updated_on, page.change_note) == (timezone.localdate(), version.note)
        html = client.get(page.url).content.decode()
        assert "Ny version" in html and version.note in html

    def test_u8_the_feed_tells_when_the_page_changed(self, document, page, editor):
        before = timezone.now()
        draft(document)
        publish_version(document=document, by=editor, tell_on=[page])
        assert ResourcePage.objects.get(pk=page.pk).last_published_at > before

    def test_u8_a_page_that_was_not_chosen_tells_nothing(self, client, document, page, editor):
        draft(document)
        publish_version(document=document, by=editor)
        assert "Ny version" not in client.get(page.url).content.decode()

    def test_u8_a_draft_keeps_what_only_it_has_and_tells_too(self, client, document, page, editor):
        page.save_revision().publish()
        page.title = "Bara i utkastet"
        page.save_revision()
        version = draft(document)
        publish_version(document=document, by=editor, tell_on=[page])
        live = ResourcePage.objects.get(pk=page.pk)
        newest = live.get_latest_revision_as_object()
        assert live.title != "Bara i utkastet" and live.has_unpublished_changes
        assert (newest.title, newest.change_note) == ("Bara i utkastet", version.note)
        assert newest.updated_on == timezone.localdate()

    def test_u8_publishing_the_draft_later_keeps_the_note(self, document, page, editor):
        page.save_revision().publish()
        version = draft(document)
        publish_version(document=document, by=editor, tell_on=[page])
        ResourcePage.objects.get(pk=page.pk).get_latest_revision().publish()
        assert ResourcePage.objects.get(pk=page.pk).change_note == version.note

    def test_u8_a_scheduled_revision_stays_scheduled_and_tells_too(self, document, page, editor):
        page.save_revision().publish()
        page = ResourcePage.objects.get(pk=page.pk)
        page.title = "Senare"
        page.go_live_at = timezone.now() + timedelta(days=3)
        scheduled = page.save_revision()
        scheduled.publish()
        version = draft(document)
        publish_version(document=document, by=editor, tell_on=[page])
        scheduled.refresh_from_db()
        assert scheduled.approved_go_live_at is not None
        assert scheduled.content["change_note"] == version.note
        assert ResourcePage.objects.get(pk=page.pk).title != "Senare"

    def test_u8_whoever_has_the_draft_open_is_told_that_it_has_changed(self, document, page, editor):
        opened = page.save_revision()
        before = opened.created_at
        draft(document)
        publish_version(document=document, by=editor, tell_on=[page])
        opened.refresh_from_db()
        assert opened.created_at > before, "what the editor's autosave compares"
        assert Page.objects.get(pk=page.pk).latest_revision_created_at == opened.created_at


@pytest.mark.databases
class TestSearch:
    """The search reads the current file only."""

    def hits(self, query: str) -> list[str]:
        return [found.title for found in search(query, on_display(Page.objects.all())).found]

    def test_u8_the_search_follows_the_current_file(self, document, page, editor, django_capture_on_commit_callbacks):
        version = draft(document)
        FileText.objects.create(content=document.screening, position=0, text="Åkermynta står i den gamla.")
        FileText.objects.create(content=version.screening, position=0, text="Libbsticka står i den nya.")
        with django_capture_on_commit_callbacks(execute=True):
            document.save()
        assert self.hits("åkermynta") == [page.title]
        assert self.hits("libbsticka") == []
        with django_capture_on_commit_callbacks(execute=True):
            publish_version(document=document, by=editor)
        assert self.hits("åkermynta") == []
        assert self.hits("libbsticka") == [page.title]
