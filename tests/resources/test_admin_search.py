"""The lists and choosers of the admin find titles and names as forgivingly as the public search finds pages."""

import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page

from resources.search.names import keys_by_name
from tests.factories.contacts import ContactPersonFactory, GroupFactory, OrganisationFactory, PersonFactory
from tests.factories.meetings import MeetingPageFactory
from tests.factories.resources import DocumentFactory, ImageFactory, ResourcePageFactory

# What somebody types, and the title or name that is meant.
MEANT = [
    ("välfärdsbrott", "Välfärdsbrottslighet i vården"),
    ("valfardsbrott", "Välfärdsbrott"),
    ("ÅRSPLAN", "årsplan"),
    ("upphandlingar", "Upphandling av hemtjänst"),
    ("böcker", "En bok om avtal"),
    ("granska", "Granskning av fakturor"),
    ("brott", "Bidragsbrott"),
    ("uphandling", "Upphandling"),
    ("upphandling av hemt", "Upphandling av hemtjänst"),
    ("hemtjänst upphandling", "Upphandling av hemtjänst"),
    ("vastra gotaland", "Västra Götalandsregionen"),
    ("andersson", "Anna Andersson"),
    ("anderson", "Anna Andersson"),
    ("@nacka", "kontakt@nacka.example"),
    ("0182", "0182 Nacka"),
]


@pytest.mark.parametrize(("query", "name"), MEANT)
def test_a_name_is_found_by_another_form_a_part_or_with_a_typing_error(query: str, name: str) -> None:
    assert keys_by_name(query, [(1, name), (2, "Något helt annat")]) == [1]


@pytest.mark.parametrize(
    ("query", "name"),
    [("hot", "Hotell"), ("tandvård", "Hemtjänst"), ("", "Avtal"), ("avtal hund", "Avtal"), ("!", "A")],
)
def test_a_name_that_only_looks_alike_is_not_found(query: str, name: str) -> None:
    found = keys_by_name(query, [(1, name)])
    assert found == ([1] if name.lower().startswith(query) and query else [])


def test_the_name_itself_comes_before_its_forms_and_a_typing_error_only_when_nothing_else_does() -> None:
    rows = [(1, "Bidragsbrott"), (2, "Brottet"), (3, "Brott"), (4, "Bratt")]
    assert keys_by_name("brott", rows) == [3, 2, 1]
    assert keys_by_name("brutt", rows) == [2, 3, 4]


@pytest.mark.django_db
class TestTheAdmin:
    @pytest.fixture
    def editor(self, client: Client) -> Client:
        client.force_login(PersonFactory(is_superuser=True))
        return client

    def shown(self, client: Client, address: str, query: str) -> str:
        answer = client.get(address, {"q": query})
        assert answer.status_code == 200, address
        html = answer.content.decode()
        return html if "json" not in answer["Content-Type"] else answer.json()["html"]

    @pytest.mark.parametrize(
        ("address", "make"),
        [
            ("wagtailadmin_choose_page_search", lambda: ResourcePageFactory(title="Om upphandling", draft=True)),
            ("wagtailadmin_pages:search", lambda: MeetingPageFactory(title="Om upphandling", draft=True)),
            ("material:index", lambda: ResourcePageFactory(title="Om upphandling", draft=True)),
            ("wagtaildocs:index", lambda: DocumentFactory(title="Om upphandling")),
            ("wagtaildocs_chooser:choose_results", lambda: DocumentFactory(title="Om upphandling")),
            ("wagtailimages:index", lambda: ImageFactory(title="Om upphandling")),
            ("wagtailimages_chooser:choose_results", lambda: ImageFactory(title="Om upphandling")),
            ("organisation:index", lambda: OrganisationFactory(name="Om upphandling")),
            ("contactperson:index", lambda: ContactPersonFactory(person__name="Om upphandling")),
            ("contactgroup:index", lambda: GroupFactory(name="Om upphandling")),
        ],
    )
    @pytest.mark.parametrize("query", ["upphandlingar", "uphandling", "UPPHANDLING"])
    def test_lists_and_choosers_find_a_title_also_of_a_draft(
        self, editor: Client, address: str, make: Callable[[], object], query: str
    ) -> None:
        make()
        assert "Om upphandling" in self.shown(editor, reverse(address), query)
        assert "Om upphandling" not in self.shown(editor, reverse(address), "flodhäst")

    def test_a_search_asks_no_more_queries_when_there_are_many_rows(self, editor: Client) -> None:
        numbers = []
        for more in (2, 20):
            for number in range(more):
                ResourcePageFactory(title=f"Om upphandling {more} {number}")
                OrganisationFactory(name=f"Upphandlingen {more} {number}")
            with CaptureQueriesContext(
                connection,
            ) as captured:
                assert len(list(Page.objects.autocomplete("upphandlingar"))) >= more
            numbers.append(len(captured))
            self.shown(editor, reverse("organisation:index"), "upphandlingar")  # what is cached the first time
            with CaptureQueriesContext(
                connection,
            ) as captured:
                self.shown(editor, reverse("organisation:index"), "upphandlingar")
            numbers.append(len(captured))
        assert numbers[:2] == numbers[2:]

    def test_the_best_title_comes_first_in_a_chooser(self, editor: Client) -> None:
        ResourcePageFactory(title="Aa bidragsbrott")
        ResourcePageFactory(title="Brott")
        html = self.shown(editor, reverse("wagtailadmin_choose_page_search"), "brott")
        found = re.findall(r"Aa bidragsbrott|>\s*Brott\s*<", html)
        assert "bidragsbrott" not in found[0]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "query", ['"', "'", '""', "title:x", 'a:"b"', '"avtal', '"två ord" NOT tre', "*", "(", "\\", "-", "%"]
)
def test_any_signs_get_an_answer(client: Client, query: str) -> None:
    ResourcePageFactory(title="Avtal som håller")
    DocumentFactory(title="Avtal")
    client.force_login(PersonFactory(editor=True))
    for name in (
        "wagtailadmin_pages:search",
        "wagtaildocs:index",
        "wagtailimages:index",
        "material:index",
        "person:index",
    ):
        assert client.get(reverse(name), {"q": query}).status_code == 200, name


@pytest.mark.django_db
def test_words_in_quotation_marks_are_sought_as_words(client: Client) -> None:
    ResourcePageFactory(title="Avtal som håller")
    client.force_login(PersonFactory(editor=True))
    assert "Avtal som håller" in client.get(reverse("wagtailadmin_pages:search"), {"q": '"avtal som"'}).content.decode()
