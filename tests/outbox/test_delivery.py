"""Claiming a mail, and writing down what became of it."""

import threading
from datetime import timedelta

import pytest
from django.db import OperationalError, connection, transaction
from django.utils import timezone

from outbox import clock, delivery
from outbox.delivery import (
    BUSY_DELAY,
    LEASE,
    MOST_TRIES,
    RETRY_DELAYS,
    claim_next,
    deliver,
    give_back_all,
    record_failure,
    record_sent,
    release_dead_mails,
)
from outbox.enums import BounceClass, MailStatus
from outbox.leases import new_holder
from outbox.mail_server import (
    MailServer,
    PermanentFailure,
    ServerBusy,
    TemporaryFailure,
    UncertainDelivery,
    make_mail_server,
)
from outbox.models import OutgoingMail, QueueState
from outbox.smtp_steps import TIMEOUTS
from tests.factories.outbox import OutgoingMailFactory

# A thread that fails must fail its test.
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.databases,
    pytest.mark.filterwarnings("error::pytest.PytestUnhandledThreadExceptionWarning"),
]


@pytest.fixture(autouse=True)
def _queue_state():
    QueueState.objects.current()


def test_a_claimed_mail_is_held_until_its_lease_runs_out():
    OutgoingMailFactory()
    now = timezone.now()

    mail = claim_next(holder="a", now=now)

    assert (mail.status, mail.holder, mail.tries) == (MailStatus.SENDING, "a", 1)
    assert claim_next(holder="b", now=now + LEASE - timedelta(seconds=1)) is None
    again = claim_next(holder="b", now=now + LEASE)
    assert (again.pk, again.holder, again.tries) == (mail.pk, "b", 2)
    assert again.message_id == mail.message_id


def test_a_lease_lasts_longer_than_a_server_may_keep_a_worker_waiting():
    """Over an open connection, and while one is opened."""
    assert timedelta(seconds=TIMEOUTS.to_deliver) < LEASE
    assert timedelta(seconds=TIMEOUTS.to_open) < LEASE


def test_a_mail_is_due_from_the_very_moment():
    mail = OutgoingMailFactory()
    assert claim_next(holder="a", now=mail.due_at - timedelta(microseconds=1)) is None
    assert claim_next(holder="a", now=mail.due_at) == mail


def test_an_empty_queue_gives_nothing():
    assert claim_next(holder="a") is None


def claim_in_threads(claim, workers: int) -> list[int]:
    """Let each worker claim until nothing is left; return all that was claimed, by row."""
    claimed: list[int] = []
    barrier = threading.Barrier(workers)

    def work(number: int) -> None:
        barrier.wait()
        try:
            while mail := claim(holder=f"worker {number}"):
                claimed.append(mail.pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=[number]) for number in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return claimed


@pytest.mark.django_db(transaction=True)
def test_workers_that_claim_at_once_never_get_the_same_mail():
    mails = OutgoingMailFactory.create_batch(40)

    claimed = claim_in_threads(claim_next, workers=4)

    assert sorted(claimed) == [mail.pk for mail in mails]


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_two_workers_take_the_same_mail():
    """Why `claim_next` reads and writes under a lock: the same without it, both having read first."""
    OutgoingMailFactory()
    both_have_read = threading.Barrier(2, timeout=30)
    seen = threading.local()

    def claim_without_lock(*, holder: str) -> OutgoingMail | None:
        if getattr(seen, "once", False):
            return None
        seen.once = True
        mail = OutgoingMail.objects.deliverable().first()
        both_have_read.wait()
        mail.status, mail.holder = MailStatus.SENDING, holder
        mail.save(update_fields=["status", "holder"])
        return mail

    claimed = claim_in_threads(claim_without_lock, workers=2)

    assert len(claimed) == 2
    assert len(set(claimed)) == 1


@pytest.mark.django_db(transaction=True)
def test_a_claim_waits_for_the_lock_of_another_or_passes_it_by():
    """Two claims overlap, the second begun while the first is not yet committed."""
    OutgoingMailFactory()
    second: list[OutgoingMail | None] = []

    def claim_too() -> None:
        try:
            second.append(claim_next(holder="b"))
        finally:
            connection.close()

    with transaction.atomic():
        assert claim_next(holder="a") is not None
        other = threading.Thread(target=claim_too)
        other.start()
        other.join(timeout=0.5)  # on PostgreSQL it passes by at once, on SQLite it waits for us
    other.join()

    assert second == [None]


def test_a_delivered_mail_is_sent_and_counted():
    OutgoingMailFactory()

    status = deliver(claim_next(holder="a"), server=MailServer())

    mail = OutgoingMail.objects.get()
    assert status == mail.status == MailStatus.SENT
    assert mail.sent_at is not None
    assert mail.reply == "Skickades inte på riktigt: LUMEN kör utan e-postserver"
    assert [event.status for event in mail.events.all()] == [MailStatus.SENT]
    assert QueueState.objects.current().delivered == 1


