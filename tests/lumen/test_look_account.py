"""Log-in and security, from the form to the mail, in Swedish."""

import re

import html5lib
import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.urls import reverse

from outbox.models import OutgoingMail
from tests.factories.contacts import PersonFactory

pytestmark = pytest.mark.django_db

REQUEST, CONFIRM = "/konto/login/code/", "/konto/login/code/confirm/"
PASSWORD = "ett-langt-losenord-1"


@pytest.fixture(autouse=True)
def _our_mail_and_fresh_limits(settings):
    settings.EMAIL_BACKEND = "outbox.backends.OutboxBackend"  # the test runner puts its own in the way
    cache.clear()


@pytest.fixture
def editor():
    person = PersonFactory(editor=True, email="rut@lumen.example", name="Rut Redaktör")
    person.set_password(PASSWORD)
    person.save()
    return person


def last_mail() -> OutgoingMail:
    return OutgoingMail.objects.latest("pk")


def mailed_code() -> str:
    code = re.search(r"^\d{6}$", last_mail().text, re.M)
    assert code, last_mail().text
    return code[0]


def page(response) -> str:
    html = response.content.decode()
    html5lib.HTMLParser(strict=True).parse(html)
    assert html.count("<h1") == 1
    return html


def totp(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def test_a_contact_person_logs_in_by_a_code_and_comes_to_their_page(client):
    PersonFactory(email="kim@nacka.example", name="Kim Kontakt")
    page(client.get(REQUEST))

    html = page(client.post(REQUEST, {"email": "kim@nacka.example"}, follow=True))
    assert "kim@nacka.example" in html
    assert 'autocomplete="one-time-code"' in html
    assert 'inputmode="numeric"' in html

    response = client.post(CONFIRM, {"code": mailed_code()})
    assert response.url == "/min-sida/"


def test_after_log_in_one_comes_to_the_page_one_was_on_the_way_to(client):
    PersonFactory(email="kim@nacka.example")
    client.post(REQUEST, {"email": "kim@nacka.example", "next": "/min-sida/uppgifter/"})
    response = client.post(CONFIRM, {"code": mailed_code(), "next": "/min-sida/uppgifter/"})
    assert response.url == "/min-sida/uppgifter/"


def test_log_in_never_leads_to_another_site(client):
    PersonFactory(email="kim@nacka.example")
    client.post(REQUEST, {"email": "kim@nacka.example", "next": "//evil.example/"})
    response = client.post(CONFIRM, {"code": mailed_code(), "next": "//evil.example/"})
    assert response.url == "/min-sida/"


def test_known_and_unknown_addresses_get_the_same_page(client):
    PersonFactory(email="kim@nacka.example")
    pages = []
    for address in ("kim@nacka.example", "ada@nacka.example"):
        client.cookies.clear()
        response = client.post(REQUEST, {"email": address}, follow=True)
        html = page(response).replace(address, "ADRESS")
        pages.append((response.redirect_chain, re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", html)))
    assert pages[0] == pages[1]


def test_an_unknown_address_gets_a_friendly_mail(client):
    client.post(REQUEST, {"email": "ada@nacka.example"})
    mail = last_mail()
    assert mail.recipient == "ada@nacka.example"
    assert "Det finns ingen kontaktperson" in mail.text
    assert "/konto/signup/" not in mail.text


def test_the_mail_with_the_code_says_how_long_it_holds_and_keeps_it_out_of_the_subject(client, settings):
    PersonFactory(email="kim@nacka.example")
    client.post(REQUEST, {"email": "kim@nacka.example"})
    mail = last_mail()
    assert mail.subject == "Din kod till LUMEN"
    assert f"{settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT // 60} minuter" in mail.text
    assert settings.BASE_URL in mail.text
    assert mail.sensitive
    assert mail.urgent


def test_a_wrong_code_is_told_by_the_field_and_another_can_be_asked_for(client):
    PersonFactory(email="kim@nacka.example")
    client.post(REQUEST, {"email": "kim@nacka.example"})
    code = mailed_code()
    wrong = "000000" if code != "000000" else "111111"

    html = page(client.post(CONFIRM, {"code": wrong}))
    assert "Koden stämmer inte" in html
    assert 'id="id_code_error"' in html

    html = page(client.post(CONFIRM, {"action": "resend"}, follow=True))
    assert "Vi har skickat en ny kod" in html
    assert OutgoingMail.objects.filter(recipient="kim@nacka.example").count() == 2

    html = page(client.post(CONFIRM, {"action": "resend"}, follow=True))
    assert "Vänta en stund" in html
    assert 'value="resend"' not in html
    assert client.post(CONFIRM, {"code": mailed_code()}).url == "/min-sida/"


@pytest.mark.parametrize("address", ["e" * 65 + "@nacka.example", "e@" + "a." * 130 + "example"])
def test_an_address_that_no_server_takes_is_refused(client, address):
    html = page(client.post(REQUEST, {"email": address}))
    assert 'id="id_email_error"' in html
    assert not OutgoingMail.objects.exists()


def test_three_wrong_codes_are_enough(client):
    PersonFactory(email="kim@nacka.example")
    client.post(REQUEST, {"email": "kim@nacka.example"})
    code = mailed_code()
    for _ in range(3):
        client.post(CONFIRM, {"code": "x"})
    assert client.post(CONFIRM, {"code": code}).url == REQUEST
    assert "_auth_user_id" not in client.session


def test_a_person_who_may_not_log_in_gets_no_code(client):
    PersonFactory(email="kim@nacka.example", is_active=False)
    client.post(REQUEST, {"email": "kim@nacka.example"})
    assert not re.search(r"^\d{6}$", last_mail().text, re.M)


def test_an_editor_may_log_in_with_a_password(client, editor):
    html = page(client.get("/konto/login/?next=/admin/"))
    assert "Skicka en kod till min e-post" in html

    response = client.post("/konto/login/", {"login": editor.email, "password": PASSWORD, "next": "/admin/"})
    assert response.url == "/admin/"


def test_a_wrong_password_is_told_without_saying_which_of_the_two_is_wrong(client, editor):
    answers = [
        page(client.post("/konto/login/", {"login": address, "password": "fel"}))
        for address in (editor.email, "ada@nacka.example")
    ]
    assert all("E-postadressen eller lösenordet stämmer inte." in html for html in answers)


def test_nobody_signs_up(client):
    html = page(client.get("/konto/signup/"))
    assert "Så får du ett konto" in html
    client.post("/konto/signup/", {"email": "ada@nacka.example", "password1": PASSWORD})
    assert not OutgoingMail.objects.exists()
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("path", ["/konto/email/", "/konto/confirm-email/", "/konto/confirm-email/abc:def/"])
def test_an_address_is_changed_by_the_editors_only(client, path):
    client.force_login(PersonFactory())
    assert client.get(path).url == REQUEST
    assert client.post(path, {"action_add": "", "email": "ny@nacka.example"}).status_code == 302
    assert not OutgoingMail.objects.exists()


def test_a_forgotten_password_is_chosen_anew_by_a_link_from_the_fixed_address(client, editor, settings):
    settings.BASE_URL = "https://lumen.example"
    client.post("/konto/password/reset/", {"email": editor.email})
    link = re.search(r"https://lumen\.example(/konto/password/reset/key/\S+)", last_mail().text)
    assert link

    form = client.get(link[1]).url
    page(client.get(form))
    client.post(form, {"password1": "ett-annat-losenord-2", "password2": "ett-annat-losenord-2"})
    editor.refresh_from_db()
    assert editor.check_password("ett-annat-losenord-2")
    assert last_mail().subject == "Ditt lösenord till LUMEN är bytt"

    assert "Länken gäller inte längre" in page(client.get(link[1], follow=True))


def test_a_former_address_lets_nobody_in(client, editor):
    client.post("/konto/password/reset/", {"email": editor.email})
    link = re.search(r"/konto/password/reset/key/\S+", last_mail().text)
    editor.email = "rut.ny@lumen.example"
    editor.save()

    client.post(REQUEST, {"email": "rut@lumen.example"})
    assert "Det finns ingen kontaktperson" in last_mail().text
    assert "Länken gäller inte längre" in page(client.get(link[0], follow=True))


@pytest.mark.django_db(transaction=True)  # allauth tells of the change once it is committed
def test_two_steps_are_switched_on_asked_for_and_switched_off(client):
    person = PersonFactory(editor=True, email="ada@lumen.example")
    client.post(REQUEST, {"email": person.email})
    client.post(CONFIRM, {"code": mailed_code()})
    assert "Slå på tvåstegsinloggning" in page(client.get("/konto/2fa/"))

    html = page(client.get("/konto/2fa/totp/activate/"))
    secret = re.search(r'account__secret">\s*([A-Z2-7]+)', html)
    assert secret
    assert "Koden stämmer inte" in page(client.post("/konto/2fa/totp/activate/", {"code": "x"}))
    response = client.post("/konto/2fa/totp/activate/", {"code": totp(secret[1])}, follow=True)
    codes = re.findall(r"<code>(\d{8})</code>", page(response))
    assert len(codes) == 10
    assert last_mail().subject in {"Tvåstegsinloggning i LUMEN är på", "Nya återställningskoder till LUMEN"}

    client.logout()
    client.post(REQUEST, {"email": person.email})
    assert client.post(CONFIRM, {"code": mailed_code()}).url == reverse("mfa_authenticate")
    assert "Ett steg till" in page(client.get("/konto/2fa/authenticate/"))
    assert client.post("/konto/2fa/authenticate/", {"code": codes[0]}).url == "/min-sida/"

    page(client.get("/konto/2fa/"))
    assert "Bekräfta att det är du" in page(client.get("/konto/2fa/recovery-codes/", follow=True))
    client.post("/konto/2fa/reauthenticate/", {"code": codes[1]})
    assert "8 av 10" in page(client.get("/konto/2fa/recovery-codes/"))
    page(client.get("/konto/2fa/recovery-codes/generate/", follow=True))
    page(client.get("/konto/2fa/totp/deactivate/"))
    client.post("/konto/2fa/totp/deactivate/")
    assert last_mail().subject == "Tvåstegsinloggning i LUMEN är av"


@pytest.mark.parametrize("path", ["/konto/logout/", "/konto/password/change/", "/konto/reauthenticate/"])
def test_the_pages_of_an_account_stand_on_our_layout(client, editor, path):
    client.force_login(editor)
    html = page(client.get(path))
    assert "site-header" in html
    assert not re.search(r"\b(Password|Sign|Email|Confirm|Change)\b", re.sub(r"<[^>]+>", " ", html))
