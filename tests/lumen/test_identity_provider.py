"""Staff log in by the authority's own identity service, tried against one on this machine."""

from collections.abc import Iterator
from typing import Any

import html5lib
import pytest
from allauth.socialaccount.models import SocialAccount, SocialToken
from cryptography.hazmat.primitives.asymmetric import rsa
from django.http import HttpResponse
from django.test import Client

from contacts.actions import change_person
from contacts.models import Person
from tests.accounts import app_code, give_second_factor
from tests.factories.contacts import PersonFactory
from tests.factories.resources import site_tree
from tests.identity_provider import CLIENT_ID, IdentityProvider, running

pytestmark = pytest.mark.django_db

LOG_IN = "/konto/oidc/myndighet/login/"
CALLBACK = f"{LOG_IN}callback/"


@pytest.fixture
def provider(settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[IdentityProvider]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with running() as service:
        settings.SOCIALACCOUNT_PROVIDERS = service.settings
        settings.OIDC_NAME, settings.OIDC_CLIENT_ID = "Socialstyrelsens", CLIENT_ID
        settings.STAFF_MFA_REQUIRED = settings.OIDC_MFA = True
        yield service


@pytest.fixture
def editor() -> Person:
    site_tree()
    return PersonFactory(editor=True, email="rut@lumen.example")


def log_in(client: Client, provider: IdentityProvider, **query: str) -> HttpResponse:
    """Follow the button, log in at the service, and come back."""
    back = provider.log_in(client.get(LOG_IN, query)["Location"])
    return client.get(CALLBACK, back)


def is_logged_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def reaches_the_admin(client: Client) -> bool:
    return client.get("/admin/").status_code == 200


def page(response: HttpResponse) -> str:
    html = response.content.decode()
    html5lib.HTMLParser(strict=True).parse(html)
    return html


@pytest.mark.parametrize("path", ["/konto/login/", "/konto/login/code/"])
def test_the_button_stands_on_the_log_in_page_and_keeps_the_way(client: Client, provider, path: str) -> None:
    html = page(client.get(path, {"next": "/admin/mejl/?q=a&b"}))
    assert f'href="{LOG_IN}?next=%2Fadmin%2Fmejl%2F%3Fq%3Da%26b"' in html
    assert "Logga in med Socialstyrelsens konto" in html


@pytest.mark.parametrize("path", ["/konto/login/", "/konto/login/code/"])
def test_without_the_settings_there_is_neither_button_nor_address(client: Client, path: str) -> None:
    site_tree()
    assert "/konto/oidc/" not in page(client.get(path))
    assert client.get(LOG_IN).status_code == client.get(CALLBACK).status_code == 404


def test_an_editor_comes_in_by_the_verified_address_whatever_its_letters(
    client: Client, provider: IdentityProvider, editor: Person
) -> None:
    provider.person["email"] = "Rut@LUMEN.example"
    assert log_in(client, provider, next="/admin/pages/")["Location"] == "/admin/pages/"
    assert reaches_the_admin(client)


def test_it_never_leads_to_another_site(client: Client, provider: IdentityProvider, editor: Person) -> None:
    assert log_in(client, provider, next="https://evil.example/")["Location"] == "/min-sida/"


@pytest.mark.parametrize(
    "said",
    [
        {"email": "okand@lumen.example"},
        {"email_verified": False},
        {"email_verified": "true"},
        {"email_verified": None},
        {"email": None},
        {"email": ["rut@lumen.example"]},
    ],
)
def test_nobody_else_comes_in_and_nobody_is_created(
    client: Client, provider: IdentityProvider, editor: Person, said: dict[str, Any]
) -> None:
    provider.person |= said
    response = log_in(client, provider)
    assert response.status_code == 403
    assert "Vi hittar dig inte" in page(response)
    assert not is_logged_in(client)
    assert list(Person.objects.all()) == [editor]


def test_nor_does_a_person_who_may_not_log_in(client: Client, provider: IdentityProvider, editor: Person) -> None:
    Person.objects.update(is_active=False)
    assert log_in(client, provider).status_code == 403
    assert not is_logged_in(client)


@pytest.mark.parametrize("token", [{"aud": "annan-klient"}, {"iss": "https://evil.example"}, {"exp": 1}, {"sub": "18"}])
def test_a_token_for_another_client_service_time_or_person_is_refused(
    client: Client, provider: IdentityProvider, editor: Person, token: dict[str, Any]
) -> None:
    provider.token = token
    assert log_in(client, provider).status_code in (401, 403)
    assert not is_logged_in(client)


@pytest.mark.parametrize(
    ("key", "method"),
    [
        (rsa.generate_private_key(public_exponent=65537, key_size=2048), "RS256"),
        (None, "none"),
        ("en hemlighet som delas av båda, och lång nog", "HS256"),
    ],
    ids=["another key", "no signature", "a shared secret"],
)
def test_a_token_that_the_service_has_not_signed_is_refused(
    client: Client, provider: IdentityProvider, editor: Person, key: Any, method: str
) -> None:
    provider.key, provider.method = key, method
    assert log_in(client, provider).status_code == 401
    assert not is_logged_in(client)


def test_a_service_with_another_name_than_the_setting_is_refused(
    client: Client, provider: IdentityProvider, editor: Person
) -> None:
    provider.name = "https://evil.example"
    assert log_in(client, provider).status_code == 401
    assert not is_logged_in(client)


def test_an_answer_that_nobody_asked_for_is_refused(client: Client, provider: IdentityProvider, editor: Person) -> None:
    back = provider.log_in(client.get(LOG_IN)["Location"])
    other = Client()
    response = other.get(CALLBACK, back)
    assert response.status_code == 401
    assert "Inloggningen gick inte" in page(response)
    assert not is_logged_in(other)
    assert client.get(CALLBACK, {**back, "code": "en-annan"}).status_code == 401
    assert not is_logged_in(client)


def test_a_cancelled_log_in_leads_back(client: Client, provider: IdentityProvider, editor: Person) -> None:
    back = provider.log_in(client.get(LOG_IN)["Location"])
    response = client.get(CALLBACK, {"error": "access_denied", "state": back["state"]}, follow=True)
    assert "Du avbröt inloggningen" in page(response)


def test_a_service_that_is_away_is_told(client: Client, provider: IdentityProvider, settings, editor: Person) -> None:
    back = provider.log_in(client.get(LOG_IN)["Location"])
    settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]["settings"]["server_url"] = "http://127.0.0.1:9"
    for path in (LOG_IN, CALLBACK):
        response = client.get(path, back)
        assert response.status_code == 503
        assert "Inloggningen gick inte" in page(response)


