"""The handbook in the admin, the ways to it, and the ways between a page and its editor."""

import re
from urllib.parse import unquote

import pytest
from django.test import Client
from django.urls import reverse

from lumen.handbook import chapters, rendered
from tests.factories.contacts import PersonFactory
from tests.factories.meetings import MeetingPageFactory
from tests.factories.resources import ResourcePageFactory, StandardPageFactory
from tests.publishing import DESK, answer_desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(PersonFactory(editor=True))
    return client


def test_u21_every_link_of_the_handbook_leads_somewhere() -> None:
    text = {name: rendered(name) for name in chapters()}
    for name, html in text.items():
        assert "<h1" in html and "<img" not in html, name
        for href in re.findall(r'href="([^"]+)"', html):
            path, _, anchor = unquote(href).partition("#")
            target = path.strip("/").split("/")[-1] if path else name
            if path.startswith("/admin/handbok/") or not path:
                assert not anchor or f'id="{anchor}"' in text[target], f"{name}: {href}"
            else:
                assert not path.endswith(".md"), f"{name}: {href}"


@pytest.mark.parametrize("place", ["/admin/", "/admin/account/", f"{DESK}?page={{page}}"])
def test_u21_the_handbook_is_linked_where_one_needs_it(editor: Client, place: str) -> None:
    page = ResourcePageFactory(draft=True)
    page.save_revision()
    html = editor.get(place.format(page=page.pk)).content.decode()
    assert "/admin/handbok/" in html


def test_u21_the_handbook_is_read_in_the_admin_and_an_unknown_chapter_is_no_page(editor: Client) -> None:
    html = editor.get(reverse("handbook", args=["3-moten"])).content.decode()
    assert "Ändra tid eller plats" in html
    assert editor.get(reverse("handbook", args=["finns-inte"])).status_code == 404


def test_u21_who_may_change_a_page_goes_from_it_to_the_editor(editor: Client) -> None:
    page = ResourcePageFactory()
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert f'href="{edit}"' in editor.get(page.url).content.decode()
    for other in (Client(), Client()):
        assert edit not in other.get(page.url).content.decode()
    contact = Client()
    contact.force_login(PersonFactory())
    assert edit not in contact.get(page.url).content.decode()
    assert "Redigera sidan" not in editor.get("/sok/", {"q": "avtal"}).content.decode(), "it is no page"


@pytest.mark.parametrize(
    ("made", "lands"),
    [
        (ResourcePageFactory, "/admin/material/"),
        (MeetingPageFactory, "/admin/moten/"),
        (StandardPageFactory, "/admin/pages/"),
    ],
)
def test_u21_after_publishing_one_lands_in_the_pages_own_list(editor: Client, made: type, lands: str) -> None:
    page = made(draft=True)
    page.save_revision()
    response = answer_desk(editor, f"{DESK}?page={page.pk}")
    assert response.status_code == 302
    assert response.url.startswith(lands)
