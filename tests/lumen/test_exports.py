"""Every export that the admin offers, Wagtail's own reports included."""

import csv
import io
from typing import Any

import pytest
from django.template.response import SimpleTemplateResponse
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from contacts.exports import FORMULA_MARKS
from contacts.models import Person
from tests.factories.contacts import ContactPersonFactory, PersonFactory
from tests.factories.meetings import MeetingPageFactory, RegistrationFactory
from tests.factories.resources import ResourcePageFactory, site_tree
from tests.routes import filled_in, routes

pytestmark = pytest.mark.django_db
FORMULA = '=HYPERLINK("http://x.example","Kapad")'
FORMATS = ("csv", "xlsx")
NOT_ASKED = ("logout", "failwhale")  # the session's end, and a page that fails for practice


@pytest.fixture
def admin(client: Client) -> Client:
    editor = PersonFactory(editor=True, name=FORMULA)
    Person.objects.filter(pk=editor.pk).update(is_superuser=True)
    client.force_login(Person.objects.get(pk=editor.pk))
    return client


@pytest.fixture
def meeting(admin: Client) -> Any:
    """A meeting; every page and person has a formula as name or title, and every page is locked by a person."""
    site_tree()
    meeting = MeetingPageFactory()
    ResourcePageFactory()
    role = ContactPersonFactory()
    Person.objects.filter(pk=role.person_id).update(name=FORMULA, title=FORMULA, phone="+46 70")
    RegistrationFactory(meeting=meeting, name=FORMULA, role="@SUM(1)", department="\t=1")
    for page in Page.objects.filter(depth__gt=1).specific():
        page.save_revision(clean=False).publish()
    Redirect.objects.create(old_path="/x", redirect_link="-1+1")
    Page.objects.update(title=FORMULA, draft_title=FORMULA, locked=True, locked_at=timezone.now())
    Page.objects.update(locked_by=Person.objects.get(is_superuser=True))
    return meeting


def cells(response: Any) -> list[Any]:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    if "spreadsheetml" in response.headers["Content-Type"]:
        sheet = load_workbook(io.BytesIO(content)).worksheets[0]
        assert not [cell for row in sheet.rows for cell in row if cell.data_type == "f"]
        return [cell.value for row in sheet.rows for cell in row]
    text = content.decode("utf-8-sig")
    return [cell for row in csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text)) for cell in row]


def _delimiter(text: str) -> str:
    return ";" if text.startswith('"') else ","


@pytest.mark.parametrize("file_format", FORMATS)
def test_k18_no_export_of_the_admin_has_a_live_formula(
    admin: Client, meeting: Any, file_format: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SimpleTemplateResponse, "rendered_content", "")  # a page is no file, and takes long to draw
    told = []
    for route in routes():
        if not route.startswith("/admin/") or any(name in route for name in NOT_ASKED):
            continue
        address = f"{filled_in(route, meeting.pk)}?export={file_format}"
        if "<" in route and "/moten/" not in route:
            continue
        response = admin.get(address)
        if any(kind in response.headers.get("Content-Type", "") for kind in ("text/csv", "spreadsheetml")):
            found = cells(response)
            assert not [cell for cell in found if isinstance(cell, str) and cell.lstrip().startswith(FORMULA_MARKS)], (
                route
            )
            told += [route] * any(cell == f"'{FORMULA}" for cell in found)
    # Reports of Wagtail's and lists of our own.
    assert {"/admin/reports/locked/", "/admin/contactperson/", "/admin/moten/<int:pk>/deltagare/"} <= set(told), told
    assert len(told) > 5
