"""What search engines are told."""

from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

import pytest
from django.test import Client
from wagtail.models import PageViewRestriction

from lumen import search_engines
from tests.factories.resources import site_tree

pytestmark = pytest.mark.django_db
LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


@pytest.fixture(autouse=True)
def _address(settings) -> None:
    settings.BASE_URL = "https://lumen.example"


def test_crawlers_may_read_what_is_public_and_nothing_that_is_somebodys(client: Client) -> None:
    response = client.get("/robots.txt")
    rules = RobotFileParser()
    rules.parse(response.content.decode().splitlines())
    for path in ("/", "/material/", "/moten/", "/organisationer/"):
        assert rules.can_fetch("*", path), path
    for path in (
        "/admin/",
        "/konto/login/",
        "/min-sida/",
        "/moten/anmalan/x/",
        "/moten/deltagare/x/",
        "/utkast/x/",
        "/utskick/x/",
    ):
        assert not rules.can_fetch("*", path), path
    assert rules.site_maps() == ["https://lumen.example/sitemap.xml"]


def test_o11_a_large_map_is_divided(client: Client, monkeypatch) -> None:
    site_tree()
    whole = {row.text for row in ElementTree.fromstring(client.get("/sitemap.xml").content).iter(LOC)}
    monkeypatch.setattr(search_engines, "PAGES_IN_PART", 5)
    parts = [row.text for row in ElementTree.fromstring(client.get("/sitemap.xml").content).iter(LOC)]
    assert len(parts) > 1
    listed = []
    for part in parts:
        found = ElementTree.fromstring(client.get(part.removeprefix("https://lumen.example")).content)
        assert found.tag.endswith("urlset")
        listed += [row.text for row in found.iter(LOC)]
    assert sorted(listed) == sorted(whole)


def test_the_map_lists_public_pages_by_the_fixed_address(client: Client) -> None:
    tree = site_tree()
    hidden, private = list(tree.parts.values())[:2]
    hidden.unpublish()
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)

    response = client.get("/sitemap.xml")
    assert response["Content-Type"].startswith("application/xml")
    addresses = {row.text for row in ElementTree.fromstring(response.content).iter(LOC)}
    for path in ("/", "/material/", "/organisationer/"):
        assert f"https://lumen.example{path}" in addresses
    for page in (hidden, private):
        assert f"https://lumen.example{page.get_url()}" not in addresses
