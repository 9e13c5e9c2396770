"""What the tests of the desk share."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from wagtail.models import GroupPagePermission, Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from contacts.models import Person
from gate.desk.routing import desk_url
from resources.models import StandardPage
from tests.factories.contacts import PersonFactory

WARNING = "Ärende 4711-23 om brukaren."


@pytest.fixture
def editor() -> Person:
    return PersonFactory(editor=True)


@pytest.fixture
def admin(client: Client, editor: Person) -> Client:
    client.force_login(editor)
    return client


def publisher(*permissions: str) -> Person:
    """Somebody who may publish pages, but has no right that is not named."""
    person = PersonFactory()
    group = Group.objects.create(name=f"Publicerar {person.pk}")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for name in permissions:
        group.permissions.add(Permission.objects.get(codename=name))
    for codename in ("add_page", "change_page", "publish_page"):
        permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)
        GroupPagePermission.objects.create(group=group, page=Page.get_first_root_node(), permission=permission)
    person.groups.add(group)
    return person


def form_data(page: StandardPage, action: str = "publish", **changes: Any) -> dict[str, Any]:
    """What the browser sends from the editor of a plain page."""
    fields = {name: getattr(page, name) or "" for name in ("title", "slug", "lead", "seo_title", "search_description")}
    blocks = nested_form_data({"body": streamfield([("text", rich_text("<p>Text.</p>"))])})
    comments = nested_form_data({"comments": inline_formset([])})
    return {**fields, **blocks, **comments, f"action-{action}": "1", **changes}


def drafted(page: StandardPage, **texts: Any) -> str:
    """Save a draft of the page; returns the address of the desk."""
    for name, value in texts.items():
        setattr(page, name, value)
    page.save_revision(clean=False)
    return desk_url([page.pk])


def html(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def is_live(page: Any) -> bool:
    return type(page).objects.get(pk=page.pk).live
