"""New content is screened whoever saves it, and what blocks is not stored."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage
from django.db import transaction
from wagtail.models import Collection

from gate.enums import ScreeningState
from gate.errors import Blocked
from gate.models import FileScreening
from resources.models import Document, Image
from screening.findings import RULES_VERSION, Verdict
from tests.factories.resources import DocumentFactory, ImageFactory
from tests.screening.numbers import personal_number

from .conftest import BLOCKS, CLEAN, UNREADABLE, WARNS, stored_files
from .samples import blocked_file, picture, text_file

pytestmark = pytest.mark.django_db


class Bucket(InMemoryStorage):
    """Knows its files by name alone, as object storage does."""

    def _relative_path(self, name: str) -> str:
        return name

    def path(self, name: str) -> str:
        raise NotImplementedError


def new_document(file, **fields) -> Document:
    return Document(title="Rutin", collection=Collection.get_first_root_node(), file=file, **fields)


def test_a_clean_file_is_stored_and_approved():
    document = new_document(text_file())
    document.save()
    document.refresh_from_db()
    assert document.screening.verdict == Verdict.CLEAN
    assert document.is_approved
    assert list(Document.objects.approved()) == [document]


def test_a_file_with_a_personal_number_leaves_neither_row_nor_file():
    before = stored_files()
    with pytest.raises(Blocked) as refusal:
        new_document(blocked_file()).save()
    assert "personnummer" in " ".join(refusal.value.messages)
    assert personal_number() not in str(refusal.value.messages)
    assert not Document.objects.exists()
    assert stored_files() == before


def test_a_file_that_code_stores_before_the_row_is_taken_away_again():
    before = stored_files()
    document = new_document(None)
    document.file.save("rutin.txt", ContentFile(blocked_file().read()), save=False)
    assert stored_files() != before
    with pytest.raises(Blocked):
        document.save()
    assert stored_files() == before


def test_a_file_that_another_row_has_is_not_taken_away(reads_as):
    document = DocumentFactory()
    reads_as(BLOCKS)
    FileScreening.objects.update(rules=RULES_VERSION - 1)
    copy = new_document(document.file.name)
    with pytest.raises(Blocked):
        copy.save()
    assert document.file.storage.exists(document.file.name)


def test_a_replacement_that_blocks_leaves_the_former_file():
    document = DocumentFactory(filename="mall.txt", content=b"Den gamla mallen.")
    name, before = document.file.name, stored_files()
    document.file = blocked_file()
    with pytest.raises(Blocked):
        document.save()
    document = Document.objects.get()
    assert (document.file.name, document.file.read()) == (name, b"Den gamla mallen.")
    assert document.is_approved
    assert stored_files() == before


@pytest.mark.django_db(transaction=True)
def test_a_replacement_that_is_rolled_back_leaves_the_former_file():
    document = DocumentFactory(filename="mall.txt", content=b"Den gamla mallen.")
    document.file = text_file("Den nya mallen.")
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        document.save()
        raise ZeroDivisionError
    assert Document.objects.get().file.read() == b"Den gamla mallen."


@pytest.mark.django_db(transaction=True)
def test_a_replacement_takes_the_former_file_away_once_it_is_committed():
    document = DocumentFactory(filename="mall.txt", content=b"Den gamla mallen.")
    storage, former = document.file.storage, document.file.name
    copy = DocumentFactory(content=b"Den gamla mallen.")
    Document.objects.filter(pk=copy.pk).update(file=former, screened_name=former)
    document.file = text_file("Den nya mallen.")
    document.save()
    assert storage.exists(former), "another row has it too"
    copy.refresh_from_db()
    copy.file = text_file("Den nya mallen.")
    copy.save()
    assert not storage.exists(former)
    assert Document.objects.get(pk=document.pk).file.read() == b"Den nya mallen."


def test_a_replacement_is_not_approved_by_the_former_content(reads_as):
    document = DocumentFactory()
    reads_as(UNREADABLE)
    document.file = text_file("Något annat.")
    document.save()
    document.refresh_from_db()
    assert not document.is_approved
    assert document.screening.needs_approval


def test_a_name_that_is_changed_past_save_is_not_approved():
    document = DocumentFactory()
    Document.objects.filter(pk=document.pk).update(file="documents/en-annan.pdf")
    document.refresh_from_db()
    assert not document.is_approved
    assert not Document.objects.approved().exists()


@pytest.mark.parametrize("field", ["title", "description"])
def test_a_text_of_an_image_is_screened(field, reads_as):
    reads_as(CLEAN)
    image = ImageFactory()
    setattr(image, field, f"Till {personal_number()}")
    with pytest.raises(Blocked):
        image.save()
    assert Image.objects.filter(**{f"{field}__contains": personal_number()}).count() == 0


@pytest.mark.parametrize("name", ["{}.txt", "beslut {}.txt", "beslut_{}_kopia.txt"])
def test_the_name_of_a_file_is_screened(name, reads_as):
    reads_as(CLEAN)
    with pytest.raises(Blocked, match="Filens namn"):
        new_document(text_file(name=name.format(personal_number()))).save()


def test_the_same_content_is_read_once_whatever_it_is_called(reads_as):
    paths = reads_as(CLEAN)
    new_document(text_file(name="en.txt")).save()
    new_document(text_file(name="två.txt")).save()
    assert len(paths) == 1
    assert FileScreening.objects.count() == 1


def test_a_content_that_older_rules_have_read_is_read_again(reads_as):
    paths = reads_as(CLEAN)
    new_document(text_file()).save()
    FileScreening.objects.update(rules=RULES_VERSION - 1)
    new_document(text_file()).save()
    assert len(paths) == 2


def test_saving_something_else_reads_no_file(reads_as):
    document = DocumentFactory()
    paths = reads_as(BLOCKS)
    document.title = "Ny titel"
    document.save(update_fields=["title"])
    document.save()
    assert paths == []


def test_a_title_from_before_the_rules_does_not_stop_what_the_program_saves():
    """A visitor's download lets the program remember the hash of the file."""
    document = DocumentFactory()
    Document.objects.filter(pk=document.pk).update(title=f"Om {personal_number()}")
    document.refresh_from_db()
    document.get_file_hash()
    with pytest.raises(Blocked):
        document.save()


