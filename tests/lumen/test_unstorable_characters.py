"""Characters and numbers that PostgreSQL cannot store, in every address that a visitor may ask for."""

import re

import pytest
from django.test import Client

from contacts.models import ContactPerson
from tests.factories.contacts import ContactPersonFactory, PersonFactory
from tests.factories.meetings import MeetingPageFactory
from tests.factories.resources import ResourcePageFactory, StandardPageFactory, ThemePageFactory, site_tree
from tests.routes import filled_in, has_argument, public_routes, routes
from tests.write_paths.public import addresses

pytestmark = [pytest.mark.django_db, pytest.mark.databases]
STRANGE = ["a%00b", "%ED%A0%80", "%FF", "%E2%80%AE😀", "a" * 3_000]
NUMBERS = ["2147483648", "9223372036854775808", "9" * 5_000]
LOGIN = ("login", "login/code", "password/reset", "reauthenticate")
PARAMETERS = [
    *("q", "sida", "typ", "tema", "del", "sektor", "omrade", "form", "malgrupp", "niva", "slag", "avsandare", "lan"),
    *("k", "next", "med", "sort", "ar", "p", "page", "id", "key", "sparat", "visa"),
]


@pytest.fixture
def visitor(client: Client) -> Client:
    """A browser that tells an error of the server by its status."""
    client.raise_request_exception = False
    return client


@pytest.fixture
def role() -> ContactPerson:
    site_tree()
    MeetingPageFactory()
    ResourcePageFactory()
    StandardPageFactory()
    ThemePageFactory()
    return ContactPersonFactory()


def test_k17_no_argument_of_an_address_makes_an_error(visitor: Client, role: ContactPerson) -> None:
    routes = [route for route in public_routes() if has_argument(route)]
    assert len(routes) > 20
    for route in routes:
        for strange in STRANGE + NUMBERS:
            assert visitor.get(filled_in(route, strange)).status_code < 500, route
        assert visitor.get(filled_in(route, "1", "a%00b")).status_code < 500, route
        assert visitor.post(filled_in(route, "a%00b")).status_code < 500, route
    visitor.force_login(role.person)
    for route in routes:
        if route.startswith("/min-sida/"):
            for value in ("a%00b", *NUMBERS):
                for path in (filled_in(route, value), filled_in(route, "mote", value)):
                    assert visitor.get(path).status_code < 500, route
                    assert visitor.post(path).status_code < 500, route


def test_k17_nothing_below_a_page_makes_an_error(visitor: Client, role: ContactPerson) -> None:
    for address in {each.partition("?")[0] for each in addresses()}:
        for strange in STRANGE[:3]:
            assert visitor.get(f"{address}{strange}/").status_code < 500, address


def test_k17_no_parameter_of_an_address_makes_an_error(visitor: Client, role: ContactPerson) -> None:
    visitor.force_login(role.person)
    asked = {each.partition("?")[0] for each in addresses()} | {"/min-sida/", "/konto/login/", "/konto/login/code/"}
    for address in asked:
        for strange in (*STRANGE[1:3], NUMBERS[1]):
            query = "&".join(f"{name}={strange}" for name in PARAMETERS)
            assert visitor.get(f"{address}?{query}").status_code < 500, (address, strange)
            assert visitor.get(f"{address}?{strange}").status_code < 500, (address, strange)


@pytest.mark.parametrize(
    "path", ["/bilder/%00", "/material/%00/", "/sok/?q=%00", "/sok/?%00=1", "/moten/tema/a%00/kalender.ics", "/%00"]
)
def test_k17_the_answer_is_that_there_is_no_such_page(visitor: Client, role: ContactPerson, path: str) -> None:
    response = visitor.get(path)
    assert response.status_code == 404
    assert "Sidan finns inte" in response.content.decode()
    assert response.headers["Content-Security-Policy"]


def test_k17_a_cookie_with_such_a_character_is_no_cookie(visitor: Client, role: ContactPerson) -> None:
    for name in ("sessionid", "csrftoken", "messages", "__Host-sessionid"):
        for value in (r'"\\000aaaaaaaaa"', r'"\\000"'):
            visitor.cookies.load(f"{name}={value}")
            visitor.cookies[name].set(name, "\0aaaaaaaaaaaa", value.replace("\\\\", "\\"))
            assert visitor.get("/min-sida/").status_code < 500
            assert visitor.get("/").status_code == 200
            assert visitor.post("/konto/login/code/", {"email": "a@b.se"}).status_code < 500


@pytest.mark.parametrize("strange", ["\0", "a\0b", "\ud800", "\ufffe"])
def test_k17_no_field_of_a_form_makes_an_error(visitor: Client, role: ContactPerson, strange: str) -> None:
    visitor.force_login(role.person)
    typed = dict.fromkeys(("email", "login", "password", "name", "title", "phone", "organisation", "next"), strange)
    body = "&".join(f"{name}={value}" for name, value in typed.items()).encode("utf-8", "surrogatepass")
    for address in ("/min-sida/uppgifter/", "/min-sida/ersattare/", *(f"/konto/{name}/" for name in LOGIN)):
        for kind in ("", "; charset=utf-7", "; charset=utf-16"):
            response = visitor.generic("POST", address, body, f"application/x-www-form-urlencoded{kind}")
            assert response.status_code < 500, (address, kind)
        visitor.force_login(role.person)


@pytest.mark.parametrize("number", ["2147483648", "99999999999999999999", "9" * 1500])
def test_k17_a_number_that_no_row_has_is_not_found_at_any_address(client: Client, number: str) -> None:
    client.force_login(PersonFactory(editor=True))
    numbered = [re.sub(r"<[^<>]+>", number, path) for path in routes() if "<" in path]
    assert len(numbered) > 100
    answers = {path: client.get(path).status_code for path in numbered if f"/{number}/" in path}
    assert set(answers.values()) == {404}
