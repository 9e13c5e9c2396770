"""Removes what a transaction cannot: copies in caches and sessions, and what the database keeps of deleted rows."""

from importlib import import_module

import structlog
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.db import connection
from wagtail.search.models import IndexEntry

log = structlog.get_logger("privacy")


EMPTIED = "purge.emptied"


class CacheAway(Exception):
    """Raised when a cache could not be emptied."""


class DatabaseBusy(Exception):
    """Raised when a reader kept SQLite's write-ahead log, which holds old pages, from being emptied."""


def clear_caches() -> None:
    """Empty every cache, since a key does not tell what its value contains.

    The counters of rate limits start anew; nothing else is kept in a cache only. Raises CacheAway when a cache does not
    answer: it may still hold copies when it comes back, so the purge is then tried again.
    """
    for alias in settings.CACHES:
        cache = caches[alias]
        cache.clear()
        cache.set(EMPTIED, alias, timeout=60)
        if cache.get(EMPTIED) != alias:
            raise CacheAway(alias)
        cache.delete(EMPTIED)


def delete_messages() -> None:
    """Delete messages not yet shown from the sessions, since they name pages and files."""
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    for session in Session.objects.iterator(chunk_size=200):
        data = session.get_decoded()
        if data.pop("_messages", None):
            Session.objects.filter(pk=session.pk).update(session_data=store.encode(data))


def clean_database() -> None:
    """Remove what the database keeps of deleted rows. Not within a transaction.

    Raises DatabaseError or DatabaseBusy when another connection is in the way; the purge is then tried again.
    """
    if connection.vendor == "sqlite":
        _clean_sqlite()
    elif connection.vendor == "postgresql":
        _clean_postgresql()


def _clean_sqlite() -> None:
    with connection.cursor() as cursor:
        table = f"{IndexEntry._meta.db_table}_fts"
        if table in connection.introspection.table_names(cursor):
            # A full-text index keeps the words of deleted rows until its parts are merged.
            cursor.execute(f"INSERT INTO {table}({table}) VALUES ('rebuild')")  # noqa: S608
        # Writes the file anew: a page of it that was rearranged may hold an old copy of a row.
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        busy = cursor.fetchone()[0]
    if busy:
        log.info("the write-ahead log could not be emptied; tried again in a minute")
        raise DatabaseBusy


def _clean_postgresql() -> None:
    with connection.cursor() as cursor:
        # Deleted rows go from the tables, and their values from the planner's statistics.
        cursor.execute("VACUUM (ANALYZE)")
        # A GIN index keeps the words of deleted rows until it is rebuilt.
        cursor.execute(f"REINDEX TABLE {connection.ops.quote_name(IndexEntry._meta.db_table)}")
