"""How long a search takes with 10,000 resources, a tenth of which have a file of 20 pages, and how many queries."""

import random
import time
from collections.abc import Iterator
from statistics import quantiles

from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import timezone

from gate.enums import ScreeningState
from gate.models import FileScreening
from resources.models import Document, ResourcePage, SearchEntry
from resources.search.indexing import Text, replace_entries
from screening.findings import RULES_VERSION, Verdict
from tests.factories.resources import site_tree
from tests.resources.test_query_budget import grow_library

from ..gauges import gauge, ms, tell
from ..scratch import rolled_back
from .material import read

RESOURCES, WITH_FILE, PAGES = 10_000, 1_000, 20
TOGETHER = 500  # entries written at a time


def measure() -> None:
    """Fill the library and search it for every query of the lists. Nothing is left in the database."""
    with rolled_back():
        grow_library(site_tree(), RESOURCES)
        SearchEntry.objects.all().delete()
        start = time.perf_counter()
        _index(list(ResourcePage.objects.order_by("pk").values_list("pk", flat=True)))
        filled = time.perf_counter() - start
        if connection.vendor == "postgresql":  # which in operation keeps count of its rows by itself
            connection.cursor().execute("ANALYZE")
        _tell_search()
        print(f"{SearchEntry.objects.count()} entries were written in {filled:.0f} s.")


def _index(pages: list[int]) -> None:
    texts: list[Text] = []
    for text in _texts(pages):
        texts.append(text)
        if len(texts) == TOGETHER:
            replace_entries(SearchEntry.objects.none(), texts)
            texts = []
    replace_entries(SearchEntry.objects.none(), texts)


def _texts(pages: list[int]) -> Iterator[Text]:
    choose = random.Random(1)
    made = read("resources")
    paragraphs = [paragraph for row in made for paragraph in row["body"]]
    paragraphs += [page for row in made if row["file"] for page in row["file"]["pages"]]
    for number, page in enumerate(pages):
        row = choose.choice(made)
        text = " ".join(choose.choices(paragraphs, k=4))
        yield Text(
            title=row["title"], lead=row["lead"], text=f"{text} ord{number}", label="Rapport", fields={"page_id": page}
        )
        if number < WITH_FILE:
            yield from _file(number, page, choose, paragraphs)


def _file(number: int, page: int, choose: random.Random, paragraphs: list[str]) -> Iterator[Text]:
    content = FileScreening.objects.create(
        digest=f"{number:064}", suffix=".pdf", size=1, state=ScreeningState.DONE, verdict=Verdict.CLEAN,
        rules=RULES_VERSION, screened_at=timezone.now(),
    )  # fmt: skip
    document = Document(title=f"Fil {number}", file=f"fil-{number}.pdf", screening=content, created_at=timezone.now())
    document.screened_name = document.file.name
    document.save_base(raw=True)
    for place in range(PAGES):
        fields = {"page_id": page, "document_id": document.pk, "content_id": content.pk}
        fields |= {"position": place, "number": place + 1}
        yield Text(name="Rapport", text=" ".join(choose.choices(paragraphs, k=4)), label="Rapport", fields=fields)


def _tell_search() -> None:
    client = Client()
    queries = [row["q"] for name in ("short", "questions", "unanswered") for row in read(name)]
    cache.clear()
    client.get("/sok/", {"q": "upphandling"})  # the word lists are read once in a process
    rows = []
    for path in ("/sok/", "/material/", "/sok/forslag/"):
        seconds, numbers = [], []
        for query in queries:
            with gauge() as visit:
                assert client.get(path, {"q": query}).status_code == 200
            seconds.append(visit.seconds)
            numbers.append(visit.queries)
        cuts = quantiles(seconds, n=20)
        rows.append((path, len(queries), max(numbers), ms(cuts[9]), ms(cuts[18]), ms(max(seconds))))
    tell(
        f"Search with {RESOURCES} resources, {WITH_FILE} of them with {PAGES} pages of text",
        ("address", "searches", "most queries", "median", "p95", "longest"),
        rows,
    )
