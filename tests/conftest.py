"""Set-up that every test shares."""

import pytest
from django.test.client import Client

from .smtp_peer import deliver_outbox, smtp_server  # noqa: F401  (fixtures for all)


@pytest.fixture
def client() -> Client:
    """A browser without JavaScript, in Swedish."""
    return Client(headers={"accept-language": "sv"})
