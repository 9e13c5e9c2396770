"""LUMEN in Wagtail's admin: mark, colours, one's own page."""

import pytest
from django.conf import settings
from django.utils.translation import gettext

from tests.factories.contacts import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    person = PersonFactory(editor=True, name="Rut Redaktör")
    client.force_login(person)
    return person


def test_the_admin_carries_our_mark_colours_and_language(client, editor):
    html = client.get("/admin/").content.decode()
    assert '<html lang="sv"' in html
    assert "css/admin/lumen_admin.css" in html
    assert 'class="mark"' in html
    assert " - LUMEN</title>" in html
    assert "img/favicon.svg" in html


def test_the_admin_sends_nobody_to_guides_in_english(client, editor):
    html = client.get("/admin/").content.decode()
    assert "guide.wagtail.org" not in html
    assert "releases" not in html


def test_an_editor_changes_their_one_name(client, editor):
    html = client.get("/admin/account/").content.decode()
    assert "name-name" in html
    assert "first_name" not in html
    assert "avatar-avatar" not in html

    looks = {"theme-theme": "system", "theme-contrast": "system", "theme-density": "default"}
    response = client.post("/admin/account/", {"name-name": "Rut Andersson", **looks})
    assert response.status_code == 302, response.content.decode()
    editor.refresh_from_db()
    assert editor.name == "Rut Andersson"


def test_ones_own_page_leads_to_log_in_and_security(client, editor):
    assert "Inloggning och säkerhet" in client.get("/admin/account/").content.decode()


def test_the_admins_own_log_in_leads_to_ours(client):
    assert client.get("/admin/login/?next=/admin/pages/").url == "/konto/login/?next=/admin/pages/"
    assert client.get("/admin/").url.startswith("/konto/login/")


def test_ones_own_page_is_for_editors(client):
    client.force_login(PersonFactory())
    assert client.get("/admin/account/").status_code == 403


def test_our_words_fill_the_gaps_of_wagtails_swedish(client, editor):
    assert gettext("Placeholder title") == "Titel saknas"
    script = client.get("/admin/jsi18n/").content.decode()
    assert "Sparar automatiskt" in script
    assert "Gå till" in script or "Avbryt" in script  # and Wagtail's own are still there


def test_u20_what_a_phone_shows_of_a_list_and_the_editor_is_told_in_the_stylesheet() -> None:
    """The journeys open them at 375 px; this holds that the rules are sent."""
    css = (settings.BASE_DIR / "static/css/admin/lumen_admin.css").read_text()
    phone = "".join(css.split("@media (max-width: 50rem)")[1:])
    assert ".listing > * > tr > :nth-child(n + 4)" in phone
    assert ".w-minimap" in phone
    assert "overflow-x: clip" in css
