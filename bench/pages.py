"""Public pages with a small library and with a large one: queries, and the time of an answer."""

from statistics import median

from django.core.cache import cache
from django.db import connection
from django.test import Client
from wagtail.models import Site

from meetings.models import MeetingPage
from resources.models import ResourceFile, ResourcePage, ThemePage
from tests.factories.meetings import MeetingPageFactory
from tests.factories.resources import DocumentFactory, ThemePageFactory, site_tree
from tests.resources.test_query_budget import grow_library

from .gauges import gauge, ms, tell, times
from .scratch import load_organisations, rolled_back

FEW, MANY = 30, 3_000
REPEATED = 7


def measure() -> None:
    with rolled_back():
        tree = site_tree()
        load_organisations()
        for number in range(12):
            ThemePageFactory(theme__name=f"Tema {number}", theme__slug=f"tema-{number}")
        for _ in range(3):
            MeetingPageFactory()
        grow_library(tree, FEW)
        resource = ResourcePage.objects.first()
        resource.files = [ResourceFile(document=DocumentFactory()) for _ in range(3)]
        resource.save()
        few = {address: visited(Client(), address) for address in _addresses(resource)}
        grow_library(tree, MANY)
        if connection.vendor == "postgresql":  # which in operation keeps count of its rows by itself
            connection.cursor().execute("ANALYZE")
        many = {address: visited(Client(), address) for address in _addresses(resource)}
    tell(
        f"Public pages with {FEW} and with {MANY} resources (queries with empty caches, median of {REPEATED} visits)",
        ("page", "queries", "queries", "time", "time", "ratio"),
        [
            (address, queries, many[address][0], ms(seconds), ms(many[address][1]), times(many[address][1], seconds))
            for address, (queries, seconds) in few.items()
        ],
    )


def _addresses(resource: ResourcePage) -> list[str]:
    return [
        "/",
        "/ramverk/agera/",
        ThemePage.objects.first().url,
        "/material/",
        "/material/?q=upphandling",
        "/material/?typ=rapport&tema=tema-0",
        resource.url,
        "/sok/?q=upphandling",
        "/moten/",
        MeetingPage.objects.first().url,
        "/organisationer/",
    ]


def visited(client: Client, address: str) -> tuple[int, float]:
    """The number of queries of the first visit and the median time of the rest."""
    cache.clear()
    Site.clear_site_root_paths_cache()
    seconds = []
    for number in range(REPEATED + 1):
        with gauge() as visit:
            answer = client.get(address)
        assert answer.status_code == 200, address
        if number == 0:
            queries = visit.queries
        else:
            seconds.append(visit.seconds)
    return queries, median(seconds)
