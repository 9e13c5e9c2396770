"""What the tests of the meetings' pages in the admin share."""

import pytest
from django.test import Client

from contacts.models import Person
from meetings.models import MeetingPage
from tests.factories.contacts import PersonFactory
from tests.factories.meetings import MeetingPageFactory


@pytest.fixture
def meeting() -> MeetingPage:
    return MeetingPageFactory(title="Avtal")


@pytest.fixture
def editor(client: Client) -> Person:
    """An editor, logged in."""
    person = PersonFactory(editor=True, email="redaktor@lumen.example")
    client.force_login(person)
    return person
