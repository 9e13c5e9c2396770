"""What is not public is found by nobody: by page, by file, by suggestion or by what was meant."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction, ReferenceIndex

from contacts.models import Person
from gate.files.queue import drain_now
from gate.models import FileScreening
from privacy.purge.actions import purge
from resources.models import Document, HomePage, ResourceFile, ResourcePage
from resources.search.finding import search
from resources.search.hits import hits_of
from resources.search.indexing import index_page
from screening.findings import Verdict
from tests.factories.contacts import PersonFactory
from tests.factories.pdf import pdf_of
from tests.factories.resources import DocumentFactory, ResourcePageFactory, ThemeFactory, body

from .hostile_queries import hostile_parameters

pytestmark = [pytest.mark.django_db, pytest.mark.databases]

ON_PAGE, IN_FILE = "kvarstadsbelopp", "revisionsklausul"
# The words themselves, their beginnings, a typing error and a question.
QUERIES = [ON_PAGE, IN_FILE, "kvarstadsb", "kvarstadsbelpop", "revisionsklausull", f"hur är det med {IN_FILE}"]


@pytest.fixture
def editor() -> Person:
    return PersonFactory(is_superuser=True)


def page_with_file(**fields: Any) -> tuple[ResourcePage, Document]:
    document = DocumentFactory(content=pdf_of("Inledning", f"Om {IN_FILE}en"), filename="fil.pdf", title="Filen")
    FileScreening.objects.update(text_read_at=None)
    page = ResourcePageFactory(
        title="Sidan",
        body=body(f"<p>Om {ON_PAGE}et</p>"),
        files=[ResourceFile(document=document)],
        **{"lead": "x", **fields},
    )
    ReferenceIndex.create_or_update_for_object(page)
    drain_now()
    index_page(page.pk)
    return page, document


def told(client: Client) -> str:
    """All that the search tells a visitor of the words."""
    answers = [client.get(path, {"q": query}) for query in QUERIES for path in ("/sok/", "/material/", "/sok/forslag/")]
    assert {answer.status_code for answer in answers} <= {200, 302}  # a closed list leads to the log-in
    return "".join(answer.content.decode() for answer in answers)


def unpublish(page: ResourcePage, document: Document, editor: Any) -> None:
    page.unpublish()


def purge_page(page: ResourcePage, document: Document, editor: Any) -> None:
    purge(page, by=editor, reason="Fel sida")


def expire(page: ResourcePage, document: Document, editor: Any) -> None:
    Page.objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(minutes=1))


def restrict(page: ResourcePage, document: Document, editor: Any) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


def restrict_above(page: ResourcePage, document: Document, editor: Any) -> None:
    PageViewRestriction.objects.create(page=page.get_parent(), restriction_type=PageViewRestriction.LOGIN)


@pytest.mark.parametrize("hide", [unpublish, purge_page, expire, restrict, restrict_above])
def test_a_page_that_is_not_public_is_told_of_nowhere(
    client: Client, editor: Any, hide: Callable[..., None], django_capture_on_commit_callbacks: Any
) -> None:
    page, document = page_with_file()
    assert page.url in told(client)
    with django_capture_on_commit_callbacks(execute=True):
        hide(page, document, editor)
    after = told(client)
    assert "material/sidan" not in after
    assert "<article" not in after
    assert "Sidan" not in after


@pytest.mark.parametrize("hide", [unpublish, purge_page, expire, restrict, restrict_above])
def test_neither_facets_nor_what_was_meant_tell_of_a_page_that_is_not_public(
    client: Client, editor: Any, hide: Callable[..., None], django_capture_on_commit_callbacks: Any
) -> None:
    """Another page that the search finds would show the word in *Menade du*, and the theme among the filters."""
    page, document = page_with_file(themes=[ThemeFactory(name="Hemligt tema")], lead="Om flodhästar")
    shown = [ResourcePageFactory(title=f"Om flodhästar {name}", themes=[ThemeFactory(name=name)]) for name in "AB"]
    if hide is restrict_above:
        for one in shown:
            one.move(HomePage.objects.get(), "last-child")
    queries = ("flodhästar", "kvarstadsbelpop flodhästar", "revisionsklausull flodhästar")
    before = [client.get("/sok/", {"q": query}).content.decode() for query in queries]
    assert ["Hemligt tema" in before[0], "Menade du" in before[1], "Menade du" in before[2]] == [True] * 3
    with django_capture_on_commit_callbacks(execute=True):
        hide(page, document, editor)
    for query in queries:
        after = client.get("/sok/", {"q": query}).content.decode()
        assert shown[0].title in after
        assert "Hemligt tema" not in after and "Menade du" not in after, query


def test_a_scheduled_page_is_told_of_nowhere(client: Client) -> None:
    ResourcePageFactory(
        title="Sidan", draft=True, go_live_at=timezone.now() + timedelta(days=1), body=body(f"<p>{ON_PAGE}</p>")
    )
    assert "Sidan" not in told(client)


def unapprove(document: Document) -> None:
    FileScreening.objects.filter(pk=document.screening_id).update(verdict=Verdict.UNSCREENED)


def block(document: Document) -> None:
    FileScreening.objects.filter(pk=document.screening_id).update(verdict=Verdict.BLOCK)


def close_collection(document: Document) -> None:
    closed = Collection.get_first_root_node().add_child(name="Stängd")
    below = closed.add_child(name="Under den stängda")
    CollectionViewRestriction.objects.create(collection=closed, restriction_type=CollectionViewRestriction.LOGIN)
    Document.objects.filter(pk=document.pk).update(collection=below)


def replace_content(document: Document) -> None:
    other = DocumentFactory(content=pdf_of("Annat"), filename="annan.pdf")
    Document.objects.filter(pk=document.pk).update(screening=other.screening)


@pytest.mark.parametrize("hide", [unapprove, block, close_collection, replace_content])
def test_the_text_of_a_file_that_is_not_public_is_found_by_nobody(client: Client, hide: Callable[..., None]) -> None:
    """The database alone is changed, so the index still has the text: it is asked for when somebody searches."""
    page, document = page_with_file()
    assert "#page=2" in told(client)
    hide(document)
    after = told(client)
    assert "#page=2" not in after
    assert IN_FILE + "en" not in after
    assert page.url in after  # by its own words


def test_a_file_that_the_page_no_longer_has_is_forgotten(
    client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    page, _ = page_with_file()
    with django_capture_on_commit_callbacks(execute=True):
        page.files = []
        page.save_revision().publish()
    assert "#page=2" not in told(client)


def test_a_file_of_a_draft_alone_is_never_indexed(client: Client) -> None:
    document = DocumentFactory(content=pdf_of(f"Om {IN_FILE}"), filename="fil.pdf")
    FileScreening.objects.update(text_read_at=None)
    page = ResourcePageFactory(title="Sidan", draft=True, files=[ResourceFile(document=document)])
    ReferenceIndex.create_or_update_for_object(page)
    drain_now()
    index_page(page.pk)
    assert "<article" not in told(client)


def test_any_query_and_any_facet_gets_an_answer(client: Client) -> None:
    ResourcePageFactory(title="Om upphandling")
    for path, address in hostile_parameters(200, seed=11):
        assert client.get(f"{path}?{address}").status_code < 500, (path, address)


def test_a_search_asks_at_most_nine_questions_of_the_database() -> None:
    page_with_file()
    queries = [*QUERIES, "hur följer man upp ett avtal med privat utförare", "kvarstadsbelpop FUT muta zzzzqqqq"]
    numbers = []
    for query in queries:
        with CaptureQueriesContext(connection) as captured:
            hits_of(result := search(query, Page.objects.live()), result.found)
        numbers.append(len(captured))
    assert max(numbers) <= 9


A_FEW = 5_000  # characters of what is asked of the database whatever is searched for, or once when a word is corrected


def work_of(query: str) -> tuple[int, int, int]:
    """How many questions a search asks of the database, how many words it looks for, and what it sends."""
    with CaptureQueriesContext(connection) as captured:
        result = search(query, Page.objects.live())
    sent = sum(len(asked["sql"]) for asked in captured.captured_queries)
    return len(captured), len(result.question.words), sent


@pytest.mark.parametrize("word", ["ord{}", "muta{}", "upphandlling{}", "brottsförebyggandeverksamhet{}", "é%_{}"])
def test_the_work_of_a_search_grows_no_more_than_its_query(word: str) -> None:
    ResourcePageFactory(title="Om upphandling")
    letters = "abcdefghijklmnopqrstuvwxyz"
    words = [word.format(letters[n % 26] + letters[n // 26 % 26]) for n in range(600)]
    counted = {number: work_of(" ".join(words[:number])) for number in (4, 8, 16, 600)}
    assert max(queries for queries, _, _ in counted.values()) <= 9
    for few, more in ((4, 8), (8, 16), (16, 600)):
        for before, after in zip(counted[few][1:], counted[more][1:], strict=True):
            assert after <= 2 * before + A_FEW
