"""The search page: what the hits are sorted by, and what it costs."""

from datetime import date
from html.parser import HTMLParser

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext

from resources.enums import CategoryKind, ResourceKind
from resources.models import Category
from resources.search.indexing import index_page
from resources.site_search import Answer, answer
from tests.factories.contacts import OrganisationFactory
from tests.factories.meetings import MeetingPageFactory
from tests.factories.resources import ResourcePageFactory, ThemeFactory, site_tree

pytestmark = pytest.mark.django_db

MOST_QUERIES = 12


def asked(parameters: str) -> Answer:
    return answer(QueryDict(parameters))


def numbers(parameters: str, param: str) -> dict[str, int]:
    return {c.slug: c.number for f in asked(parameters).facets if f.param == param for c in f.choices}


def titles(parameters: str) -> list[str]:
    return sorted(hit.title for hit in asked(parameters).hits)


@pytest.fixture
def sorted_pages() -> None:
    site_tree()
    sector = Category.objects.get(kind=CategoryKind.SECTOR, slug="tandvard")
    theme = ThemeFactory(name="Riskanalys", slug="riskanalys")
    nacka, ivo = OrganisationFactory(name="Nacka kommun"), OrganisationFactory(name="Vårdinspektionen")
    ResourcePageFactory(
        title="A om kvarstad",
        kind=ResourceKind.REPORT,
        producer=nacka,
        themes=[theme],
        published_on=date(2024, 5, 1),
        sectors=[sector],
    )
    ResourcePageFactory(
        title="B om kvarstad", kind=ResourceKind.REPORT, producer=ivo, published_on=date(2025, 5, 1), themes=[theme]
    )
    ResourcePageFactory(title="C om kvarstad", kind=ResourceKind.FILM, producer=ivo, published_on=date(2025, 6, 1))
    index_page(MeetingPageFactory(title="Möte om kvarstad").pk)


@pytest.mark.usefixtures("sorted_pages")
class TestWhatTheHitsAreSortedBy:
    def test_each_value_tells_how_many_hits_it_leaves(self) -> None:
        assert numbers("q=kvarstad", "typ") == {"rapport": 2, "film": 1, "mote": 1}
        assert numbers("q=kvarstad", "tema") == {}  # one value alone divides nothing
        assert numbers("q=kvarstad", "avsandare") == {"vårdinspektionen": 2, "nacka-kommun": 1}
        assert list(numbers("q=kvarstad", "ar").items()) == [("2025", 2), ("2024", 1)]

    def test_choices_in_one_facet_widen_and_in_several_narrow(self) -> None:
        assert titles("q=kvarstad&typ=rapport&typ=film") == ["A om kvarstad", "B om kvarstad", "C om kvarstad"]
        assert titles("q=kvarstad&typ=rapport&ar=2025") == ["B om kvarstad"]
        assert titles("q=kvarstad&sektor=tandvard") == ["A om kvarstad"]
        assert titles("q=kvarstad&tema=riskanalys&avsandare=vårdinspektionen") == ["B om kvarstad"]

    def test_the_number_beside_a_value_heeds_the_choices_in_the_other_facets(self) -> None:
        assert numbers("q=kvarstad&ar=2025", "typ") == {"rapport": 1, "film": 1}
        assert numbers("q=kvarstad&ar=2025", "ar") == {"2025": 2, "2024": 1}

    def test_a_choice_can_be_taken_away_and_the_address_shared(self) -> None:
        found = asked("q=kvarstad&typ=rapport&ar=2025&sida=1")
        assert found.querystring == "q=kvarstad&typ=rapport&ar=2025"
        chips = {chip.text: chip.remove_url for chip in found.chips}
        assert chips["Typ: Rapport"] == "?q=kvarstad&ar=2025"
        assert chips["Utgivningsår: 2025"] == "?q=kvarstad&typ=rapport"

    @pytest.mark.parametrize("address", ["typ=finns-inte", "ar=1999", "tema=%00", "sektor=%F0%9F%99%82", "avsandare="])
    def test_a_value_that_no_hit_has_is_left_out(self, address: str) -> None:
        assert len(asked(f"q=kvarstad&{address}").hits) == 4

    def test_choices_that_together_leave_nothing_say_so(self, client: Client) -> None:
        html = client.get("/sok/?q=kvarstad&typ=film&ar=2024").content.decode()
        assert "Inga träffar passar filtren" in html
        assert "Ta bort filtret" in html

    def test_the_facets_work_without_script(self, client: Client) -> None:
        boxes = boxes_of(client.get("/sok/?q=kvarstad&typ=rapport").content.decode())
        assert ("typ", "rapport", True) in boxes
        assert ("ar", "2024", False) in boxes

    def test_the_page_asks_no_more_than_twelve_queries(self, client: Client) -> None:
        for address in (
            "/sok/?q=kvarstad",
            "/sok/?q=kvarstad&typ=rapport&ar=2025&tema=riskanalys",
            "/sok/?q=kvarsttad",
        ):
            with CaptureQueriesContext(
                connection,
            ) as captured:
                client.get(address)
            assert len(captured) <= MOST_QUERIES, address


def boxes_of(html: str) -> set[tuple[str, str, bool]]:
    """Name, value and state of each box of the page's forms."""
    found: set[tuple[str, str, bool]] = set()

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            fields = dict(attrs)
            if tag == "input" and fields.get("type") == "checkbox":
                found.add((fields["name"] or "", fields["value"] or "", "checked" in fields))

    Reader().feed(html)
    return found


@pytest.mark.parametrize("path", ["/sok/", "/material/"])
def test_u17_a_hit_has_kind_producer_and_date(client: Client, path: str) -> None:
    site_tree()
    producer = OrganisationFactory(name="Nacka kommun")
    ResourcePageFactory(title="Om kvarstad", kind=ResourceKind.REPORT, producer=producer, published_on=date(2024, 5, 1))
    html = client.get(path, {"q": "kvarstad"}).content.decode()
    for told in ('resource-row__kind">Rapport', "Nacka kommun", "1\N{NO-BREAK SPACE}maj\N{NO-BREAK SPACE}2024"):
        assert told in html


def test_u17_hits_are_in_the_order_of_how_well_they_answer() -> None:
    site_tree()
    ResourcePageFactory(title="A nämner kvarstad", lead="x")
    ResourcePageFactory(title="B", lead="kvarstad kvarstad")
    ResourcePageFactory(title="Kvarstad", lead="Om kvarstad")
    assert [hit.title for hit in asked("q=kvarstad").hits][0] == "Kvarstad"


def test_two_producers_whose_names_differ_by_a_ring_are_two() -> None:
    for number, name in enumerate(("Habo kommun", "Håbo kommun")):
        ResourcePageFactory(title=f"Om kvarstad {number}", producer=OrganisationFactory(name=name))
    assert numbers("q=kvarstad", "avsandare") == {"habo-kommun": 1, "håbo-kommun": 1}
    assert len(asked("q=kvarstad&avsandare=håbo-kommun").hits) == 1