def test_a_final_no_is_visible_with_the_words_of_the_server(smtp_server):
    mail = OutgoingMailFactory(recipient="fel@nacka.example")
    smtp_server.replies["fel@nacka.example"] = "550 5.1.1 No such user here"
    server = make_mail_server(smtp_server.delivery)
    server.open()

    deliver(claim_next(holder="a"), server=server)
    server.close()

    mail.refresh_from_db()
    assert (mail.status, mail.reply) == (MailStatus.FAILED, "550 5.1.1 No such user here")
    assert mail.bounce_class == BounceClass.DEAD
    assert mail.due_at is None
    assert QueueState.objects.current().delivered == 0


def test_a_temporary_no_is_tried_again_after_longer_and_longer_pauses_and_then_given_up():
    OutgoingMailFactory()
    now = timezone.now()
    pauses = []

    for _ in range(len(RETRY_DELAYS)):
        mail = claim_next(holder="a", now=now)
        assert record_failure(mail, TemporaryFailure("450 Try later"), now) == MailStatus.RETRY
        mail.refresh_from_db()
        pauses.append(mail.due_at - now)
        now = mail.due_at
    assert pauses == sorted(pauses)
    assert pauses[0] == timedelta(minutes=1)
    assert timedelta(hours=40) < sum(pauses, timedelta()) < timedelta(hours=50)

    mail = claim_next(holder="a", now=now)
    assert record_failure(mail, TemporaryFailure("450 Try later"), now) == MailStatus.FAILED
    assert claim_next(holder="a", now=now + timedelta(days=7)) is None


@pytest.mark.parametrize(
    ("reply", "bounce_class"),
    [
        ("550 5.1.1 No such user", BounceClass.DEAD),
        ("554 5.7.1 Spam", BounceClass.REFUSED),
        ("552 5.2.2 Full", BounceClass.MAILBOX),
        ("Mejlservern svarade inte i tid", ""),
    ],
)
def test_m7_a_refusal_at_once_has_a_class_as_a_bounce_has(reply, bounce_class):
    OutgoingMailFactory()

    record_failure(claim_next(holder="a"), PermanentFailure(reply))

    assert OutgoingMail.objects.get().bounce_class == bounce_class


def test_a_mail_that_is_tried_again_has_no_class_yet():
    OutgoingMailFactory()

    record_failure(claim_next(holder="a"), TemporaryFailure("450 4.2.2 Full"))

    assert OutgoingMail.objects.get().bounce_class == ""


def test_a_mail_that_kills_every_worker_is_given_up():
    OutgoingMailFactory(tries=len(RETRY_DELAYS) + 1)

    assert deliver(claim_next(holder="a"), server=MailServer()) == MailStatus.FAILED
    assert "avbrutits" in OutgoingMail.objects.get().reply


def test_a_mail_may_still_be_delivered_at_its_last_try():
    OutgoingMailFactory(tries=MOST_TRIES - 1)

    assert deliver(claim_next(holder="a"), server=MailServer()) == MailStatus.SENT


def test_a_failure_is_not_written_over_the_work_of_a_worker_that_took_over():
    OutgoingMailFactory()
    now = timezone.now()
    slow = claim_next(holder="slow", now=now)
    claim_next(holder="quick", now=now + LEASE)

    record_failure(slow, PermanentFailure("550 No"))

    mail = OutgoingMail.objects.get()
    assert (mail.status, mail.holder) == (MailStatus.SENDING, "quick")
    assert not mail.events.exists()


def test_a_delivery_counts_even_if_the_lease_ran_out_but_only_once():
    OutgoingMailFactory()
    now = timezone.now()
    slow = claim_next(holder="slow", now=now)
    quick = claim_next(holder="quick", now=now + LEASE)

    record_sent(slow, "250 Ok 1")
    record_sent(quick, "250 Ok 2")

    mail = OutgoingMail.objects.get()
    assert (mail.status, mail.reply) == (MailStatus.SENT, "250 Ok 1")
    assert QueueState.objects.current().delivered == 1


def test_a_mail_that_has_bounced_meanwhile_is_not_counted_again():
    OutgoingMailFactory()
    mail = claim_next(holder="slow")
    OutgoingMail.objects.update(status=MailStatus.BOUNCED, sent_at=timezone.now(), due_at=None)

    record_sent(mail, "250 Ok")

    assert OutgoingMail.objects.get().status == MailStatus.BOUNCED
    assert QueueState.objects.current().delivered == 0


def test_a_delivery_is_written_down_although_the_database_was_away(monkeypatch):
    OutgoingMailFactory()
    mail = claim_next(holder="a")
    record = delivery.record_sent
    faults = [OperationalError("away")] * 10

    def record_when_back(*args) -> None:
        if faults:
            raise faults.pop()
        record(*args)

    monkeypatch.setattr(delivery, "record_sent", record_when_back)
    monkeypatch.setattr(delivery, "RECORD_PAUSES", (0,))
    # The test's transaction lives on this connection, so it must stay open.
    monkeypatch.setattr(delivery.connection, "close", lambda: None)
    deliver(mail, server=MailServer())

    assert OutgoingMail.objects.get().status == MailStatus.SENT


