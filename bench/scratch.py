"""A database for the measurements, and what they leave in it taken back."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO

from django.core.management import call_command
from django.db import connection, transaction

from tests import databases


@contextmanager
def database() -> Iterator[str]:
    """Create a database with the fixed pages beside the configured one; the value is its vendor."""
    original = connection.settings_dict["NAME"]
    databases.prepare()
    # On SQLite the file is there already: a copy of the migrated one.
    connection.creation.create_test_db(verbosity=0, autoclobber=True, keepdb=connection.vendor == "sqlite")
    try:
        databases.add_fixed_pages()
        yield connection.vendor
    finally:
        connection.creation.destroy_test_db(original, verbosity=0)


@contextmanager
def rolled_back() -> Iterator[None]:
    """Undo at the end whatever is written inside, so that each measurement starts from nothing."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def load_organisations() -> None:
    """The kommuner, regioner and authorities that LUMEN comes with."""
    call_command("load_organisations", stdout=StringIO())
