"""Links that lead to the first page of a site."""

import tomllib
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client

from lumen.demo.pages import whole_links
from resources.bare_addresses import leads_deep
from resources.models import ResourceLink
from tests.factories.contacts import PersonFactory
from tests.factories.resources import ResourcePageFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("address", "deep"),
    [
        ("https://www.exempel.se", False),
        ("https://www.exempel.se/", False),
        ("https://www.exempel.se/rapport", True),
        ("https://www.exempel.se/?id=17", True),
        ("https://www.exempel.se/#rapport", True),
    ],
)
def test_u18_an_address_without_a_path_leads_to_a_first_page(address: str, deep: bool) -> None:
    assert leads_deep(address) is deep


def test_u18_the_desk_asks_about_it_and_stops_nothing(client: Client) -> None:
    client.force_login(PersonFactory(editor=True))
    page = ResourcePageFactory(draft=True, external_url="https://www.exempel.se/", body=[])
    page.links.set([ResourceLink(text="Djup", url="https://www.exempel.se/rapport/17")])
    page.save_revision()
    shown = client.get("/admin/granskning/publicera/", {"page": page.pk})
    html = shown.content.decode()
    assert "https://www.exempel.se/ leder till en startsida." in html
    assert "rapport/17 leder" not in html
    assert not shown.context["pages"][0]["is_stopped"]


def test_u18_the_demos_main_buttons_lead_to_the_material_where_a_source_has_the_address() -> None:
    content = tomllib.loads((settings.BASE_DIR / "lumen/demo/content/resources.toml").read_text())["resource"]
    deep = {entry["slug"] for entry in content for link in whole_links(entry) if leads_deep(link["url"])}
    assert "skr-kort-kurs-om-korruption" in deep
    assert any(link["url"].endswith("klassificering-av-brott") for entry in content for link in whole_links(entry))
    for entry in content:
        if "file" not in entry and not entry["title"].startswith("Exempel"):
            assert entry.get("body"), f"{entry['slug']} has neither a file nor a text of its own"
    assert all(urlsplit(link["url"]).scheme in ("", "https") for entry in content for link in entry.get("links", []))
