"""What was searched for and not found: counted by day, shown from three askings, and never anything of a person."""

from datetime import date, timedelta

import pytest
from django.db import OperationalError
from django.test import Client

from resources.missed_searches import MOST_A_DAY, count_missed_search
from resources.models import MissedSearch
from tests.accounts import log_in_with_second_factor
from tests.factories.contacts import PersonFactory
from tests.factories.resources import ResourcePageFactory
from tests.screening.numbers import personal_number

pytestmark = [pytest.mark.django_db, pytest.mark.databases]

DAY = date(2026, 11, 2)


def counted() -> dict[str, int]:
    return dict(MissedSearch.objects.values_list("query", "number"))


def test_a_search_without_an_answer_is_counted(client: Client) -> None:
    ResourcePageFactory(title="Om upphandling")
    for query in ("flodhästar i Kolmården", "Flodhästar  i kolmården!", "upphandling", "", "och", "åkstol"):
        client.get("/sok/", {"q": query})
    assert counted() == {"flodhästar i kolmården": 2, "åkstol": 1}


@pytest.mark.parametrize(
    "query",
    [
        personal_number(),
        f"anmälan {personal_number()}",
        "namn@exempel.example",
        "070 123 45 67",
        "brukaren Anna Andersson",
        "x" * 101,
    ],
)
def test_what_may_be_about_a_person_is_not_counted(query: str) -> None:
    count_missed_search(query)
    assert counted() == {}


def test_a_program_that_asks_for_anything_fills_no_table() -> None:
    MissedSearch.objects.bulk_create(MissedSearch(day=DAY, query=f"ord {n}") for n in range(MOST_A_DAY))
    count_missed_search("en till", on=DAY)
    count_missed_search("ord 1", on=DAY)
    assert MissedSearch.objects.count() == MOST_A_DAY
    assert counted()["ord 1"] == 2


def test_editors_see_what_was_asked_three_times_on_any_days(client: Client) -> None:
    for number in range(3):
        count_missed_search("flodhäst", on=DAY + timedelta(days=number))
    count_missed_search("zebra", on=DAY)
    count_missed_search("zebra", on=DAY)
    log_in_with_second_factor(client, PersonFactory(editor=True))
    html = client.get("/admin/sokt/").content.decode()
    assert "flodhäst" in html
    assert "zebra" not in html


def test_a_search_is_answered_though_it_cannot_be_counted(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(words: str, day: date) -> None:
        raise OperationalError("read only")

    monkeypatch.setattr("resources.missed_searches._add_one", refuse)
    assert client.get("/sok/?q=flodhäst").status_code == 200