def test_a_file_saved_alone_is_screened_as_well():
    document = DocumentFactory()
    document.file = blocked_file()
    with pytest.raises(Blocked):
        document.save(update_fields=["file"])
    document.file = text_file("Nytt.")
    document.save(update_fields=["file"])
    document.refresh_from_db()
    assert document.is_approved


def test_a_large_file_is_stored_and_waits(settings, reads_as):
    settings.SCREENING_DIRECT_BYTES = 10
    paths = reads_as(BLOCKS)
    document = new_document(text_file("x" * 11))
    document.save()
    assert paths == []
    assert document.screening.state == ScreeningState.WAITING
    assert not document.is_approved


def test_a_large_content_that_is_known_to_block_is_refused_at_once(settings, reads_as):
    reads_as(BLOCKS)
    with pytest.raises(Blocked):
        new_document(text_file("x" * 11)).save()
    settings.SCREENING_DIRECT_BYTES = 10
    with pytest.raises(Blocked):
        new_document(text_file("x" * 11)).save()


def test_a_storage_without_paths_is_read_from_a_copy_that_goes(monkeypatch, reads_as):
    monkeypatch.setattr(Document._meta.get_field("file"), "storage", Bucket())
    paths = reads_as(WARNS)
    document = new_document(None)
    document.file.save("rutin.txt", ContentFile(b"Ett, tu, tre."), save=False)
    document.save()
    assert document.screening.verdict == Verdict.WARN
    assert len(paths) == 1
    assert not paths[0].exists()


def test_a_new_picture_takes_the_renditions_of_the_old_one_away(reads_as, django_capture_on_commit_callbacks):
    reads_as(CLEAN)
    image = ImageFactory()
    rendition = image.get_rendition("width-20")
    image.file = picture("blue", "ny.png")
    with django_capture_on_commit_callbacks(execute=True):
        image.save()
    assert not image.renditions.exists()
    assert not rendition.file.storage.exists(rendition.file.name)


def test_a_document_whose_file_is_gone_can_be_renamed():
    document = DocumentFactory()
    document.file.storage.delete(document.file.name)
    Document.objects.update(screening=None, screened_name="")
    document.refresh_from_db()
    document.title = "Ny titel"
    document.save()
    assert not document.is_approved
