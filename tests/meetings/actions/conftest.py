"""What the tests of the actions share."""

import pytest

from contacts.models import Person
from tests.factories.contacts import PersonFactory


@pytest.fixture
def editor() -> Person:
    return PersonFactory(editor=True)
