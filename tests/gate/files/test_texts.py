"""The text of cleared files: stored with the content, and gone with it."""

import pytest
from django.core.files.base import ContentFile

from gate.files.actions import approve_file, screen_again, withdraw_approval
from gate.files.queue import drain_now
from gate.files.texts import read_next_text, unread
from gate.models import FileScreening, FileText
from resources.models import Document
from screening.findings import Verdict
from tests.factories.pdf import pdf_of
from tests.factories.resources import DocumentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.databases]


def document_of(*pages: str, verdict: Verdict = Verdict.CLEAN) -> Document:
    document = DocumentFactory(content=pdf_of(*pages), filename="rapport.pdf")
    fields = {"approved_at": None} if verdict != Verdict.CLEAN else {}
    FileScreening.objects.filter(pk=document.screening_id).update(text_read_at=None, verdict=verdict, **fields)
    document.screening.refresh_from_db()
    return document


def test_the_text_of_a_cleared_file_is_read_once() -> None:
    document = document_of("Om tillsyn", "Om kvarstad")
    assert read_next_text()
    assert [(text.page, text.text) for text in document.screening.texts.all()] == [
        (1, "Om tillsyn"),
        (2, "Om kvarstad"),
    ]
    assert not read_next_text()


def test_a_file_that_waits_for_approval_is_read_when_somebody_approves_it(editor) -> None:
    document = document_of("Om tillsyn", verdict=Verdict.UNSCREENED)
    assert not read_next_text()
    approve_file(document.screening, by=editor)
    drain_now()
    assert document.screening.texts.count() == 1


@pytest.mark.parametrize("withdraw", [withdraw_approval, screen_again])
def test_the_text_goes_when_the_file_is_no_longer_cleared(editor, withdraw) -> None:
    document = document_of("Om tillsyn", verdict=Verdict.UNSCREENED)
    approve_file(document.screening, by=editor)
    drain_now()
    withdraw(document.screening, by=editor)
    assert not FileText.objects.exists()
    assert document.screening.text_read_at is None
    approve_file(document.screening, by=editor)
    assert document.screening.text_read_at is None


def test_the_text_goes_with_its_content() -> None:
    document = document_of("Om tillsyn")
    drain_now()
    screening = document.screening
    document.delete()
    screening.delete()
    assert not FileText.objects.exists()


def test_a_file_that_is_missing_is_noted_as_read() -> None:
    document = document_of("Om tillsyn")
    document.file.storage.delete(document.file.name)
    assert read_next_text()
    assert not document.screening.texts.exists()
    assert not unread().exists()


def test_a_content_that_is_withdrawn_while_it_is_read_gets_no_text(monkeypatch) -> None:
    document = document_of("Om tillsyn")

    def withdrawn(path, *, name):
        FileScreening.objects.update(verdict=Verdict.BLOCK)
        return [(1, "Om tillsyn")]

    monkeypatch.setattr("gate.files.texts.read_pages", withdrawn)
    read_next_text()
    assert not FileText.objects.exists()
    assert document.screening.texts.count() == 0


def test_an_upload_is_read_from_the_beginning_to_the_text() -> None:
    document = Document(title="Rapport", file=ContentFile(pdf_of("Om tillsyn"), name="rapport.pdf"))
    document.save()
    drain_now()
    assert document.screening.texts.get().text == "Om tillsyn"
