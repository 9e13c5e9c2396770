"""Two editors who do something with the same document at the same moment."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile

from resources.models import Document, DocumentVersion
from resources.versions.actions import HAS_DRAFT, NO_DRAFT, publish_version, upload_version
from tests.factories.contacts import PersonFactory
from tests.factories.resources import PDF, DocumentFactory, DocumentVersionFactory
from tests.meetings.test_concurrency import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.databases]


def test_u8_a_version_that_two_publish_at_once_is_published_once() -> None:
    document, editor = DocumentFactory(), PersonFactory(editor=True)
    DocumentVersionFactory(document=document)
    results = at_once(*[lambda: publish_version(document=document, by=editor)] * 2)
    refused = [result for result in results if isinstance(result, ValidationError)]
    assert [error.messages for error in refused] == [[NO_DRAFT]]
    assert Document.objects.get().version == 2
    assert DocumentVersion.objects.get().number == 1


def test_u8_of_two_who_upload_at_once_one_is_told_of_the_others_draft() -> None:
    document, editor = DocumentFactory(), PersonFactory(editor=True)

    def upload(name: str) -> DocumentVersion:
        file = ContentFile(PDF + name.encode(), name=f"{name}.pdf")
        return upload_version(version=DocumentVersion(document=document, file=file, title="Mall", note=name), by=editor)

    results = at_once(lambda: upload("ett"), lambda: upload("tva"))
    refused = [result for result in results if isinstance(result, ValidationError)]
    assert [error.messages for error in refused] == [[HAS_DRAFT]]
    assert DocumentVersion.objects.get().number == 2
