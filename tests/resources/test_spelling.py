"""Typing errors: what was meant, and what is left as it stands."""

import pytest
from django.test import Client
from wagtail.models import Page

from resources.models.body_page import on_display
from resources.search.finding import search
from resources.search.spelling import errors_between
from tests.factories.resources import ResourcePageFactory, body


@pytest.mark.parametrize(
    ("one", "other", "number"),
    [
        ("tillsyn", "tillsyn", 0),
        ("tilsyn", "tillsyn", 1),
        ("tillysn", "tillsyn", 1),  # two letters have changed places
        ("tellsin", "tillsyn", 2),
        ("", "ab", 2),
        ("abcdef", "tillsyn", 3),
        ("tillsynen", "tills", 3),
    ],
)
def test_errors_are_counted_up_to_one_more_than_may_be_forgiven(one: str, other: str, number: int) -> None:
    assert errors_between(one, other, 2) == number


@pytest.mark.django_db
@pytest.mark.databases
class TestTypingErrors:
    @pytest.mark.parametrize(
        "query", ["upphanling", "uphandling", "upphandilng", "tpphandling", "upphanlding av tjänster"]
    )
    def test_what_was_meant_is_found_and_told(self, client: Client, query: str) -> None:
        page = ResourcePageFactory(title="Om upphandling", body=body("<p>upphandling av tjänster</p>"))
        html = client.get("/sok/", {"q": query}).content.decode()
        assert "Menade du" in html
        assert page.url in html

    @pytest.mark.parametrize(
        ("text", "query", "corrected"),
        [
            ("intern kontrollplan", "internkontrolplan", "internkontrollplan"),
            ("vaccinationen", "vacinationer", "vaccinationen"),
            ("remittera", "remitera", "remittera"),
        ],
    )
    def test_errors_inside_compounds_and_before_other_endings_are_forgiven(
        self, text: str, query: str, corrected: str
    ) -> None:
        ResourcePageFactory(title="Sökt", lead="x", body=body(f"<p>{text}</p>"))
        result = search(query, on_display(Page.objects.all()))
        assert result.corrected == corrected
        assert [found.title for found in result.found] == ["Sökt"]

    @pytest.mark.parametrize("query", ["upphandling", "upphandlingar", "upphandl", "fotboll", "tillsyn", "upp", "2024"])
    def test_a_word_that_finds_something_or_is_swedish_is_left_as_it_stands(self, query: str) -> None:
        ResourcePageFactory(title="Om upphandling", body=body("<p>upphandlingar, tillsyner och fotbojor</p>"))
        assert search(query, on_display(Page.objects.all())).corrected == ""

    def test_a_word_of_a_draft_or_a_withdrawn_page_is_never_suggested(self, django_capture_on_commit_callbacks) -> None:
        ResourcePageFactory(title="Utkast", draft=True, body=body("<p>hemlighetsmakeri</p>"))
        page = ResourcePageFactory(title="Sida", body=body("<p>spårlösheten</p>"))
        with django_capture_on_commit_callbacks(execute=True):
            page.unpublish()
        for query in ("hemlighetsmakkeri", "spårlösheeten"):
            assert search(query, on_display(Page.objects.all())).corrected == ""
