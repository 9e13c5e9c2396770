"""Which mails may go, in which order, and what can be asked of the queue."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection
from django.utils import timezone

from outbox.enums import MailStatus
from outbox.models import OutgoingMail, QueueState
from tests.factories.outbox import OutgoingMailFactory

pytestmark = [pytest.mark.django_db, pytest.mark.databases]


def due(**options) -> list[OutgoingMail]:
    return list(OutgoingMail.objects.deliverable(**options))


def test_the_oldest_mail_goes_first():
    first, second = OutgoingMailFactory.create_batch(2)

    assert due() == [first, second]


def test_an_urgent_mail_goes_before_older_ones():
    ordinary = OutgoingMailFactory()
    urgent = OutgoingMailFactory(urgent=True)

    assert due() == [urgent, ordinary]


@pytest.mark.parametrize("state", ["sent", "failed", "bounced"])
def test_a_mail_that_has_left_the_queue_is_not_due(state):
    OutgoingMailFactory(**{state: True})

    assert due() == []


@pytest.mark.parametrize("state", ["retrying", "sending"])
def test_a_mail_that_waits_is_due_when_its_time_has_come(state):
    mail = OutgoingMailFactory(**{state: True})

    assert due() == []
    assert due(now=timezone.now() + timedelta(minutes=6)) == [mail]


@pytest.mark.parametrize("state", [{}, {"retrying": True}, {"sending": True}])
def test_a_later_mail_of_the_stream_waits_for_an_earlier_one(state):
    OutgoingMailFactory(stream="möte:1", **state)
    cancellation = OutgoingMailFactory(stream="möte:1", urgent=True)
    other = OutgoingMailFactory(stream="möte:2")

    assert cancellation not in due()
    assert other in due()


@pytest.mark.parametrize("state", ["sent", "failed", "bounced"])
def test_the_stream_goes_on_when_the_earlier_mail_is_done_with(state):
    OutgoingMailFactory(stream="möte:1", **{state: True})
    later = OutgoingMailFactory(stream="möte:1")

    assert due() == [later]


def test_mails_without_a_stream_do_not_wait_for_each_other():
    OutgoingMailFactory(sending=True)
    other = OutgoingMailFactory()

    assert due() == [other]


def test_the_next_mail_is_found_by_walking_an_index():
    """However many mails have been sent, and however many wait."""
    OutgoingMailFactory.create_batch(3, sent=True)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            # Three rows are read faster without an index, which says nothing about three thousand.
            cursor.execute(
                "SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off; SET LOCAL enable_bitmapscan = off"
            )
    plan = OutgoingMail.objects.deliverable()[:1].explain()

    assert "mails_in_queue_order" in plan
    assert "mails_of_a_stream" in plan
    assert "TEMP B-TREE" not in plan
    assert "Sort" not in plan


def test_mails_to_an_address_are_found_however_it_is_written():
    mail = OutgoingMailFactory(recipient="anna@nacka.example")

    assert list(OutgoingMail.objects.to_address("Anna@Nacka.example")) == [mail]
    assert not OutgoingMail.objects.to_address("ingen adress").exists()


def test_recent_mails_to_an_address_are_counted_by_time_and_category():
    OutgoingMailFactory(recipient="anna@nacka.example", category="anmälan")
    OutgoingMailFactory(recipient="anna@nacka.example", category="konto")
    OutgoingMailFactory(recipient="anna@nacka.example", created_at=timezone.now() - timedelta(hours=2))
    OutgoingMailFactory(recipient="bo@nacka.example")

    def since(hours: int):
        return OutgoingMail.objects.to_address("Anna@nacka.example").since(timezone.now() - timedelta(hours=hours))

    assert since(1).count() == 2
    assert since(1).filter(category="anmälan").count() == 1
    assert since(3).count() == 3


@pytest.mark.parametrize(
    "fields",
    [
        {"status": MailStatus.SENT, "sent_at": None},
        {"status": MailStatus.QUEUED, "due_at": None},
        {"status": MailStatus.SENDING, "due_at": None},
        {"status": MailStatus.RETRY, "due_at": None},
    ],
)
def test_a_status_without_its_time_is_refused_by_the_database(fields):
    with pytest.raises(IntegrityError):
        OutgoingMailFactory(**fields)


def test_there_is_one_state_of_the_queue():
    assert QueueState.objects.current() == QueueState.objects.current()
    with pytest.raises(IntegrityError):
        QueueState.objects.create()


@pytest.mark.parametrize(
    ("status", "is_unsent"),
    [(status, status in {"failed", "bounced", "uncertain", "withdrawn"}) for status in MailStatus.values],
)
def test_what_left_the_queue_undelivered_is_found_by_retention(status, is_unsent):
    mail = OutgoingMailFactory(status=status, sent_at=timezone.now() if status in ("sent", "bounced") else None)

    assert OutgoingMail.objects.undelivered_before(timezone.now()).filter(pk=mail.pk).exists() == is_unsent
