"""How the search does with 10,000 resources, a tenth of which have a file of 20 pages."""

import json
import random
import time
from collections.abc import Iterable, Iterator
from io import StringIO
from statistics import quantiles

from django.core.cache import cache
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone
from wagtail.models import Page, ReferenceIndex

from gate.enums import ScreeningState
from gate.models import FileScreening, FileText
from lumen.web_process import prepare
from resources.actions import ensure_structure
from resources.models import Document, ResourceFile, ResourcePage, SearchEntry
from resources.models.body_page import on_display
from resources.search.finding import search
from screening.findings import RULES_VERSION, Verdict
from tests.resources.hostile_queries import hostile_parameters
from tests.resources.test_query_budget import grow_library, with_themes

from ..gauges import gauge, ms, tell
from .material import read

RESOURCES, WITH_FILE, PAGES = 10_000, 1_000, 20
TOGETHER = 500  # rows written at a time
HOSTILE = 10_000
TYPING_ERRORS = ("upphandlling", "korupption inom tandvord", "bidragsbrottt", "avtalsuppföjning hemtjänst")


def measure() -> None:
    """Fill the library, index and search it.

    What it makes stays: in one long transaction PostgreSQL would keep every count that a word has ever had.
    """
    with transaction.atomic():
        _fill()
    _tell_rebuild()
    if connection.vendor == "postgresql":  # which in operation keeps count of its rows by itself
        connection.cursor().execute("ANALYZE")
    prepare()  # as a web process does
    _tell_search()
    _tell_published()
    _tell_hostile()


def _fill() -> None:
    """Resources with texts of the made ones, and files whose text the screening has read."""
    ensure_structure()
    grow_library(with_themes(), RESOURCES)
    SearchEntry.objects.all().delete()
    choose = random.Random(1)
    made = read("resources")
    paragraphs = [paragraph for row in made for paragraph in row["body"]]
    paragraphs += [page for row in made if row["file"] for page in row["file"]["pages"]]
    ids = list(ResourcePage.objects.order_by("pk").values_list("pk", flat=True))
    for number, pk in enumerate(ids):
        row = choose.choice(made)
        text = " ".join([*choose.choices(paragraphs, k=4), f"ord{number}"])
        Page.objects.filter(pk=pk).update(title=row["title"])
        body = json.dumps([{"type": "text", "value": f"<p>{text}</p>"}])
        ResourcePage.objects.filter(pk=pk).update(lead=row["lead"], body=body)
    texts = list(_files(ids[:WITH_FILE], choose, paragraphs))
    FileText.objects.bulk_create(texts, batch_size=TOGETHER)
    for page in ResourcePage.objects.filter(pk__in=ids[:WITH_FILE]):
        ReferenceIndex.create_or_update_for_object(page)


def _files(pages: Iterable[int], choose: random.Random, paragraphs: list[str]) -> Iterator[FileText]:
    for number, page in enumerate(pages):
        content = FileScreening.objects.create(
            digest=f"{number:064}", suffix=".pdf", size=1, state=ScreeningState.DONE, verdict=Verdict.CLEAN,
            rules=RULES_VERSION, screened_at=timezone.now(), text_read_at=timezone.now(),
        )  # fmt: skip
        document = Document(title="Fil", file=f"fil-{number}.pdf", screening=content, created_at=timezone.now())
        document.screened_name = document.file.name
        document.save_base(raw=True)
        ResourceFile(resource_id=page, document=document).save_base(raw=True)
        for place in range(PAGES):
            text = " ".join(choose.choices(paragraphs, k=4))
            yield FileText(content=content, position=place, page=place + 1, text=text)


def _tell_rebuild() -> None:
    start = time.perf_counter()
    call_command("rebuild_search", stdout=StringIO())
    taken = time.perf_counter() - start
    print(
        f"\n`rebuild_search` of {RESOURCES} resources: {SearchEntry.objects.count()} entries in {taken:.0f} s.",
        flush=True,
    )


def _tell_search() -> None:
    client = Client()
    queries = [row["q"] for name in ("short", "questions", "unanswered") for row in read(name)]
    queries += TYPING_ERRORS
    cache.clear()
    rows = []
    for path in ("/sok/", "/material/", "/sok/forslag/"):
        client.get(path, {"q": "upphandling"})
        seconds, busy, numbers = [], [], []
        for query in queries:
            start = time.process_time()
            with gauge() as visit:
                assert client.get(path, {"q": query}).status_code == 200
            busy.append(time.process_time() - start)
            seconds.append(visit.seconds)
            numbers.append(visit.queries)
        cuts = quantiles(seconds, n=20)
        of_process = quantiles(busy, n=20)[18]
        rows.append((path, len(queries), max(numbers), ms(cuts[9]), ms(cuts[18]), ms(max(seconds)), ms(of_process)))
    tell(
        f"Search with {RESOURCES} resources, {WITH_FILE} of them with {PAGES} pages of text",
        ("address", "searches", "most queries", "median", "p95", "longest", "p95 of the process"),
        rows,
    )


def _tell_published() -> None:
    """How long publishing takes until the page is found: it is indexed when the transaction has ended."""
    page = ResourcePage.objects.order_by("pk").first()
    page.body = [("text", "<p>kolonilottsupplåtelse</p>")]
    start = time.perf_counter()
    with gauge() as publishing:
        page.save_revision().publish()
    found = search("kolonilottsupplåtelse", on_display(Page.objects.all())).found
    assert [one.page for one in found] == [page.pk]
    print(f"Published and found after {ms(time.perf_counter() - start)}, {publishing.queries} queries.", flush=True)


def _tell_hostile() -> None:
    client = Client(raise_request_exception=False)
    slowest, failed = 0.0, 0
    for path, address in hostile_parameters(HOSTILE):
        with gauge() as visit:
            failed += client.get(f"{path}?{address}").status_code >= 500
        slowest = max(slowest, visit.seconds)
    print(f"{HOSTILE} hostile queries and facet values: {failed} errors, the slowest {ms(slowest)}.", flush=True)
