"""Names the database, so that one which was restored or copied has another name than the original."""

from django.db import DatabaseError, connection

# The cluster, its timeline (a new one after a recovery to a point in time, or when a standby takes over), the
# database and the table: a dump that is read back has another table, even in the same database.
WHOLE = """
SELECT (SELECT system_identifier FROM pg_control_system())::text
    || '/' || left(pg_walfile_name(pg_current_wal_lsn()), 8)
    || '/' || (SELECT oid FROM pg_database WHERE datname = current_database())
    || '/' || 'outbox_queuestate'::regclass::oid
"""
# Where the server does not let us ask for more.
PARTS = """
SELECT (SELECT oid FROM pg_database WHERE datname = current_database()) || '/' || 'outbox_queuestate'::regclass::oid
"""


def database_identity() -> str:
    """The name of the database that we are connected to; "" on SQLite, where a copied file can't be told apart."""
    if connection.vendor != "postgresql":
        return ""
    try:
        return _ask(WHOLE)
    except DatabaseError:
        return _ask(PARTS)


def _ask(question: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(question)
        return str(cursor.fetchone()[0])
