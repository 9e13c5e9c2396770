"""Set-up that every test shares."""

import gc
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test.client import Client
from django.utils import timezone

from outbox import clock

from . import databases
from .smtp_peer import deliver_outbox, smtp_server  # noqa: F401  (fixtures for all)


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """Whether the database is there already: on SQLite a copy of the migrated one, in a folder that goes afterwards."""
    return connection.vendor == "sqlite"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None, django_db_blocker: Any) -> None:
    """Let each process begin with a database that is migrated."""
    with django_db_blocker.unblock():
        databases.prepare()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Let each test begin with the fixed pages, as an installed LUMEN does."""
    with django_db_blocker.unblock():
        databases.complete()
    yield
    with django_db_blocker.unblock():
        databases.forget()


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    """Begin without what earlier tests cached of rows that are rolled back, such as where the site begins."""
    cache.clear()


@pytest.fixture(autouse=True)
def queue_travels_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the database's clock follow a test that moves the time."""
    read = clock.now
    monkeypatch.setattr(clock, "now", lambda: timezone.now() if time_machine.escape_hatch.is_travelling() else read())


@pytest.fixture
def client() -> Client:
    """A browser without JavaScript, in Swedish."""
    return Client(headers={"accept-language": "sv"})


def pytest_collection_finish() -> None:
    """Tell the collector of garbage that what is imported and collected stays; it would look through it all day."""
    gc.collect()
    gc.freeze()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give each test that empties the database what the migrations put there (the page tree's root, …).

    All of them or none: a test without the roll-back leaves content types that the next one stumbles on.
    """
    for item in items:
        mark = item.get_closest_marker("django_db")
        if mark is not None and mark.kwargs.get("transaction"):
            item.add_marker(pytest.mark.django_db(transaction=True, serialized_rollback=True), append=False)
