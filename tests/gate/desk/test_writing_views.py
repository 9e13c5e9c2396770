"""What the screening finds in a page while it is being written."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from resources.models import StandardPage
from tests.factories.resources import StandardPageFactory
from tests.screening.numbers import personal_number

from .conftest import WARNING, form_data

pytestmark = pytest.mark.django_db
SECRET = personal_number()


def written(admin: Client, page: StandardPage, **texts: str) -> str:
    """Send the form to the preview, as the editor does, and ask what is found in it."""
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    assert admin.post(address, form_data(page, "", **texts)).json()["is_valid"]
    return admin.get(address, {"granskning": "1"}).content.decode()


def test_u1_a_preview_may_stand_in_the_editors_frame_and_has_the_pages_own_policy(admin: Client) -> None:
    page = StandardPageFactory()
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    admin.post(address, form_data(page, ""))
    answer = admin.get(address, {"in_preview_panel": "true"})
    policy = answer["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in policy and "unsafe-inline" not in policy
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert "wagtail-userbar" in answer.content.decode()  # by which Wagtail's checks are run


def test_u1_no_other_page_may_be_framed_and_none_brings_the_admins_scripts(admin: Client) -> None:
    answer = admin.get(StandardPageFactory().url)
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
    assert answer["X-Frame-Options"] == "DENY"
    assert "wagtailadmin/js" not in answer.content.decode()


def test_what_is_found_in_the_text_so_far_is_told_with_a_way_to_its_field(admin: Client) -> None:
    page = StandardPageFactory()
    told = written(admin, page, lead=f"Hon har {SECRET}. {WARNING}")
    assert "Får inte bli publikt" in told and "Kontrollera det här" in told
    assert set(re.findall(r'<a href="([^"]+)"', told)) == {"#:w:contentpath=lead"}
    assert SECRET not in told
    page.refresh_from_db()
    assert SECRET not in page.lead and page.get_latest_revision() is None  # nothing has been saved


def test_a_clean_text_says_so(admin: Client) -> None:
    assert "Inga nummer som pekar ut någon" in written(admin, StandardPageFactory(), lead="Så arbetar vi.")


def test_a_page_that_is_being_made_is_read_too(admin: Client) -> None:
    parent = StandardPageFactory().get_parent()
    address = reverse("wagtailadmin_pages:preview_on_add", args=["resources", "standardpage", parent.pk])
    data = form_data(StandardPage(title="Ny sida", slug="ny-sida"), "", lead=f"Hon har {SECRET}.")
    assert admin.post(address, data).json()["is_valid"]
    assert "Får inte bli publikt" in admin.get(address, {"granskning": "1"}).content.decode()


def test_while_the_form_cannot_be_read_nothing_new_is_said(admin: Client) -> None:
    page = StandardPageFactory()
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    assert not admin.post(address, form_data(page, "", slug="inte en adress")).json()["is_available"]
    assert admin.get(address, {"granskning": "1"}).status_code == 204
