"""What the index stores beside the words: in how many entries each stands, and the order of equals."""

from collections.abc import Callable

import pytest
from django.core.management import call_command
from django.db.models import Count
from wagtail.models import Page

from gate.models import FileScreening
from privacy.purge.actions import purge
from resources.models import Document, ResourceFile, ResourcePage, SearchEntry, SearchWord
from resources.models.body_page import on_display
from resources.search import indexing, ranking
from resources.search.finding import search
from tests.factories.contacts import PersonFactory
from tests.factories.resources import DocumentFactory, ResourcePageFactory, body

from .test_search_safety import page_with_file

pytestmark = [pytest.mark.django_db, pytest.mark.databases]


def titles(query: str) -> list[str]:
    return [found.title for found in search(query, on_display(Page.objects.all())).found]


def stored() -> dict[str, int]:
    return dict(SearchWord.objects.values_list("word", "entries"))


def counted() -> dict[str, int]:
    return dict(SearchWord.objects.annotate(number=Count("postings")).values_list("word", "number"))


def publish_again(page: ResourcePage, document: Document) -> None:
    page.title = "Ny titel"
    page.save_revision().publish()


def unpublish(page: ResourcePage, document: Document) -> None:
    page.unpublish()


def delete_page(page: ResourcePage, document: Document) -> None:
    page.delete()


def purge_page(page: ResourcePage, document: Document) -> None:
    purge(page, by=PersonFactory(is_superuser=True), reason="Fel sida")


def delete_document(page: ResourcePage, document: Document) -> None:
    ResourceFile.objects.filter(document=document).delete()
    document.delete()


def delete_content(page: ResourcePage, document: Document) -> None:
    content = document.screening_id
    Document.objects.filter(pk=document.pk).update(screening=DocumentFactory().screening)
    FileScreening.objects.get(pk=content).delete()


def rebuild(page: ResourcePage, document: Document) -> None:
    SearchWord.objects.update(entries=7)
    call_command("rebuild_search", verbosity=0)


CHANGES = [publish_again, unpublish, delete_page, purge_page, delete_document, delete_content, rebuild]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_the_index_knows_in_how_many_entries_each_word_stands(
    change: Callable[[ResourcePage, Document], None], django_capture_on_commit_callbacks
) -> None:
    ResourcePageFactory(title="Annan sida", body=body("<p>kvarstadsbeloppet</p>"))
    with django_capture_on_commit_callbacks(execute=True):
        page, document = page_with_file()
    assert stored() == counted()
    with django_capture_on_commit_callbacks(execute=True):
        change(page, document)
    assert stored() == counted()
    assert 0 not in stored().values()


def test_a_page_that_is_indexed_again_unchanged_writes_no_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    page = ResourcePageFactory(title="Sida", body=body("<p>kvarstad</p>"))
    changed: list[int] = []
    monkeypatch.setattr(indexing, "_add_to_words", lambda numbers: changed.extend(filter(None, numbers.values())))
    indexing.index_page(page.pk)
    assert changed == []


@pytest.mark.parametrize("last", ["Arsenik", "Bor", "Cesium", "Dysprosium"])
def test_which_of_many_equals_are_found_does_not_depend_on_when_they_were_indexed(
    last: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ranking, "MOST_LOOKED_AT", 2)
    monkeypatch.setattr(ranking, "MOST_EQUAL", 0)
    names = ("Arsenik", "Bor", "Cesium", "Dysprosium")
    pages = {name: ResourcePageFactory(title=name, lead="x", body=body("<p>kvarstad</p>")) for name in names}
    before = titles("kvarstad")
    assert len(before) == 2
    indexing.index_page(pages[last].pk)
    assert titles("kvarstad") == before
    assert SearchEntry.objects.order_by("pk").last().title == last


def test_a_common_word_that_is_not_read_still_counts_on_the_best_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(4):
        ResourcePageFactory(title=f"Sida {number}", lead="x", body=body("<p>granskning</p>"))
    ResourcePageFactory(title="Båda", lead="x", body=body("<p>granskning av kvarstad</p>"))
    asked = search("granskning kvarstad", on_display(Page.objects.all()))
    monkeypatch.setattr(ranking, "MOST_COMMON", 1)
    found = search("granskning kvarstad", on_display(Page.objects.all()))
    assert (found.found[0].title, found.found[0].cover) == ("Båda", asked.found[0].cover)
    assert not found.are_weak


def test_everything_is_found_all_the_time_while_the_index_is_rebuilt() -> None:
    names = [f"Sida {number}" for number in range(6)]
    for name in names:
        ResourcePageFactory(title=name, lead="x", body=body("<p>kvarstad</p>"))
    seen: list[tuple[int, int]] = []

    def look(done: int, total: int) -> None:
        seen.append((done, total))
        assert titles("kvarstad") == names

    number = indexing.index_all_pages(look)
    assert seen == [(done, number) for done in range(1, number + 1)]


@pytest.mark.databases
@pytest.mark.django_db(transaction=True)
def test_a_view_that_is_gone_is_forgotten_by_a_job_outside_any_transaction() -> None:
    indexing.index_view(path="/gammal-vy/", title="Flodhästar", lead="", text="", label="Vy")
    indexing.remove_views(but=[])
    assert not SearchEntry.objects.filter(path="/gammal-vy/").exists()
    assert not SearchWord.objects.filter(word="flodhästar", entries__gt=0).exists()
