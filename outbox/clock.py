"""The clock of the queue: the database's, so that all workers agree however wrong their machines' clocks are."""

from datetime import UTC, datetime, timedelta

from django.db import connection
from django.utils import timezone

QUERIES = {
    "postgresql": "SELECT clock_timestamp()",
    "sqlite": "SELECT strftime('%Y-%m-%d %H:%M:%f', 'now')",
}
SAME = timedelta(seconds=1)


def now() -> datetime:
    """The time, read from the database. Call it as `clock.now()`, so that tests can move it."""
    with connection.cursor() as cursor:
        cursor.execute(QUERIES[connection.vendor])
        (moment,) = cursor.fetchone()
    if isinstance(moment, datetime):
        return moment
    # SQLite reads the machine's clock, in milliseconds. The program's own is finer, where it shows the same.
    coarse, fine = datetime.fromisoformat(moment).replace(tzinfo=UTC), timezone.now()
    return fine if abs(fine - coarse) < SAME else coarse