class TestTheSecondFactor:
    def test_the_services_counts_when_the_setting_says_so(
        self, client: Client, provider: IdentityProvider, editor: Person
    ) -> None:
        give_second_factor(editor)
        log_in(client, provider)
        assert reaches_the_admin(client), "and the app's code is not asked for"

    def test_else_ones_own_is_asked_for(
        self, client: Client, provider: IdentityProvider, editor: Person, settings
    ) -> None:
        settings.OIDC_MFA = False
        give_second_factor(editor)
        assert log_in(client, provider)["Location"] == "/konto/2fa/authenticate/"
        assert not is_logged_in(client)
        client.post("/konto/2fa/authenticate/", {"code": app_code()})
        assert reaches_the_admin(client)

    def test_who_has_none_turns_it_on(
        self, client: Client, provider: IdentityProvider, editor: Person, settings
    ) -> None:
        settings.OIDC_MFA = False
        log_in(client, provider)
        assert client.get("/admin/")["Location"] == "/konto/2fa/totp/activate/"

    def test_a_session_from_before_the_setting_was_taken_away_does_not_count(
        self, client: Client, provider: IdentityProvider, editor: Person, settings
    ) -> None:
        log_in(client, provider)
        settings.OIDC_MFA = False
        assert not reaches_the_admin(client)

    @pytest.mark.parametrize(
        ("token", "counts"),
        [
            ({"amr": ["pwd", "mfa"]}, True),
            ({"amr": "mfa"}, True),
            ({"acr": "http://id.elegnamnden.se/loa/1.0/loa3"}, True),
            ({"amr": ["pwd"]}, False),
            ({"amr": "mfa-nästan"}, False),
            ({}, False),
        ],
    )
    def test_it_can_depend_on_what_the_service_says_it_asked_for(
        self, client: Client, provider: IdentityProvider, editor: Person, settings, token: dict[str, Any], counts: bool
    ) -> None:
        settings.OIDC_MFA_CLAIMS = ["mfa", "http://id.elegnamnden.se/loa/1.0/loa3"]
        provider.token = token
        log_in(client, provider)
        assert reaches_the_admin(client) is counts


def test_nothing_that_the_service_says_is_kept_so_a_new_address_lets_nobody_in(
    client: Client, provider: IdentityProvider, editor: Person
) -> None:
    log_in(client, provider)
    assert not SocialAccount.objects.exists()
    assert not SocialToken.objects.exists()
    change_person(person=editor, details={"email": "efter@lumen.example"}, by=None)
    assert not reaches_the_admin(client)
    assert log_in(client, provider).status_code == 403


@pytest.mark.parametrize("process", ["connect", "redirect"])
def test_no_account_of_the_service_is_tied_to_ones_own(
    client: Client, provider: IdentityProvider, editor: Person, process: str
) -> None:
    client.force_login(PersonFactory())
    response = log_in(client, provider, process=process, next="/min-sida/")
    assert response.status_code == 403
    assert not SocialAccount.objects.exists()


@pytest.mark.parametrize("path", ["/konto/3rdparty/", "/konto/3rdparty/signup/", "/konto/social/signup/"])
def test_the_pages_for_that_are_closed(client: Client, path: str) -> None:
    site_tree()
    assert client.get(path)["Location"] == "/konto/login/code/"
    assert client.post(path, {"email": "ny@lumen.example"})["Location"] == "/konto/login/code/"
