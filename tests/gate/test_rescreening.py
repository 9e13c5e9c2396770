"""`manage.py rescreen`."""

import json
from io import StringIO

import pytest
from django.core.management import call_command
from wagtail.models import ModelLogEntry, Page

from contacts.models import Group
from gate.log_actions import FILE_BLOCKED
from gate.models import FileScreening
from outbox.models import OutgoingMail
from resources.models import Document
from screening.findings import RULES_VERSION
from tests.factories.contacts import GroupFactory, PersonFactory
from tests.factories.resources import DocumentFactory, StandardPageFactory
from tests.screening.numbers import personal_number

from .files.conftest import BLOCKS, UNREADABLE, reads_as  # noqa: F401  (a fixture)

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> tuple[int, str]:
    """The exit status and what was written."""
    out = StringIO()
    try:
        call_command("rescreen", *arguments, stdout=out)
    except SystemExit as end:
        return int(end.code or 0), out.getvalue()
    return 0, out.getvalue()


def test_a_clean_site_ends_well():
    StandardPageFactory()
    DocumentFactory()
    status, text = run()
    assert status == 0
    assert "Får inte publiceras: 0." in text


def test_a_page_that_older_rules_let_through_is_listed():
    page = StandardPageFactory()
    Page.objects.filter(pk=page.pk).update(search_description=f"Om {personal_number()}")
    status, text = run()
    assert status == 1
    assert f"/admin/pages/{page.pk}/edit/" in text
    assert personal_number() not in text


def test_a_title_that_is_the_finding_is_not_written():
    page = StandardPageFactory()
    Page.objects.filter(pk=page.pk).update(title=f"Om {personal_number()}")
    status, text = run()
    assert status == 1
    assert personal_number() not in text


def test_a_draft_is_no_concern_of_it():
    page = StandardPageFactory(draft=True)
    Page.objects.filter(pk=page.pk).update(search_description=f"Om {personal_number()}")
    assert run()[0] == 0


def test_another_public_text_is_listed():
    group = GroupFactory()
    Group.objects.filter(pk=group.pk).update(name=f"Grupp {personal_number()}")
    status, text = run()
    assert status == 1
    assert personal_number() not in text


def test_a_file_that_blocks_by_new_rules_is_not_served_from_then_on(reads_as, mailoutbox):  # noqa: F811
    document = DocumentFactory()
    reads_as(BLOCKS)
    assert run()[0] == 0, "it was read by today's rules"
    FileScreening.objects.update(rules=RULES_VERSION - 1)
    status, text = run()
    assert status == 1
    assert f"/admin/documents/edit/{document.pk}/" in text
    document = Document.objects.get()
    assert document.screening.blocks
    assert not document.is_approved


def test_a_file_that_blocked_already_is_not_told_again(reads_as):  # noqa: F811
    uploader = PersonFactory(editor=True)
    DocumentFactory(uploaded_by_user=uploader)
    reads_as(BLOCKS)
    run("--all")
    told = OutgoingMail.objects.to_address(uploader.email).count()
    run("--all")
    assert (told, OutgoingMail.objects.to_address(uploader.email).count()) == (1, 1)
    assert ModelLogEntry.objects.filter(action=FILE_BLOCKED).count() == 1


def test_all_reads_files_again_that_todays_rules_have_read(reads_as):  # noqa: F811
    DocumentFactory()
    paths = reads_as(BLOCKS)
    assert run("--all")[0] == 1
    assert len(paths) == 1


def test_a_file_that_waits_for_approval_is_listed_and_blocks_nothing(reads_as):  # noqa: F811
    DocumentFactory()
    reads_as(UNREADABLE)
    status, text = run("--all")
    assert status == 0
    assert UNREADABLE.fault in text


def test_a_file_that_is_gone_is_told():
    document = DocumentFactory()
    document.file.storage.delete(document.file.name)
    status, text = run("--all")
    assert status == 0
    assert "Filen finns inte i lagringen." in text


def test_the_json_is_one_document():
    page = StandardPageFactory()
    Page.objects.filter(pk=page.pk).update(search_description=f"Om {personal_number()}")
    status, text = run("--json")
    answer = json.loads(text)
    assert status == 1
    [found] = answer["found"]
    assert (found["verdict"], found["id"]) == ("block", str(page.pk))
    assert answer["summary"]["verdicts"]["block"] == 1
    assert answer["summary"]["read"]["pages"] >= 1


def test_the_json_of_a_clean_site_is_one_document():
    assert json.loads(run("--json")[1])["found"] == []


def test_many_rows_are_gone_through_in_batches(monkeypatch):
    monkeypatch.setattr("gate.rescreening.BATCH", 2)
    for _ in range(5):
        GroupFactory()
    Group.objects.order_by("-pk").filter(pk=Group.objects.latest("pk").pk).update(name=personal_number())
    assert run()[0] == 1
