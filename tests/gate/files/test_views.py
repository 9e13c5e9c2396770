"""A file's screening in the admin, and the lists."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry

from gate.enums import FileState, ScreeningState
from gate.files import queue
from gate.files.actions import approve_file, record_outcome
from gate.files.presentation import state_of
from gate.models import FileScreening, FileText
from resources.models import Document, ResourceFile, SearchEntry
from tests.factories.contacts import PersonFactory
from tests.factories.resources import DocumentFactory, ImageFactory, ResourcePageFactory
from tests.gate.desk.conftest import publisher

from .conftest import BLOCKS, CLEAN, UNREADABLE, WARNS

pytestmark = pytest.mark.django_db


def page_of(screening: FileScreening) -> str:
    return reverse("gate_file", args=[screening.pk])


@pytest.fixture
def document():
    return DocumentFactory(title="Riktlinje")


def test_the_page_tells_what_was_found_and_where(editor_client, document):
    record_outcome(document.screening, WARNS)
    html = editor_client.get(page_of(document.screening)).content.decode()
    assert "Sida 2: organisationsnummer" in html
    assert document.url in html
    assert "Godkänn filen" in html


def test_the_page_has_one_row_for_files_with_the_same_title(editor_client, document):
    same = DocumentFactory(title="Riktlinje")
    html = editor_client.get(page_of(document.screening)).content.decode()
    assert "2 dokument" in html and html.count(">Läs filen<") == 1
    for each in (document, same):
        assert reverse("wagtaildocs:edit", args=[each.pk]) in html


def test_a_picture_is_to_be_looked_at(editor_client):
    image = ImageFactory()
    record_outcome(image.screening, UNREADABLE)
    html = editor_client.get(page_of(image.screening)).content.decode()
    assert "Titta på bilden, och godkänn" in html and "Godkänn bilden" in html


def test_a_file_is_approved_on_the_page(editor_client, editor, document):
    record_outcome(document.screening, UNREADABLE)
    answer = editor_client.post(page_of(document.screening), {"content_is_read": "on"})
    assert answer.status_code == 302
    document.screening.refresh_from_db()
    assert document.screening.approved_by == editor
    html = editor_client.get(page_of(document.screening)).content.decode()
    assert f"Godkänd av {editor}" in html


@pytest.mark.parametrize(
    ("outcome", "data", "error"),
    [
        (UNREADABLE, {}, "Bekräfta att du har läst filen."),
        (WARNS, {"content_is_read": "on"}, "Skriv varför"),
    ],
    ids=["no tick", "no reason"],
)
def test_half_an_approval_is_not_enough(editor_client, document, outcome, data, error):
    record_outcome(document.screening, outcome)
    html = editor_client.post(page_of(document.screening), data).content.decode()
    assert error in html
    document.screening.refresh_from_db()
    assert not document.screening.is_approved


def test_what_blocks_has_no_form(editor_client, document):
    record_outcome(document.screening, BLOCKS)
    html = editor_client.get(page_of(document.screening)).content.decode()
    assert "Får inte publiceras" in html
    assert "Godkänn filen" not in html
    editor_client.post(page_of(document.screening), {"content_is_read": "on"})
    document.screening.refresh_from_db()
    assert not document.screening.is_approved


def test_the_page_looks_again_by_itself_while_the_file_waits(editor_client, document):
    FileScreening.objects.update(state=ScreeningState.WAITING, verdict="", screened_at=None)
    assert editor_client.get(page_of(document.screening))["Refresh"] == "3"
    record_outcome(document.screening, UNREADABLE)
    assert not editor_client.get(page_of(document.screening)).has_header("Refresh")


def test_f11_an_approval_is_withdrawn_on_the_files_page(
    editor_client, editor, document, django_capture_on_commit_callbacks
):
    page = ResourcePageFactory(title="Handledning", files=[ResourceFile(document=document)])
    record_outcome(document.screening, WARNS)
    approve_file(document.screening, by=editor, reason="Bolaget är påhittat.")
    FileText.objects.create(content=document.screening, position=0, text="kvittensnummer")
    with django_capture_on_commit_callbacks(execute=True):
        page.save()
    assert Client().get(document.url).status_code == 200
    address = page_of(document.screening)
    assert "Ta tillbaka godkännandet" in editor_client.get(address).content.decode()

    with django_capture_on_commit_callbacks(execute=True):
        answer = editor_client.post(f"{address}ta-tillbaka/", follow=True)
    assert "Dessa publicerade sidor visar den inte längre: ”Handledning”." in answer.content.decode()
    assert Client().get(document.url).status_code == 404
    assert document.url not in Client().get(page.url).content.decode()
    assert not FileText.objects.exists()
    assert not SearchEntry.objects.filter(content=document.screening).exists()
    entry = ModelLogEntry.objects.get(object_id=str(document.pk), action="gate.withdraw_approval")
    assert entry.user == editor
    shown = answer.content.decode()
    assert "Ta tillbaka godkännandet" not in shown and "Godkänn filen" in shown


def test_f11_who_may_not_change_the_file_withdraws_nothing(editor_client, editor, document, client):
    record_outcome(document.screening, UNREADABLE)
    approve_file(document.screening, by=editor)
    other = Client()
    other.force_login(publisher())
    assert other.post(f"{page_of(document.screening)}ta-tillbaka/").status_code in (302, 403)
    document.screening.refresh_from_db()
    assert document.screening.is_approved


def test_nobody_else_sees_it(client, document):
    assert client.get(page_of(document.screening)).status_code == 302
    client.force_login(PersonFactory())
    assert client.get(page_of(document.screening)).status_code in (302, 403)


@pytest.mark.parametrize(
    ("factory", "name"),
    [(DocumentFactory, "wagtaildocs"), (ImageFactory, "wagtailimages")],
    ids=["documents", "images"],
)
@pytest.mark.parametrize("view", ["index", "index_results"])
def test_the_lists_tell_where_each_file_stands(editor_client, factory, name, view):
    instance = factory()
    url = reverse(f"{name}:{view}")
    assert "Godkänd" in editor_client.get(url).content.decode()
    record_outcome(instance.screening, UNREADABLE)
    html = editor_client.get(url).content.decode()
    assert "Väntar på ditt ord" in html
    assert page_of(instance.screening) in html


@pytest.mark.parametrize(
    ("factory", "name"), [(DocumentFactory, "wagtaildocs"), (ImageFactory, "wagtailimages")], ids=["document", "image"]
)
def test_the_lists_show_the_files_that_stand_in_one_way(editor_client, factory, name):
    waits, _ = factory(title="Väntande"), factory(title="Klar")
    waits.screening = FileScreening.objects.create(digest="0" * 64, suffix=".txt", size=1)
    waits.save()
    record_outcome(waits.screening, UNREADABLE)
    url = reverse(f"{name}:index_results")
    html = {state: editor_client.get(url, {"granskning": state}).content.decode() for state in ("ord", "godkand")}
    assert "Väntande" in html["ord"] and "Klar" not in html["ord"]
    assert "Klar" in html["godkand"] and "Väntande" not in html["godkand"]


@pytest.mark.parametrize("outcome", [UNREADABLE, WARNS, BLOCKS, CLEAN], ids=["unread", "warns", "blocks", "clean"])
def test_every_file_is_found_by_the_state_that_is_told_of_it(document, outcome):
    record_outcome(document.screening, outcome)
    document.refresh_from_db()
    found = [state.label for state in FileState if Document.objects.in_state(state).exists()]
    assert found == [state_of(document.screening).label]


def test_the_start_page_tells_of_files_that_wait_and_of_files_that_are_stopped(editor_client, document):
    home = reverse("wagtailadmin_home")
    assert "väntar på ditt ord" not in editor_client.get(home).content.decode()
    record_outcome(document.screening, UNREADABLE)
    image = ImageFactory()
    record_outcome(image.screening, BLOCKS)
    html = editor_client.get(home).content.decode()
    assert f'href="{reverse("wagtaildocs:index")}?granskning=ord">1 dokument väntar på ditt ord' in html
    assert f'href="{reverse("wagtailimages:index")}?granskning=stopp">1 bild får inte publiceras' in html


@pytest.mark.parametrize(
    ("factory", "name"), [(DocumentFactory, "wagtaildocs"), (ImageFactory, "wagtailimages")], ids=["document", "image"]
)
def test_the_files_own_page_tells_it_too(editor_client, factory, name):
    instance = factory()
    record_outcome(instance.screening, UNREADABLE)
    html = editor_client.get(reverse(f"{name}:edit", args=[instance.pk])).content.decode()
    assert "väntar på ditt ord" in html
    assert UNREADABLE.fault in html


def test_a_file_that_could_not_be_read_is_screened_again(editor_client, editor, document, reads_as):
    record_outcome(document.screening, UNREADABLE)
    approve_file(document.screening, by=editor)
    html = editor_client.get(page_of(document.screening)).content.decode()
    again = reverse("gate_file_again", args=[document.screening.pk])
    assert again in html
    assert editor_client.get(again).status_code == 405
    assert editor_client.post(again).status_code == 302
    document.screening.refresh_from_db()
    assert document.screening.state == ScreeningState.WAITING
    assert not document.screening.is_approved
    assert document.screening.approved_by is None
    reads_as(CLEAN)
    queue.drain_now()
    document.refresh_from_db()
    assert document.is_approved


def test_nobody_else_has_a_file_screened_again(client, document):
    record_outcome(document.screening, UNREADABLE)
    client.force_login(PersonFactory())
    assert client.post(reverse("gate_file_again", args=[document.screening.pk])).status_code in (302, 403)
    document.screening.refresh_from_db()
    assert document.screening.state == ScreeningState.DONE


@pytest.mark.parametrize("outcome", [CLEAN, WARNS, BLOCKS], ids=["clean", "warned of", "blocked"])
def test_what_could_be_read_is_not_screened_again(editor_client, document, outcome):
    record_outcome(document.screening, outcome)
    assert "Granska igen" not in editor_client.get(page_of(document.screening)).content.decode()
    editor_client.post(reverse("gate_file_again", args=[document.screening.pk]))
    document.screening.refresh_from_db()
    assert document.screening.verdict == outcome.verdict


def test_a_picture_is_not_screened_again(editor_client):
    image = ImageFactory()
    record_outcome(image.screening, UNREADABLE)
    assert "Granska igen" not in editor_client.get(page_of(image.screening)).content.decode()
