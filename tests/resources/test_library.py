"""The library: facets with counts, search, order and pages, whatever stands in the address."""

from datetime import UTC, date, datetime

import pytest
from django.http import QueryDict
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from resources.enums import Level, ResourceKind
from resources.library import Listing, browse
from resources.models import Category
from tests.factories.contacts import OrganisationFactory
from tests.factories.resources import ResourcePageFactory, body, site_tree

pytestmark = [pytest.mark.django_db, pytest.mark.databases]


def listing(query: str = "") -> Listing:
    return browse(QueryDict(query))


def titles(query: str = "") -> list[str]:
    return [page.title for page in listing(query).results]


def numbers(query: str, param: str) -> dict[str, int]:
    facet = next(facet for facet in listing(query).facets if facet.param == param)
    return {choice.slug: choice.number for choice in facet.choices}


def category(code: str) -> Category:
    return Category.objects.get(code=code)


@pytest.mark.parametrize(
    ("field", "value", "query"),
    [
        ("kind", ResourceKind.CHECKLIST, "typ=checklista"),
        ("level", Level.DEEPEN, "niva=fordjupa"),
        ("themes", ["Riskanalys"], "tema=riskanalys"),
        ("sectors", "health_care", "sektor=halso-och-sjukvard"),
        ("areas", "home_care", "omrade=hemtjanst"),
        ("arrangements", "bought_service", "utbetalning=kop-av-tjanst"),
        ("audiences", "managers", "malgrupp=chefer"),
    ],
)
def test_each_facet_narrows_the_list(field: str, value: object, query: str) -> None:
    ResourcePageFactory(title="Annat")
    if field in ("sectors", "areas", "arrangements", "audiences"):
        value = [category(str(value))]
    ResourcePageFactory(title="Sökt", **{field: value})
    assert titles(query) == ["Sökt"]


def test_framework_part_and_producer_narrow_the_list() -> None:
    part = site_tree().parts["agera"]
    producer = OrganisationFactory(name="Åklagarmyndigheten")
    ResourcePageFactory(title="Sökt", framework_parts=[part], producer=producer)
    ResourcePageFactory(title="Annat")
    assert titles("del=agera") == titles("avsandare=aklagarmyndigheten") == ["Sökt"]


def test_choices_in_a_facet_widen_and_choices_in_several_narrow() -> None:
    ResourcePageFactory(title="A", kind="checklist", level="start")
    ResourcePageFactory(title="B", kind="report", level="start")
    ResourcePageFactory(title="C", kind="film", level="deepen")
    assert sorted(titles("typ=checklista&typ=rapport")) == ["A", "B"]
    assert titles("typ=checklista&typ=film&niva=fordjupa") == ["C"]


def test_a_number_counts_what_the_other_facets_leave() -> None:
    ResourcePageFactory(kind="checklist", themes=["Riskanalys", "Avtal"])
    ResourcePageFactory(kind="report", themes=["Riskanalys"])
    ResourcePageFactory(kind="report", themes=["Avtal"], draft=True)
    assert numbers("", "typ") == {"rapport": 1, "checklista": 1}
    assert numbers("", "tema") == {"avtal": 1, "riskanalys": 2}
    assert numbers("typ=rapport", "typ") == {"rapport": 1, "checklista": 1}
    assert numbers("typ=rapport", "tema") == {"riskanalys": 1}
    assert numbers("typ=rapport&tema=avtal", "tema") == {"avtal": 0, "riskanalys": 1}


def test_numbers_also_follow_the_question() -> None:
    ResourcePageFactory(kind="checklist", body=body("<p>upphandlingar</p>"))
    ResourcePageFactory(kind="report")
    assert numbers("q=upphandling", "typ") == {"checklista": 1}
    assert listing("q=upphandling").total == 1


def test_a_chip_takes_its_own_choice_away_and_keeps_the_rest() -> None:
    ResourcePageFactory(kind="checklist", themes=["Riskanalys"], title="Om hemtjänst")
    chips = {chip.text: chip.remove_url for chip in listing("q=hemtjänst&typ=checklista&tema=riskanalys").chips}
    assert chips["Typ: Checklista"] == "?q=hemtj%C3%A4nst&tema=riskanalys"
    assert chips["Tema: Riskanalys"] == "?q=hemtj%C3%A4nst&typ=checklista"
    assert chips["Sökord: hemtjänst"] == "?typ=checklista&tema=riskanalys"


