"""Who asks, in the tests of the admin."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client

from contacts.models import Person
from contacts.permissions import EDITOR_PERMISSIONS
from tests.factories.contacts import PersonFactory


@pytest.fixture
def editor(db: None) -> Person:
    """An editor with exactly what the group Redaktörer is given."""
    group = Group.objects.create(name="Redaktörer för prov")
    group.permissions.add(
        *Permission.objects.filter(content_type__app_label="contacts", codename__in=EDITOR_PERMISSIONS),
        Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin"),
    )
    person = PersonFactory(name="Eva Redaktör", email="eva@lumen.example")
    person.groups.add(group)
    return person


@pytest.fixture
def administrator(db: None) -> Person:
    return PersonFactory(name="Adam Administratör", email="adam@lumen.example", is_superuser=True)


@pytest.fixture
def as_editor(editor: Person) -> Client:
    client = Client()
    client.force_login(editor)
    return client


@pytest.fixture
def as_administrator(administrator: Person) -> Client:
    client = Client()
    client.force_login(administrator)
    return client


@pytest.fixture
def as_outsider(db: None) -> Client:
    """Somebody who gets into the admin but has nothing to do with the register."""
    person = PersonFactory()
    person.user_permissions.add(Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin"))
    client = Client()
    client.force_login(person)
    return client
