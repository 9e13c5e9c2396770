"""K21: the password of a private page and of a collection's documents, in Swedish and with a limit."""

import html5lib
import pytest
from django.test import Client
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from resources.models import ResourceFile
from tests.factories.resources import DocumentFactory, ResourcePageFactory

pytestmark = pytest.mark.django_db

PASSWORD = "hemligt-ord"


@pytest.fixture
def page() -> tuple[str, str]:
    """A private page's address, and where its password is sent."""
    private = ResourcePageFactory(title="Bara för oss")
    restriction = PageViewRestriction.objects.create(page=private, restriction_type="password", password=PASSWORD)
    return private.url, f"/_util/authenticate_with_password/{restriction.pk}/{private.pk}/"


@pytest.fixture
def document() -> tuple[str, str]:
    collection = Collection.get_first_root_node().add_child(name="Privat")
    private = DocumentFactory(collection=collection)
    ResourcePageFactory(files=[ResourceFile(document=private)])
    restriction = CollectionViewRestriction.objects.create(
        collection=collection, restriction_type="password", password=PASSWORD
    )
    return private.url, f"/dokument/authenticate_with_password/{restriction.pk}/"


@pytest.fixture(params=["page", "document"])
def private(request: pytest.FixtureRequest) -> tuple[str, str]:
    return request.getfixturevalue(request.param)


def ask(client: Client, private: tuple[str, str], password: str):
    return client.post(private[1], {"password": password, "return_url": private[0]})


def test_k21_it_is_asked_for_in_swedish_in_our_look(client: Client, private: tuple[str, str]) -> None:
    html = client.get(private[1]).content.decode()
    html5lib.HTMLParser(strict=True).parse(html)
    assert "<h1" in html
    assert "Lösenord behövs" in html
    assert "site-header" in html
    assert "Bara för oss" not in html


def test_k21_a_private_page_asks_for_it_at_its_own_address(client: Client, page: tuple[str, str]) -> None:
    assert "Lösenord behövs" in client.get(page[0]).content.decode()


def test_k21_the_right_one_lets_in_and_a_wrong_one_is_told(client: Client, private: tuple[str, str]) -> None:
    html = ask(client, private, "fel").content.decode()
    assert 'id="id_password_error"' in html
    assert "not correct" not in html
    assert ask(client, private, PASSWORD)["Location"] == private[0]


def test_k21_whoever_has_given_it_sees_the_page(client: Client, page: tuple[str, str]) -> None:
    ask(client, page, PASSWORD)
    assert "Bara för oss" in client.get(page[0]).content.decode()


def test_k21_sixty_guesses_are_stopped_even_if_one_is_right(client: Client, private: tuple[str, str]) -> None:
    answers = [ask(client, private, f"gissning-{number}").status_code for number in range(60)]
    assert answers[0] == 200
    assert answers[-1] == 429
    assert answers.count(200) <= 20
    refused = ask(client, private, PASSWORD)
    assert refused.status_code == 429
    assert "Det blev för många försök" in refused.content.decode()


def test_k21_another_visitor_still_gets_in(client: Client, private: tuple[str, str]) -> None:
    for number in range(60):
        ask(client, private, f"gissning-{number}")
    other = Client(REMOTE_ADDR="192.0.2.9")
    assert ask(other, private, PASSWORD).status_code == 302


def test_k21_a_whole_office_behind_one_address_gets_in(private: tuple[str, str]) -> None:
    assert {ask(Client(), private, PASSWORD).status_code for _ in range(60)} == {302}


def test_k21_one_page_does_not_use_up_the_tries_of_another(client: Client, page, document) -> None:
    for number in range(60):
        ask(client, page, f"gissning-{number}")
    assert ask(client, document, PASSWORD).status_code == 302


def test_k21_it_never_leads_to_another_site(client: Client, private: tuple[str, str]) -> None:
    answer = client.post(private[1], {"password": PASSWORD, "return_url": "https://evil.example/"})
    assert answer["Location"] == "/min-sida/"
