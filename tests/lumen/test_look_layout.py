"""The layout and the pages that stand on it alone: the errors."""

import re
from types import SimpleNamespace

import html5lib
import pytest
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import reverse
from django.views.defaults import bad_request, server_error

from tests.factories.contacts import PersonFactory

ERROR_PAGES = ("400.html", "403.html", "403_csrf.html", "404.html", "429.html", "500.html")


def request_to(path: str, user=None):
    request = RequestFactory().get(path)
    request.user = user or AnonymousUser()
    return request


@pytest.mark.parametrize("template", ERROR_PAGES)
def test_an_error_page_is_valid_html_with_one_heading_and_a_way_on(template):
    html = render_to_string(template, request=request_to("/fel/"))

    html5lib.HTMLParser(strict=True).parse(html)
    assert html.count("<h1") == 1
    assert '<html lang="sv"' in html
    main = html.split("<main", 1)[1].split("</main>", 1)[0]
    assert 'href="/"' in main


@pytest.mark.parametrize("view", [server_error, lambda request: bad_request(request, Exception())])
def test_the_pages_that_django_renders_without_a_request_stand_by_themselves(view):
    response = view(RequestFactory().get("/"))
    assert "LUMEN" in response.content.decode()
    assert "Logga in" in response.content.decode()


@pytest.mark.django_db
def test_the_layout_asks_the_database_nothing_for_an_anonymous_reader(django_assert_num_queries):
    with django_assert_num_queries(0):
        render_to_string("404.html", request=request_to("/material/"))


@pytest.mark.django_db
def test_an_unknown_address_answers_404_in_swedish(client):
    response = client.get("/finns-inte/")
    assert response.status_code == 404
    assert "Sidan finns inte" in response.content.decode()


@pytest.mark.django_db
def test_a_form_without_its_token_is_explained_in_swedish():
    response = Client(enforce_csrf_checks=True).post("/konto/login/code/", {"email": "kim@nacka.example"})
    assert response.status_code == 403
    assert "Formuläret hann bli för gammalt" in response.content.decode()


@pytest.mark.parametrize(
    ("path", "current"),
    [("/material/", "Material"), ("/moten/tredje-motet/", "Möten"), ("/om-lumen/", "Om LUMEN"), ("/sok/", None)],
)
def test_the_navigation_tells_where_one_is(path, current):
    html = render_to_string("404.html", request=request_to(path))
    marked = re.findall(r'aria-current="true">([^<]+)', html)
    assert marked == ([current, current] if current else [])  # the menu of the phone and that of the desktop


@pytest.mark.django_db
@pytest.mark.parametrize(("editor", "shown"), [(True, True), (False, False)])
def test_only_who_may_enter_sees_the_way_to_the_editors_tools(editor, shown):
    html = render_to_string("404.html", request=request_to("/", PersonFactory(editor=editor)))
    assert ("Redaktion" in html) is shown
    assert "Min sida" in html
    assert "Logga ut" in html


@pytest.mark.django_db
def test_logging_out_from_the_layout_is_a_post(client):
    client.force_login(PersonFactory())
    client.post(reverse("account_logout"))
    assert "_auth_user_id" not in client.session


def test_the_title_of_a_page_ends_with_the_sites_name():
    html = render_to_string("404.html", request=request_to("/"))
    title = re.search(r"<title>(.*?)</title>", html, re.S)
    assert title and " ".join(title[1].split()) == "Sidan finns inte | LUMEN"


def test_a_page_with_a_title_of_its_own_for_search_engines_uses_it():
    page = SimpleNamespace(seo_title="För sökmotorer", title="Titel", search_description="", lead="Ingressen.")
    html = render_to_string("base.html", {"page": page}, request=request_to("/"))
    assert "För sökmotorer | LUMEN" in html
    assert 'content="Ingressen."' in html


def test_u23_the_search_stands_once_and_outside_the_menu() -> None:
    html = render_to_string("404.html", request=request_to("/fel/"))
    header = html.partition('<header class="site-header"')[2].partition("</header>")[0]
    menu = header.partition("<details")[2].partition("</details>")[0]
    assert header.count('role="search"') == 1
    assert 'role="search"' not in menu
    assert "js/menu.js" in html


def test_u25_the_layout_follows_the_readers_colour_scheme() -> None:
    html = render_to_string("404.html", request=request_to("/fel/"))
    assert '<html lang="sv" data-color-scheme="auto">' in html
    for scheme in ("light", "dark"):
        assert re.search(rf'name="theme-color"[^>]*media="\(prefers-color-scheme: {scheme}\)"', html)
