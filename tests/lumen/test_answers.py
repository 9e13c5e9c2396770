"""How answers travel: compressed, not sent twice, and never kept where they are somebody's own."""

import gzip

import pytest
from django.test import Client

from tests.factories.contacts import PersonFactory
from tests.factories.meetings import InvitedOrganisationFactory
from tests.factories.resources import ResourcePageFactory

pytestmark = pytest.mark.django_db
PAGES = ("/", "/material/", "/sok/?q=avtal", "/moten/", "/organisationer/", "/sitemap.xml", "/material/feed/")


@pytest.fixture(autouse=True)
def _material() -> None:
    ResourcePageFactory()


@pytest.mark.parametrize("path", PAGES)
def test_o12_a_page_is_compressed(client: Client, path: str) -> None:
    whole = client.get(path)
    small = client.get(path, headers={"accept-encoding": "gzip, br"})
    assert not whole.has_header("Content-Encoding")
    assert small["Content-Encoding"] == "gzip"
    assert gzip.decompress(small.content) == whole.content
    assert "Accept-Encoding" in small["Vary"]


@pytest.mark.parametrize("path", PAGES)
def test_o12_a_page_is_not_sent_again_while_it_is_the_same(client: Client, path: str) -> None:
    first = client.get(path)
    again = client.get(path, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    ResourcePageFactory(title="Avtal som håller")
    if path in ("/material/", "/sok/?q=avtal", "/material/feed/"):
        assert client.get(path, headers={"if-none-match": first["ETag"]}).status_code == 200


@pytest.mark.parametrize("path", PAGES)
def test_o12_caches_may_keep_what_everybody_sees_and_ask_whether_it_is_the_same(client: Client, path: str) -> None:
    answer = client.get(path)
    assert "no-store" not in answer["Cache-Control"] and "private" not in answer["Cache-Control"]
    assert "max-age" in answer["Cache-Control"]
    assert "Cookie" in answer["Vary"] or path.endswith(("feed/", ".xml"))


@pytest.mark.parametrize("path", ["/", "/material/"])
def test_what_somebody_sees_who_is_logged_in_is_no_visitors(client: Client, path: str) -> None:
    client.force_login(PersonFactory())
    assert not client.get(path).has_header("Cache-Control")


def test_a_page_behind_a_personal_link_is_kept_by_no_cache_for_others(client: Client) -> None:
    answer = client.get(InvitedOrganisationFactory().link, follow=True)
    assert answer.status_code == 200
    assert "public" not in answer.get("Cache-Control", "")


def test_a_file_is_sent_as_it_is(client: Client) -> None:
    document = ResourcePageFactory(with_file=True).files.get().document
    answer = client.get(document.url, headers={"accept-encoding": "gzip"})
    assert answer.status_code == 200
    assert not answer.has_header("Content-Encoding")
