"""Words that mean the same: the editors' list, and what it does to a search."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from wagtail.models import Page

from resources.models import Synonym
from resources.models.body_page import on_display
from resources.search.finding import search
from resources.search.words import sought_words
from tests.factories.resources import ResourcePageFactory, body

pytestmark = [pytest.mark.django_db, pytest.mark.databases]


def titles(query: str) -> list[str]:
    return [found.title for found in search(query, on_display(Page.objects.all())).found]


def page_about(text: str) -> None:
    ResourcePageFactory(title="Sökt", lead="x", body=body(f"<p>{text}</p>"))


def test_the_list_starts_with_the_words_of_the_sector() -> None:
    assert Synonym.objects.count() >= 500
    for phrase in (
        "FUT",
        "SoL",
        "LSS",
        "LOU",
        "LOV",
        "OSL",
        "GDPR",
        "HVB",
        "SÄBO",
        "IVO",
        "RUC",
        "EBO",
        "muta",
        "fusk",
    ):
        row = Synonym.objects.get(phrase=phrase)
        row.full_clean()


def test_each_row_of_the_start_list_says_something() -> None:
    for row in Synonym.objects.all():
        row.clean()
        assert all(sought_words(other) for other in row.others), row


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("felaktiga utbetalningar", "FUT"),
        ("felaktig utbetalning", "fut-arbete"),
        ("korruption", "mutor"),
        ("särskilda boenden", "säbo"),
        ("sabo", "SÄBO"),
        ("förskrivare", "läkarna"),
        ("fysioterapeuter", "sjukgymnast"),
        ("skyddade personuppgifter", "hemlig adress"),
        ("anhöriga", "min dotter"),
    ],
)
def test_a_synonym_of_the_start_list_is_found(text: str, query: str) -> None:
    page_about(text)
    assert "Sökt" in titles(query)


def test_a_synonym_answers_alone_but_tells_less_than_the_word_in_a_longer_query() -> None:
    page_about("förskrivare")
    assert not search("läkare", on_display(Page.objects.all())).are_weak
    assert search("läkare flodhäst", on_display(Page.objects.all())).are_weak


def test_a_synonym_works_at_once_and_both_ways() -> None:
    page_about("flodhästen i Kolmården")
    assert titles("hippo") == []
    Synonym.objects.create(phrase="hippo", means="flodhäst; stort vattendjur")
    assert titles("hippo") == ["Sökt"]
    assert titles("ett stort vattendjur") == ["Sökt"]


def test_one_that_goes_one_way_is_not_found_the_other_way() -> None:
    page_about("flodhästen")
    Synonym.objects.create(phrase="flodhäst", means="hippo", both_ways=False)
    assert titles("hippo") == []


def test_the_word_itself_comes_before_its_synonym() -> None:
    ResourcePageFactory(title="A", lead="x", body=body("<p>bestickning</p>"))
    ResourcePageFactory(title="B", lead="x", body=body("<p>mutor</p>"))
    assert titles("muta")[:2] == ["B", "A"]


def test_a_phrase_needs_all_its_words() -> None:
    page_about("felaktiga uppgifter")
    assert titles("FUT") == []


def test_a_hit_tells_the_synonym_by_which_it_was_found(client: Client) -> None:
    Synonym.objects.create(phrase="hippo", means="flodhäst")
    page_about("flodhästen")
    html = client.get("/sok/?q=hippo").content.decode()
    assert "”hippo” söks också som ”flodhäst”" in html
    assert "<mark>flodhästen</mark>" in html


@pytest.mark.parametrize(("phrase", "means"), [("och", "hund"), ("hund", "och; att"), ("hund", " ; ")])
def test_words_that_nobody_can_search_for_are_refused(phrase: str, means: str) -> None:
    with pytest.raises(ValidationError):
        Synonym(phrase=phrase, means=means).full_clean()


def test_a_number_that_points_somebody_out_is_refused() -> None:
    with pytest.raises(ValidationError):
        Synonym(phrase="hund", means="19811228-9874").full_clean()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("phrase", "means", "field"),
    [("SNURRFAKTURA", "hemtjänst", "phrase"), (" snurrfaktura ", "hemtjänst", "phrase"), ("bluff", "Bluff", "means")],
)
def test_a_word_is_kept_once_however_its_capitals_are_and_not_for_itself(phrase: str, means: str, field: str) -> None:
    Synonym.objects.create(phrase="snurrfaktura", means="bluffaktura")
    with pytest.raises(ValidationError) as refused:
        Synonym(phrase=phrase, means=means).full_clean()
    assert field in refused.value.message_dict
