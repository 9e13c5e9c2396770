"""Registrations beyond the mails of an hour."""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from meetings import actions
from meetings.enums import MailCategory
from meetings.models import Details, MeetingPage, Registration
from outbox.enums import MailStatus
from outbox.mail_server import MailServer
from outbox.models import OutgoingMail
from outbox.restore_guard import RestoreGuard
from outbox.worker import Worker
from tests.factories.meetings import MeetingPageFactory

pytestmark = pytest.mark.django_db

AN_HOUR = 50


@pytest.fixture
def meeting(settings) -> MeetingPage:
    settings.LIMITS = {**settings.LIMITS, "registration_mails": AN_HOUR}
    return MeetingPageFactory()


@pytest.fixture
def deliver_at(tmp_path) -> Callable[[datetime], int]:
    """Delivers what is due at a moment; says how many mails have been sent in all."""

    def deliver(moment: datetime) -> int:
        with time_machine.travel(moment, tick=False):
            guard = RestoreGuard(state_dir=tmp_path, hold_without_mark=False)
            Worker(server=MailServer(), guard=guard).drain(threading.Event())
        return OutgoingMail.objects.filter(status=MailStatus.SENT).count()

    return deliver


def register(meeting: MeetingPage, number: int) -> None:
    actions.register(meeting=meeting, email=f"kim{number}@ort{number % 40}.example", details=Details("Kim Påhittad"))


def test_o3_registrations_beyond_the_cap_are_confirmed_later_but_surely(meeting, deliver_at, caplog):
    start = timezone.now()
    with time_machine.travel(start, tick=False):
        for number in range(3 * AN_HOUR):
            register(meeting, number)

    # Nobody is thanked without a mail, and the operator can see that mails wait.
    mails = OutgoingMail.objects.filter(category=MailCategory.REGISTRATION)
    assert mails.count() == Registration.objects.count() == 3 * AN_HOUR
    assert set(mails.values_list("recipient", flat=True)) == set(Registration.objects.values_list("email", flat=True))
    assert sum("confirmation waits" in record.getMessage() for record in caplog.records) == 2 * AN_HOUR
    with time_machine.travel(start, tick=False):
        assert OutgoingMail.objects.waiting_for_room().count() == 2 * AN_HOUR

    minutes = timedelta(minutes=1)
    assert deliver_at(start) == AN_HOUR
    assert deliver_at(start + 59 * minutes) == AN_HOUR
    assert deliver_at(start + 61 * minutes) == 2 * AN_HOUR
    assert deliver_at(start + 121 * minutes) == 3 * AN_HOUR
    assert not OutgoingMail.objects.pending().exists()


def test_o3_those_who_come_in_the_next_hour_wait_behind_the_others(meeting):
    start = timezone.now()
    with time_machine.travel(start, tick=False):
        for number in range(2 * AN_HOUR):
            register(meeting, number)
    with time_machine.travel(start + timedelta(minutes=30), tick=False):
        register(meeting, 2 * AN_HOUR)

    latest = OutgoingMail.objects.latest("pk")
    assert latest.due_at == start + timedelta(hours=2)


def test_o3_a_registration_costs_as_many_queries_when_many_wait(meeting):
    def queries(number: int) -> int:
        with CaptureQueriesContext(connection) as taken:
            register(meeting, number)
        return len(taken)

    register(meeting, 0)
    first = queries(1)
    for number in range(2, 3 * AN_HOUR):
        register(meeting, number)
    assert queries(3 * AN_HOUR) == first


@pytest.mark.parametrize("waits", [True, False])
def test_o3_the_start_page_of_the_admin_says_that_mails_wait(meeting, admin_client, waits):
    for number in range(AN_HOUR + 7 if waits else AN_HOUR):
        register(meeting, number)

    html = admin_client.get(reverse("wagtailadmin_home")).content.decode()
    assert ("7 mejl väntar på sin tur" in html) == waits
