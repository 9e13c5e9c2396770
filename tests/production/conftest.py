"""Tests against gunicorn with production settings on PostgreSQL; on another database there is nothing to collect.

A test makes its rows with the factories, in the test database, which gunicorn's processes read. It takes the
fixture `site`, for the address, or `browser`, for a visitor; `new_browser("192.0.2.7")` makes further ones.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher

from contacts.models import Person
from tests.accounts import PASSWORD
from tests.factories.contacts import PersonFactory

from .server import Browser, collect_static_files, environment, gunicorn

collect_ignore_glob = [] if settings.DATABASES["default"]["ENGINE"].endswith("postgresql") else ["test_*.py"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give each test here rows that other processes see, and let `make test` run it on PostgreSQL."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.databases)
            item.add_marker(pytest.mark.django_db(transaction=True, serialized_rollback=True), append=False)


@pytest.fixture(scope="session")
def server(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, Path]]:
    """The address of gunicorn, which serves all the tests, and the folder of what it writes."""
    folder = tmp_path_factory.mktemp("production")
    with django_db_blocker.unblock():
        variables = environment(folder)
    collect_static_files(variables)
    with gunicorn(variables, folder / "log") as address:
        yield address, folder


@pytest.fixture
def site(server: tuple[str, Path], transactional_db: None, django_db_serialized_rollback: None) -> str:
    """The address of an empty LUMEN that has counted nothing yet; `set_up_site()` gives it pages and groups."""
    return server[0]


@pytest.fixture
def log_lines(server: tuple[str, Path]) -> Callable[[], str]:
    """What gunicorn's processes have logged so far."""
    return lambda: (server[1] / "log").read_text()


@pytest.fixture
def new_browser(site: str) -> Callable[..., Browser]:
    return lambda client="192.0.2.1": Browser(site, client)


@pytest.fixture
def browser(new_browser: Callable[..., Browser]) -> Browser:
    return new_browser()


@pytest.fixture
def editor(site: str) -> Person:
    """An administrator with a password that production's hasher reads."""
    password = PBKDF2PasswordHasher().encode(PASSWORD, "salt", iterations=PBKDF2PasswordHasher.iterations)
    return PersonFactory(editor=True, email="rut@lumen.example", password=password)
