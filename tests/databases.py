"""The databases that tests begin with: migrated, with the fixed pages of LUMEN.

The migrations run once, not in every process that tests: what they make is kept as a template, named after
everything that it depends on (the migrations of all apps and the versions of Django and Python). On SQLite it is a
file under `var/`, on PostgreSQL a database that others are made from. Each process copies it, adds the fixed pages
and keeps a copy of that in turn, for the tests that empty the database.
"""

import fcntl
import gc
import hashlib
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import django
from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection
from wagtail.models import Site

from meetings.actions import ensure_meeting_index
from resources.actions import ensure_structure
from resources.search.indexing import index_all_pages

FOLDER = settings.BASE_DIR / "var" / "test-databases"


@cache
def fingerprint() -> str:
    """What the migrated database depends on, as a name."""
    digest = hashlib.sha256(f"{sys.version} {django.get_version()} {sqlite3.sqlite_version}".encode())
    digest.update(Path(__file__).read_bytes())
    for app in sorted(apps.get_app_configs(), key=lambda app: app.label):
        for path in sorted(Path(app.path, "migrations").glob("*.py")):
            digest.update(f"{app.label} {path.name}\n".encode() + path.read_bytes())
    return digest.hexdigest()[:16]


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Let the processes of one test run, and of several, wait for the one that migrates."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def prepare() -> None:
    """Let the test database begin as a copy of the migrated one; the migrations then have nothing to do."""
    with one_at_a_time():
        if connection.vendor == "sqlite":
            _copy_file()
        else:
            _name_template()


def add_fixed_pages() -> None:
    """Add the pages that every LUMEN has to a migrated database."""
    ensure_structure()
    ensure_meeting_index()
    index_all_pages()


def complete() -> None:
    """Add the fixed pages to the new test database, and keep a copy for the tests that empty it.

    Django empties every table after such a test and before the next puts back what the migrations made. Making the
    copy anew is the quicker way to both, so the emptying does nothing.
    """
    # One that a test makes is rolled back, while the cache of the process goes on naming it to the next.
    ContentType.objects.clear_cache()
    ContentType.objects.get_for_models(*apps.get_models(include_auto_created=True), for_concrete_models=False)
    add_fixed_pages()
    if connection.vendor == "sqlite":
        _copy(connection.connection, _complete_file())
    else:
        connection.close()
        _make_database(_complete_name(), template=connection.settings_dict["NAME"])
    creation: Any = type(connection.creation)
    operations: Any = type(connection.ops)
    creation.deserialize_db_from_string = lambda self, data: _restore()
    operations.execute_sql_flush = lambda self, sql_list: None


def forget() -> None:
    """Remove the process's own copy."""
    if connection.vendor == "postgresql":
        with _maintenance() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {connection.ops.quote_name(_complete_name())}")


def _complete_file() -> Path:
    return Path(f"{connection.settings_dict['NAME']}.complete")


def _complete_name() -> str:
    return f"{connection.settings_dict['NAME']}_complete"


def _restore() -> None:
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with closing(sqlite3.connect(_complete_file())) as complete:
            complete.backup(connection.connection)
    else:
        connection.close()
        _make_database(connection.settings_dict["NAME"], template=_complete_name())
    # No signal tells the caches of the rows that came back.
    ContentType.objects.clear_cache()
    Site.clear_site_root_paths_cache()


def _copy(database: sqlite3.Connection, path: Path) -> None:
    with closing(sqlite3.connect(path)) as copy:
        database.backup(copy)


def _make_database(name: str, *, template: str) -> None:
    """Make the database on PostgreSQL as a copy, in place of the one of that name, whoever is connected to it."""
    name, template = (connection.ops.quote_name(database) for database in (name, template))
    with _maintenance() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE {template}")


def _template_file() -> Path:
    return FOLDER / f"{fingerprint()}.sqlite3"


def _copy_file() -> None:
    template = _template_file()
    if not template.exists():
        for old in FOLDER.glob("*.sqlite3*"):
            old.unlink()
        draft = template.with_suffix(".draft")
        _migrate(str(draft))
        draft.rename(template)
    shutil.copy(template, connection.settings_dict["TEST"]["NAME"])


def _name_template() -> None:
    """PostgreSQL makes the test databases of the template itself (`TEMPLATE`)."""
    template = f"{connection.settings_dict['NAME']}_template_{fingerprint()}"
    with _maintenance() as cursor:
        cursor.execute(
            "SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{connection.settings_dict['NAME']}_template_%"]
        )
        there = {name for (name,) in cursor.fetchall()}
        if template not in there:
            for old in there:
                cursor.execute(f"DROP DATABASE {connection.ops.quote_name(old)}")
            draft = f"{template}_draft"
            cursor.execute(f"CREATE DATABASE {connection.ops.quote_name(draft)}")
            _migrate(draft)
            cursor.execute(
                f"ALTER DATABASE {connection.ops.quote_name(draft)} RENAME TO {connection.ops.quote_name(template)}"
            )
    connection.settings_dict["TEST"]["TEMPLATE"] = template


@contextmanager
def _maintenance() -> Iterator[Any]:
    """A cursor on PostgreSQL's own database, from which others are made and removed."""
    import psycopg

    parameters = {**connection.get_connection_params(), "dbname": "postgres"}
    with psycopg.connect(
        host=parameters.get("host"),
        port=parameters.get("port"),
        user=parameters.get("user"),
        password=parameters.get("password"),
        dbname="postgres",
        autocommit=True,
    ) as own:
        yield own.cursor()


def _migrate(name: str) -> None:
    """Run all migrations in the database of that name.

    Each of them makes models that refer to each other, in which the collector of garbage searches in vain for long.
    """
    usual = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    gc.disable()
    try:
        call_command("migrate", verbosity=0, interactive=False)
    finally:
        gc.enable()
        connection.close()
        connection.settings_dict["NAME"] = usual
