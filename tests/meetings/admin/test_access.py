"""Who may see which of the pages of a meeting in the admin."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from wagtail.models import GroupPagePermission

from contacts.models import Person
from meetings.models import MeetingPage
from outbox.models import OutgoingMail
from tests.factories.contacts import ContactPersonFactory, PersonFactory

from .pages import url

pytestmark = pytest.mark.django_db

PAGES = ("", "inbjudan/", "inbjudan/skicka/", "stall-in/", "organisationer/", "deltagare/", "utan-organisation/")


def user_with(*permissions: str) -> Person:
    person = PersonFactory()
    codenames = ["access_admin", *permissions]
    person.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    return person


@pytest.mark.parametrize("page", PAGES)
def test_every_page_is_shown_to_an_editor(client: Client, editor: Person, meeting: MeetingPage, page: str) -> None:
    assert client.get(url(meeting, page)).status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_every_page_is_refused_somebody_without_permission(client: Client, meeting: MeetingPage, page: str) -> None:
    client.force_login(user_with())
    assert client.get(url(meeting, page)).status_code == 403


@pytest.mark.parametrize("page", PAGES)
def test_every_page_leads_a_stranger_to_the_login(client: Client, meeting: MeetingPage, page: str) -> None:
    response = client.get(url(meeting, page))
    assert response.status_code == 302
    assert "/konto/" in response["Location"]


@pytest.mark.parametrize("page", ["inbjudan/", "inbjudan/skicka/", "stall-in/"])
def test_who_keeps_the_list_may_not_send(client: Client, meeting: MeetingPage, page: str) -> None:
    client.force_login(user_with("view_registration", "change_registration"))
    assert client.get(url(meeting, page)).status_code == 403
    assert client.post(url(meeting, "inbjudan/skicka/")).status_code == 403
    assert client.post(url(meeting, "stall-in/"), {"note": "nej"}).status_code == 403
    assert client.post(url(meeting, "inbjudan/test/")).status_code == 403


def test_who_may_publish_sees_no_names_without_the_permission(client: Client, meeting: MeetingPage) -> None:
    group = Group.objects.create(name="Publicerar")
    for codename in ("publish_page", "change_page"):
        permission = Permission.objects.get(codename=codename, content_type__app_label="wagtailcore")
        GroupPagePermission.objects.create(group=group, page=meeting, permission=permission)
    person = user_with()
    person.groups.add(group)
    client.force_login(person)
    pages = ("", "inbjudan/", "inbjudan/skicka/", "organisationer/", "organisationer/?export=csv", "deltagare/")
    answers = [client.get(url(meeting, page)).status_code for page in pages]
    assert answers == [200, 200, 200, 403, 403, 403]
    ContactPersonFactory()
    assert client.post(url(meeting, "inbjudan/skicka/"))["Location"] == url(meeting)


def test_who_may_only_read_the_list_cannot_change_it(client: Client, meeting: MeetingPage) -> None:
    client.force_login(user_with("view_registration"))
    assert client.get(url(meeting, "deltagare/")).status_code == 200
    assert client.post(url(meeting, "deltagare/")).status_code == 403
    assert client.post(url(meeting, "utan-organisation/")).status_code == 403


@pytest.mark.parametrize(
    "page", ["inbjudan/skicka/", "inbjudan/test/", "stall-in/", "deltagare/", "utan-organisation/"]
)
def test_a_change_needs_the_forms_token(editor: Person, meeting: MeetingPage, page: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(editor)
    assert strict.post(url(meeting, page)).status_code == 403


def test_reading_sends_nothing(client: Client, editor: Person, meeting: MeetingPage) -> None:
    ContactPersonFactory()
    for page in PAGES:
        client.get(url(meeting, page))
    assert client.get(url(meeting, "inbjudan/test/")).status_code == 405
    assert not OutgoingMail.objects.exists()
