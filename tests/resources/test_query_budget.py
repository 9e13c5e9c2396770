"""Every public page stays within 20 SQL queries, and the number does not grow with the library."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import cycle, islice
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, Site

from resources.enums import Level, ResourceKind
from resources.models import (
    Category,
    ResourceFile,
    ResourcePage,
    ResourceTheme,
    SearchEntry,
    SearchPosting,
    SearchWord,
    Theme,
    ThemePage,
)
from tests.factories.contacts import OrganisationFactory
from tests.factories.resources import DocumentFactory, ResourcePageFactory, SiteTree, ThemePageFactory, site_tree

pytestmark = pytest.mark.django_db

BUDGET = 20
FEW, MANY = 30, 3_000
BATCH = 500


def grow_library(tree: SiteTree, number: int) -> None:
    """Fill the library up to the number of resources, each sorted in every way, in a few statements."""
    library = tree.library
    library.refresh_from_db()
    start = library.numchild
    content_type = ContentType.objects.get_for_model(ResourcePage)
    producers = [OrganisationFactory() for _ in range(5)]
    paths = [ResourcePage._get_path(library.path, library.depth + 1, n + 1) for n in range(start, number)]
    Page.objects.bulk_create(
        [
            Page(
                path=path,
                depth=library.depth + 1,
                title=f"Material {path} om upphandling",
                draft_title=f"Material {path}",
                slug=f"material-{path}",
                url_path=f"{library.url_path}material-{path}/",
                content_type=content_type,
                locale_id=library.locale_id,
            )
            for path in paths
        ],
        batch_size=BATCH,
    )
    ids = list(Page.objects.filter(path__in=paths).order_by("path").values_list("pk", flat=True))
    first = ResourcePage(page_ptr_id=ids[0], lead="Två meningar om materialet.", kind=ResourceKind.REPORT)
    first.save_base(raw=True)  # Only the row of its own: no signals, no second row of Page.
    copy_row(ids[0], ids[1:])
    vary(ids, "kind", ResourceKind.values)
    vary(ids, "level", Level.values)
    vary(ids, "producer", producers)
    vary(ids, "published_on", [date(2025, 1, 1) + timedelta(days=n) for n in range(30)])
    Page.objects.filter(pk=library.pk).update(numchild=number)
    pages = list(ResourcePage.objects.filter(path__in=paths).order_by("path"))
    sort_pages(pages, tree)
    index(pages)


def copy_row(from_id: int, to_ids: list[int]) -> None:
    """Give each of the pages the same row of its own as the first, in one statement (Django makes them one by one)."""
    quote = connection.ops.quote_name
    columns = ", ".join(quote(f.column) for f in ResourcePage._meta.local_concrete_fields if not f.primary_key)
    table, key = quote(ResourcePage._meta.db_table), quote(ResourcePage._meta.pk.column)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({key}, {columns}) SELECT page.id, {columns} FROM {table}"  # noqa: S608
            f" CROSS JOIN (SELECT id FROM wagtailcore_page WHERE id BETWEEN %s AND %s) page WHERE {key} = %s",
            [min(to_ids), max(to_ids), from_id],
        )


def vary(ids: list[int], field: str, values: list[Any]) -> None:
    """Let the pages have the values in turn."""
    for n, value in enumerate(values):
        ResourcePage.objects.filter(pk__in=ids[n :: len(values)]).update(**{field: value})


def sort_pages(pages: list[ResourcePage], tree: SiteTree) -> None:
    def through(field: str, attname: str, values: list[int]) -> None:
        model = getattr(ResourcePage, field).through
        rows = zip(pages, cycle(values), strict=False)
        model.objects.bulk_create(
            [model(resourcepage_id=page.pk, **{attname: value}) for page, value in rows], batch_size=BATCH
        )

    themes: Iterator[Theme] = cycle(Theme.objects.all())
    ResourceTheme.objects.bulk_create(
        [ResourceTheme(content_object=page, tag=next(themes)) for page in pages], batch_size=BATCH
    )
    through("framework_parts", "frameworkpartpage_id", [part.pk for part in tree.parts.values()])
    for field in ("sectors", "areas", "arrangements", "audiences"):
        kind = ResourcePage._meta.get_field(field).get_limit_choices_to()["kind"]
        through(field, "category_id", list(Category.objects.filter(kind=kind).values_list("pk", flat=True)))


def index(pages: list[ResourcePage]) -> None:
    SearchEntry.objects.bulk_create(
        [SearchEntry(page_id=page.pk, title=page.title, text=page.lead) for page in pages], batch_size=BATCH
    )
    entries = list(SearchEntry.objects.filter(page__in=pages).order_by("page"))
    words = [_word(f"ord{n}") for n in range(50)]
    common = _word("upphandling")
    SearchPosting.objects.bulk_create(
        [
            SearchPosting(entry=entry, word=word, weight=100 + n % 7, places="1")
            for n, entry in enumerate(entries)
            for word in [common, *islice(cycle(words), n % 50, n % 50 + 5)]
        ],
        batch_size=BATCH,
    )


def _word(word: str) -> SearchWord:
    return SearchWord.objects.get_or_create(word=word, defaults={"stem": word, "lemma": word})[0]


def addresses() -> dict[str, str]:
    """An address of every public page type, and of the views beside them."""
    return {
        "start": "/",
        "framework": "/ramverk/",
        "part": "/ramverk/agera/",
        "themes": "/teman/",
        "theme": ThemePage.objects.first().url,
        "library": "/material/",
        "library, filtered": "/material/?typ=rapport&tema=tema-0&sektor=tandvard&sektor=lss&niva=komma-igang",
        "library, searched": "/material/?q=upphandling&sida=2",
        "resource": ResourcePage.objects.first().url,
        "standard": "/om-lumen/",
        "search": "/sok/?q=upphandling",
        "feed": "/material/feed/",
    }


def queries(client: Client, url: str) -> int:
    cache.clear()
    Site.clear_site_root_paths_cache()
    with CaptureQueriesContext(
        connection,
    ) as captured:
        answer = client.get(url)
        assert answer.status_code == 200, url
    return len(captured)


# A typing error with synonyms, a long question of which most is found, a question without an answer, and facets.
HARD = {
    "q": [
        "korupption muta upphandlling",
        "hur följer kommunen upp ett avtal om upphandling med en privat utförare som fuskar med sina fakturor",
        "upphandling flodhästar Kolmården hyenor",
        "FUT SoL LSS LOU LOV OSL GDPR",
    ],
    "sektor": ["tandvard", "lss"],
    "typ": ["rapport"],
    "sortering": ["titel"],
}


@pytest.mark.parametrize(("path", "most"), [("/sok/", 12), ("/sok/forslag/", 12), ("/material/", 22)])
def test_no_search_asks_many_questions_of_the_database(client: Client, path: str, most: int) -> None:
    """Wagtail asks eight to find the page /material/, and its facets five, whatever is searched for."""
    grow_library(with_themes(), FEW)
    ResourcePageFactory(title="Korruption vid upphandling")
    facets = {name: values for name, values in HARD.items() if name != "q"}
    client.get(path)  # where the site begins is known from then on
    numbers = {}
    for query in HARD["q"]:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(path, {"q": query, **facets}).status_code == 200
        numbers[query] = len(captured)
    assert max(numbers.values()) <= most, numbers


def with_themes() -> SiteTree:
    tree = site_tree()
    for number in range(12):
        ThemePageFactory(theme__name=f"Tema {number}", theme__slug=f"tema-{number}")
    return tree


def test_no_public_page_asks_more_of_the_database_when_the_library_grows(client: Client) -> None:
    tree = with_themes()
    grow_library(tree, FEW)
    first = ResourcePage.objects.first()
    first.files = [ResourceFile(document=DocumentFactory()) for _ in range(3)]
    first.save()
    with_few = {name: queries(client, url) for name, url in addresses().items()}
    grow_library(tree, MANY)
    with_many = {name: queries(client, url) for name, url in addresses().items()}
    assert with_many == with_few
    assert {name: number for name, number in with_many.items() if number > BUDGET} == {}
