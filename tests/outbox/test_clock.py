"""The clock of the queue is the database's."""

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from outbox import clock
from outbox.models import DeliverySlot, OutgoingMail
from tests.factories.outbox import OutgoingMailFactory

pytestmark = [pytest.mark.django_db, pytest.mark.databases]


def test_it_is_never_behind_a_time_that_was_just_read():
    for _ in range(200):
        before = timezone.now()
        assert before <= clock.now()


def test_it_goes_on_within_a_transaction():
    first = clock.now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1" if connection.vendor == "sqlite" else "SELECT pg_sleep(0.01)")
    assert clock.now() >= first + (timedelta() if connection.vendor == "sqlite" else timedelta(milliseconds=10))


@pytest.mark.parametrize("microsecond", [0, 1, 999, 1_000, 120_000, 123_456, 999_999])
def test_stored_times_compare_as_times_whatever_their_decimals(microsecond):
    """SQLite compares them as text, and Django leaves out decimals that are zero."""
    moment = datetime(2026, 11, 28, 12, 0, 0, microsecond, tzinfo=UTC)
    mail = OutgoingMailFactory(due_at=moment)
    tick = timedelta(microseconds=1)
    due = {
        by: OutgoingMail.objects.deliverable(moment + by).filter(pk=mail.pk).exists()
        for by in (-timedelta(seconds=1), -tick, timedelta(), tick, timedelta(seconds=1))
    }
    assert list(due.values()) == [False, False, True, True, True]
    slot = DeliverySlot.objects.create(number=1, lease_until=moment)
    assert list(DeliverySlot.objects.filter(lease_until__gt=moment - tick)) == [slot]
    assert not DeliverySlot.objects.filter(lease_until__gt=moment).exists()


ASK = """
import datetime, time_machine, django
with time_machine.travel(datetime.datetime.now(datetime.UTC) + datetime.timedelta(minutes={minutes}), tick=True):
    django.setup()
    from django.utils import timezone
    from outbox import clock
    print(clock.now().timestamp(), timezone.now().timestamp())
"""


@pytest.mark.parametrize("minutes", [-10, 10])
def test_o5_a_machine_whose_clock_is_wrong_reads_the_right_time(minutes):
    environment = {**os.environ, "LUMEN_ENV": "test", "DJANGO_SETTINGS_MODULE": "lumen.settings.test"}
    if connection.vendor == "postgresql":
        # The tests' own: the database that DATABASE_URL names need not exist.
        to = connection.settings_dict
        login = f"{to['USER']}:{to['PASSWORD']}" if to["PASSWORD"] else to["USER"]
        environment["DATABASE_URL"] = f"postgres://{login}@{to['HOST']}:{to['PORT']}/{to['NAME']}"
    answer = subprocess.run(
        [sys.executable, "-c", ASK.format(minutes=minutes)],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    database, machine = map(float, answer.stdout.split())
    assert abs(machine - timezone.now().timestamp()) > 9 * 60
    assert abs(database - timezone.now().timestamp()) < 60
