"""Set-up that every test shares."""

import pytest
from django.test.client import Client

from .smtp_peer import deliver_outbox, smtp_server  # noqa: F401  (fixtures for all)


@pytest.fixture
def client() -> Client:
    """A browser without JavaScript, in Swedish."""
    return Client(headers={"accept-language": "sv"})


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give each test that empties the database what the migrations put there (the page tree's root, …).

    All of them or none: a test without the roll-back leaves content types that the next one stumbles on.
    """
    for item in items:
        mark = item.get_closest_marker("django_db")
        if mark is not None and mark.kwargs.get("transaction"):
            item.add_marker(pytest.mark.django_db(transaction=True, serialized_rollback=True), append=False)
