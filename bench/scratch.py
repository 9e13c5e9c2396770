"""A database for the measurements, and what they leave in it taken back."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO

from django.core.management import call_command
from django.db import connection, transaction


@contextmanager
def database() -> Iterator[str]:
    """Create an empty database with every table beside the configured one; the value is its vendor."""
    original = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
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
