"""A purged document or image leaves nothing, neither its content nor its copies."""

import json
import os
from io import BytesIO
from typing import Any

import pytest
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.test.client import Client
from django.urls import reverse
from PIL import Image as Picture
from wagtail.log_actions import log
from wagtail.models import (
    UploadedFile,
)

from outbox.actions import queue
from outbox.mails import Mail
from privacy.models import FileToRemove
from privacy.purge.actions import finish_all, purge
from resources.models import Document, DocumentVersion, Image, ResourceFile, ResourcePage
from resources.versions.actions import publish_version
from tests.factories.resources import (
    PDF,
    DocumentFactory,
    DocumentVersionFactory,
    ImageFactory,
    ResourcePageFactory,
)

from .history import MARK, REASON, log_in
from .storage_search import places_with

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("empty_storage")]


def picture_with_exif() -> ContentFile:
    picture = Picture.new("RGB", (60, 40), "white")
    exif = picture.getexif()
    exif[0x010E] = f"{MARK} i bilden"  # ImageDescription
    content = BytesIO()
    picture.save(content, "JPEG", exif=exif)
    return ContentFile(content.getvalue(), name=f"{MARK.lower()}-bild.jpg")


class TestFiles:
    def document(self) -> Document:
        pdf = b"%PDF-1.4\n% " + f"{MARK} i filen\n".encode() + b"1 0 obj<</Type/Catalog>>endobj\n%%EOF\n"
        document = DocumentFactory(title=f"{MARK} dokument", content=pdf, filename=f"{MARK.lower()}.pdf")
        document.tags.add(f"{MARK}tagg")
        document.save()
        return document

    def test_nothing_of_a_purged_document_is_left_anywhere(self, client: Client, editor: Any) -> None:
        document = self.document()
        page = ResourcePageFactory(title="Med fil", files=[ResourceFile(document=document, description=f"{MARK} fil")])
        page.body = json.dumps([{"type": "document", "value": {"document": document.pk, "description": "Ladda ner"}}])
        page.save_revision(user=editor).publish()
        log(instance=document, action="wagtail.edit", user=editor, data={"title": document.title})
        upload = UploadedFile.objects.create(
            for_content_type=ContentType.objects.get_for_model(Document),
            file=ContentFile(document.file.read(), name="annat-namn.pdf"),
        )
        assert MARK in upload.file.read().decode()
        # Left behind by a replacement some time ago.
        orphan = storages["default"].save(f"documents/{MARK.lower()}_aBcDeF1.pdf", ContentFile(f"{MARK} förr".encode()))
        path = storages["default"].path(orphan)
        os.utime(path, (os.path.getmtime(path) - 3600,) * 2)
        queue(Mail(to="a@ort.example", subject="Inbjudan", text=f"{MARK} dokument: {settings.BASE_URL}{document.url}"))
        found = places_with(MARK)
        for place in (
            "resources_document",
            "taggit_tag",
            "resources_resourcefile",
            "wagtailcore_modellogentry",
            "wagtailsearch_indexentry",
            "resources_searchentry",
            "outbox_outgoingmail",
            "file name",
            "file content",
        ):
            assert found[place], f"the mark was to be in {place} before the purge"
        row = purge(document, by=editor, reason=REASON)
        assert row.removed["files"] == 2
        assert places_with(MARK) == {}
        assert not FileToRemove.objects.exists()
        # The page stands, without the file, and its versions can still be opened.
        assert client.get(page.url).status_code == 200
        page = ResourcePage.objects.get(pk=page.pk)
        assert not page.files.exists()
        assert not page.get_latest_revision_as_object().files.all()
        answer = log_in(client, editor).get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
        assert answer.status_code == 200

    def test_a_file_that_was_replaced_is_left_nowhere(self, editor: Any) -> None:
        document = self.document()
        document.title, document.file = "Ny titel", ContentFile(PDF, name="ny.pdf")
        document.save()
        document.tags.clear()
        assert "file content" not in places_with(MARK)
        purge(document, by=editor, reason=REASON)
        assert places_with(MARK) == {}

    def test_u8_a_purged_document_takes_its_draft_and_earlier_versions_along(self, editor: Any) -> None:
        document = self.document()
        fields = {"title": f"{MARK} titel", "note": f"{MARK} är nytt", "filename": f"{MARK.lower()}.pdf"}
        DocumentVersionFactory(document=document, content=PDF + f"% {MARK} två".encode(), **fields)
        earlier = publish_version(document=document, by=editor)
        document.refresh_from_db()
        DocumentVersionFactory(document=document, content=PDF + f"% {MARK} tre".encode(), **fields)
        log(instance=earlier, action="wagtail.edit", user=editor, data={"title": earlier.title})
        found = places_with(MARK)
        assert found["resources_documentversion"] == 2 and found["file content"] == 3
        row = purge(document, by=editor, reason=REASON)
        assert row.removed["resources.DocumentVersion"] == 2 and row.removed["files"] == 3
        assert places_with(MARK) == {}

    def test_u8_one_version_is_purged_and_the_others_stay(self, client: Client, editor: Any) -> None:
        document = DocumentFactory(title="Mall", content=PDF + f"% {MARK} ett".encode(), filename=f"{MARK.lower()}.pdf")
        DocumentVersionFactory(document=document, content=PDF + b"% tva", filename="ny.pdf", title="Mall")
        earlier = publish_version(document=document, by=editor)
        log_in(client, editor)
        address = reverse("purging:purge", args=["version", DocumentVersion.objects.get().pk])
        assert client.get(address).status_code == 200
        client.post(address, {"reason": REASON, "sure": "on"})
        assert not DocumentVersion.objects.filter(number=earlier.number).exists()
        assert places_with(MARK) == {}
        document.refresh_from_db()
        assert document.file.read() == PDF + b"% tva"

    def test_files_of_others_are_left_alone(self, editor: Any) -> None:
        document, other = self.document(), self.document()
        stray = storages["default"].save("documents/lagd-for-hand.pdf", ContentFile(b"x"))
        os.utime(storages["default"].path(stray), (0, 0))
        purge(document, by=editor, reason=REASON)
        assert storages["default"].exists(stray)
        assert storages["default"].exists(other.file.name)

    def test_nothing_of_a_purged_image_is_left_anywhere(self, client: Client, editor: Any) -> None:
        image = ImageFactory(title=f"{MARK} bild", file=picture_with_exif(), description=f"{MARK} beskrivning")
        rendition = image.get_rendition("max-30x30")
        found = places_with(MARK)
        assert found["resources_image"] and found["resources_rendition"] and found["file content"]
        assert found["file name"] >= 2
        row = purge(image, by=editor, reason=REASON)
        assert row.removed["resources.Rendition"] == 1
        assert places_with(MARK) == {}
        assert client.get(rendition.url).status_code == 404
        assert not Image.objects.exists()

    def test_a_file_that_cannot_be_removed_is_not_forgotten(self, editor: Any, monkeypatch: Any) -> None:
        document = self.document()
        store = type(storages["default"])
        with monkeypatch.context() as broken:
            broken.setattr(store, "delete", lambda self, name: (_ for _ in ()).throw(OSError("full")))
            row = purge(document, by=editor, reason=REASON)
        row.refresh_from_db()
        assert row.finished_at is None
        assert FileToRemove.objects.get().storage == "default"
        assert finish_all() == 0
        row.refresh_from_db()
        assert row.finished_at
        assert places_with(MARK) == {}