class Refusing(MailServer):
    """A server with one answer to every mail."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    def send(self, **mail: object) -> str:
        raise self.error


def test_what_may_have_been_delivered_leaves_the_queue_and_is_not_sent_again():
    OutgoingMailFactory(stream="möte:1")
    OutgoingMailFactory(stream="möte:1", subject="Ändrat")

    status = deliver(claim_next(holder="a"), server=Refusing(UncertainDelivery("Mejlservern svarade inte i tid")))

    mail = OutgoingMail.objects.earliest("pk")
    assert status == mail.status == MailStatus.UNCERTAIN
    assert (mail.due_at, mail.sent_at, mail.reply) == (None, None, "Mejlservern svarade inte i tid")
    assert [event.status for event in mail.events.all()] == [MailStatus.UNCERTAIN]
    assert QueueState.objects.current().delivered == 0
    assert claim_next(holder="a", now=clock.now() + timedelta(days=7)).subject == "Ändrat"


@pytest.mark.parametrize(("tries", "status"), [(0, MailStatus.QUEUED), (3, MailStatus.RETRY)])
def test_a_server_that_is_too_busy_uses_no_try(tries, status):
    before = OutgoingMailFactory(tries=tries, status=status, reply="450 Tidigare")
    waiting = OutgoingMailFactory()

    with pytest.raises(ServerBusy):
        deliver(claim_next(holder="a"), server=Refusing(ServerBusy("421 4.3.2 Closing")))

    mail = OutgoingMail.objects.get(pk=before.pk)
    assert (mail.status, mail.tries, mail.holder, mail.reply) == (status, tries, "", "450 Tidigare")
    assert not mail.events.exists()
    assert clock.now() < mail.due_at <= clock.now() + BUSY_DELAY
    # Behind the others, so that a server that is too busy for one mail does not delay them.
    assert claim_next(holder="a") == waiting


def test_a_server_that_is_too_busy_for_one_mail_only_uses_its_tries():
    OutgoingMailFactory()

    status = deliver(claim_next(holder="a"), server=Refusing(ServerBusy("421 Not this one")), is_about_mail=True)

    assert status == OutgoingMail.objects.get().status == MailStatus.RETRY


def test_a_mail_that_cannot_be_made_ready_uses_its_tries_and_stops_no_other(monkeypatch):
    OutgoingMailFactory()
    monkeypatch.setattr(delivery, "ask", lambda mail: 1 / 0)

    assert deliver(claim_next(holder="a"), server=MailServer()) == MailStatus.RETRY

    assert "ZeroDivisionError" in OutgoingMail.objects.get().reply


def test_a_mail_whose_facts_cannot_be_read_since_the_database_is_away_uses_no_try(monkeypatch):
    OutgoingMailFactory()

    def ask(mail):
        raise OperationalError("away")

    monkeypatch.setattr(delivery, "ask", ask)
    with pytest.raises(OperationalError):
        deliver(claim_next(holder="a"), server=MailServer())

    mail = OutgoingMail.objects.get()
    assert (mail.status, mail.tries) == (MailStatus.QUEUED, 0)


def test_what_a_worker_had_claimed_is_put_back_as_it_was():
    mails = OutgoingMailFactory.create_batch(2)
    claim_next(holder="a")
    claim_next(holder="b")

    give_back_all(holder="a")

    assert list(OutgoingMail.objects.order_by("pk").values_list("status", "tries")) == [("queued", 0), ("sending", 1)]
    assert claim_next(holder="c", now=clock.now() + BUSY_DELAY).pk == mails[0].pk


@pytest.mark.parametrize("hide", [True, False])
def test_a_sensitive_body_is_wiped_on_delivery_where_it_must_be_hidden(settings, hide):
    settings.OUTBOX_HIDE_SENSITIVE = hide
    OutgoingMailFactory(sensitive=True, text="Din kod är 123456")

    deliver(claim_next(holder="a"), server=MailServer())

    mail = OutgoingMail.objects.get()
    assert mail.wiped == hide
    assert ("123456" in mail.text) != hide


def test_an_ordinary_body_is_kept():
    OutgoingMailFactory(text="Välkommen")

    deliver(claim_next(holder="a"), server=MailServer())

    assert OutgoingMail.objects.get().text == "Välkommen"


def test_the_mail_of_a_dead_worker_on_this_machine_is_free_at_once(ended_holder):
    OutgoingMailFactory()
    claim_next(holder=ended_holder)

    assert release_dead_mails() == 1
    assert claim_next(holder="b") is not None


@pytest.mark.parametrize("holder", [new_holder(), "elsewhere/1/abc"], ids=["alive here", "elsewhere"])
def test_the_mail_of_a_worker_that_may_live_is_left_to_it(holder):
    OutgoingMailFactory()
    claim_next(holder=holder)

    assert release_dead_mails() == 0
    assert claim_next(holder="b") is None