def test_the_newest_come_first_unless_asked_otherwise() -> None:
    ResourcePageFactory(title="B", published_on=date(2024, 1, 1))
    # Without the producer's day, the day it came to LUMEN counts.
    ResourcePageFactory(title="C", published_on=None, first_published_at=datetime(2023, 6, 1, tzinfo=UTC))
    ResourcePageFactory(title="A", published_on=date(2023, 1, 1))
    assert titles() == titles("sortering=senaste") == titles("sortering=relevans") == ["B", "C", "A"]
    assert titles("sortering=titel") == ["A", "B", "C"]


def test_an_answer_to_a_question_comes_by_relevance_unless_asked_otherwise() -> None:
    ResourcePageFactory(title="Ny", published_on=date(2025, 1, 1), body=body("<p>tandvård</p>"))
    ResourcePageFactory(title="Tandvård", published_on=date(2020, 1, 1))
    assert titles("q=tandvård") == ["Tandvård", "Ny"]
    assert titles("q=tandvård&sortering=senaste") == ["Ny", "Tandvård"]


def test_pages_keep_the_choices() -> None:
    for number in range(21):
        ResourcePageFactory(title=f"Material {number:02}", kind="film")
    found = listing("typ=film&sortering=titel&sida=2")
    assert [page.title for page in found.results] == ["Material 20"]
    assert found.querystring == "typ=film&sortering=titel"


@pytest.mark.parametrize(
    "query",
    [
        "sida=abc",
        "sida=99999",
        "sida=-1",
        "sida=0",
        "sida=" + "9" * 30,
        "sida=٣",
        "typ=finns-inte",
        "tema=%27%20OR%201=1",
        "q=%22",
        "q=" + "x" * 5000,
        "q=%ED%A0%80",
        "okänd=1",
    ],
)
def test_whatever_stands_in_the_address_there_is_a_page(client: Client, query: str) -> None:
    ResourcePageFactory(title="Enda")
    assert client.get(f"/material/?{query}").status_code == 200


@settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(
    parameters=st.dictionaries(
        st.sampled_from(["q", "typ", "tema", "del", "avsandare", "sortering", "sida"]), st.text(max_size=40)
    )
)
def test_any_parameters_get_an_answer(parameters: dict[str, str]) -> None:
    query = QueryDict(mutable=True)
    query.update(parameters)
    list(browse(query).results)


def test_the_page_says_how_many_fit_and_which_filters_are_chosen(client: Client) -> None:
    ResourcePageFactory(title="Enda", kind="film")
    page = client.get("/material/?typ=film").content.decode()
    assert "1 träff" in page
    assert 'value="film"' in page
    assert "Typ: Film" in page


@pytest.mark.parametrize(("number", "hidden"), [(13, 0), (14, 4)])
def test_a_long_facet_shows_its_first_values_and_the_others_on_request(
    client: Client, number: int, hidden: int
) -> None:
    for n in range(number):
        ResourcePageFactory(producer__name=f"Kommun {n:02}")
    facet = next(facet for facet in listing().facets if facet.param == "avsandare")
    assert len(facet.more) == hidden
    assert [*facet.first, *facet.more] == list(facet.choices)
    page = client.get("/material/").content.decode()
    assert page.count('name="avsandare"') == number
    assert ("filters__more" in page) is bool(hidden)


def test_a_chosen_value_among_the_others_is_seen() -> None:
    for n in range(14):
        ResourcePageFactory(producer__name=f"Kommun {n:02}")
    used = {
        slug: next(facet for facet in listing(f"avsandare={slug}").facets if facet.param == "avsandare").more_is_used
        for slug in ("kommun-00", "kommun-13")
    }
    assert used == {"kommun-00": False, "kommun-13": True}


def test_an_empty_list_says_what_to_do(client: Client) -> None:
    assert "Inget material passar." in client.get("/material/?q=finnsinte").content.decode()
