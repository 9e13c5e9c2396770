"""Set-up that every test shares."""

import pytest
from django.test.client import Client


@pytest.fixture
def client() -> Client:
    """A browser without JavaScript, in Swedish."""
    return Client(headers={"accept-language": "sv"})
