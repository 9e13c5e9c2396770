"""The worker against a real mail server: order, faults, other workers, and being killed."""

import os
import signal
import subprocess
import sys
import threading
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.utils import timezone

from outbox import reachability
from outbox import worker as worker_module
from outbox.actions import release_queue
from outbox.connection_slots import make_slots, take_slot
from outbox.delivery import claim_next
from outbox.enums import MailStatus
from outbox.mail_server import ServerUnavailable, make_mail_server
from outbox.models import DeliverySlot, OutgoingMail, QueueState
from outbox.worker import QueueHeld, Step, Worker
from tests.factories.outbox import OutgoingMailFactory

# A thread that fails must fail its test.
pytestmark = [
    pytest.mark.databases,
    pytest.mark.django_db(transaction=True),
    pytest.mark.filterwarnings("error::pytest.PytestUnhandledThreadExceptionWarning"),
]


@pytest.fixture
def worker(smtp_server, guard):
    worker = Worker(server=make_mail_server(smtp_server.delivery), guard=guard)
    yield worker
    worker.disconnect()


@pytest.fixture(autouse=True)
def _quick_polls(monkeypatch):
    monkeypatch.setattr(worker_module, "POLL", 0.02)


def drain(worker: Worker) -> None:
    worker.drain(threading.Event())


def statuses() -> set[str]:
    return set(OutgoingMail.objects.values_list("status", flat=True))


def test_everything_in_the_queue_is_delivered_over_one_connection(worker, smtp_server):
    mails = OutgoingMailFactory.create_batch(10)

    drain(worker)

    assert smtp_server.recipients == [mail.recipient for mail in mails]
    assert [mail.message_id for mail in smtp_server.mails] == [mail.message_id for mail in mails]
    assert statuses() == {MailStatus.SENT}
    assert smtp_server.connections == 1
    assert not DeliverySlot.objects.exclude(holder="").exists()


def test_bad_addresses_first_in_the_queue_do_not_delay_the_others(worker, smtp_server):
    for number, reply in enumerate(["550 No such user", "450 Greylisted", "drop", "421 Busy"]):
        smtp_server.replies[f"fel{number}@nacka.example"] = reply
        OutgoingMailFactory(recipient=f"fel{number}@nacka.example")
    good = OutgoingMailFactory.create_batch(3)

    drain(worker)

    assert smtp_server.recipients == [mail.recipient for mail in good]
    assert dict(worker.counts) == {MailStatus.FAILED: 1, MailStatus.RETRY: 2, MailStatus.SENT: 3}
    busy = OutgoingMail.objects.get(recipient="fel3@nacka.example")
    assert (busy.status, busy.tries) == (MailStatus.QUEUED, 0)


def test_a_cancellation_waits_for_the_request_that_has_to_be_tried_again(worker, smtp_server):
    request = OutgoingMailFactory(recipient="anna@nacka.example", stream="möte:1", subject="Bekräftelse")
    OutgoingMailFactory(recipient="anna@nacka.example", stream="möte:1", subject="Inställt", urgent=True)
    smtp_server.replies["anna@nacka.example"] = "450 Greylisted"

    drain(worker)
    assert smtp_server.mails == []

    smtp_server.replies.clear()
    OutgoingMail.objects.filter(pk=request.pk).update(due_at=timezone.now())
    drain(worker)
    assert [str(mail.message["Subject"]) for mail in smtp_server.mails] == ["Bekräftelse", "Inställt"]


def test_a_server_that_is_away_uses_up_no_tries(worker, smtp_server):
    OutgoingMailFactory()
    worker.server = make_mail_server({**smtp_server.delivery, "EMAIL_PORT": 1})

    with pytest.raises(ServerUnavailable):
        drain(worker)

    mail = OutgoingMail.objects.get()
    assert (mail.status, mail.tries) == (MailStatus.QUEUED, 0)
    assert not DeliverySlot.objects.exclude(holder="").exists()


def test_a_mail_to_be_tried_later_does_not_keep_a_draining_worker(worker):
    OutgoingMailFactory(retrying=True)

    drain(worker)

    assert statuses() == {MailStatus.RETRY}


def test_a_draining_worker_waits_for_the_lease_of_another(worker, smtp_server):
    OutgoingMailFactory()
    claim_next(holder="elsewhere/1/abc")
    OutgoingMail.objects.update(due_at=timezone.now() + timedelta(seconds=0.5))

    drain(worker)

    assert len(smtp_server.mails) == 1
    assert OutgoingMail.objects.get().tries == 2


def test_a_draining_worker_takes_over_from_a_dead_one_at_once(worker, smtp_server, ended_holder):
    OutgoingMailFactory()
    claim_next(holder=ended_holder)

    drain(worker)

    assert len(smtp_server.mails) == 1


def test_the_fourth_worker_waits_for_a_place(worker, smtp_server):
    OutgoingMailFactory()
    make_slots()
    for holder in "abc":
        take_slot(holder=holder, now=timezone.now(), lease=timedelta(minutes=5))

    assert worker.step() is Step.NO_SLOT
    assert smtp_server.connections == 0

    DeliverySlot.objects.filter(holder="b").update(holder="", lease_until=None)
    assert worker.step() is Step.WORKED


def test_five_workers_share_the_queue_over_three_connections_and_send_each_mail_once(smtp_server, guard):
    smtp_server.pause = 0.01
    mails = OutgoingMailFactory.create_batch(40)

    def work() -> None:
        try:
            drain(Worker(server=make_mail_server(smtp_server.delivery), guard=guard))
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert smtp_server.count_by_message_id() == {mail.message_id: 1 for mail in mails}
    assert smtp_server.most_open_connections <= 3
    assert QueueState.objects.current().delivered == len(mails)


def test_nothing_is_sent_after_a_restore_until_the_queue_is_released(worker, smtp_server, guard):
    OutgoingMailFactory.create_batch(3)
    drain(worker)
    # Put the database back to before the delivery.
    OutgoingMail.objects.update(status=MailStatus.QUEUED, sent_at=None, due_at=timezone.now())
    QueueState.objects.update(delivered=0)

    with pytest.raises(QueueHeld, match="återställd"):
        drain(worker)

    assert len(smtp_server.mails) == 3
    assert QueueState.objects.current().held_since is not None


def test_whoever_is_to_release_a_held_queue_gets_the_code_to_log_in_with(worker, smtp_server):
    mails = [*OutgoingMailFactory.create_batch(3), OutgoingMailFactory(sensitive=True)]
    drain(worker)
    # Put the database back to before the delivery.
    OutgoingMail.objects.update(status=MailStatus.QUEUED, sent_at=None, due_at=timezone.now())
    QueueState.objects.update(delivered=0)
    with pytest.raises(QueueHeld, match="återställd"):
        drain(worker)
    code, written = OutgoingMailFactory(sensitive=True), OutgoingMailFactory()
    for _ in range(2):
        with pytest.raises(QueueHeld, match="återställd"):
            drain(worker)

    once = {mail.message_id: 1 for mail in mails}
    assert smtp_server.count_by_message_id() == once | {code.message_id: 1}
    release_queue(by=None)
    OutgoingMail.objects.filter(pk__in=[mail.pk for mail in mails]).delete()  # the operator knows that they have gone
    drain(worker)
    assert smtp_server.count_by_message_id() == once | {code.message_id: 1, written.message_id: 1}


def test_a_place_and_a_connection_are_given_back_after_some_idleness(worker, smtp_server):
    OutgoingMailFactory()
    make_slots()
    assert worker.step() is Step.WORKED
    assert worker.step() is Step.IDLE
    assert DeliverySlot.objects.exclude(holder="").exists()

    worker.last_worked -= 60
    worker.step()
    assert not DeliverySlot.objects.exclude(holder="").exists()


def run_in_thread(worker: Worker, stop: threading.Event) -> threading.Thread:
    def work() -> None:
        try:
            worker.run(stop)
        finally:
            connection.close()

    thread = threading.Thread(target=work)
    thread.start()
    return thread


def test_a_running_worker_delivers_what_comes_and_ends_when_asked(worker, smtp_server):
    stop = threading.Event()
    thread = run_in_thread(worker, stop)

    OutgoingMailFactory()
    smtp_server.wait_for(1)
    OutgoingMailFactory()
    smtp_server.wait_for(2)
    stop.set()
    thread.join()

    assert statuses() == {MailStatus.SENT}


def test_a_running_worker_goes_on_when_the_server_comes_back(worker, smtp_server, monkeypatch):
    monkeypatch.setattr(reachability, "PAUSES", (0.02,))
    OutgoingMailFactory()
    port, worker.server.backend.port = worker.server.backend.port, 1
    stop = threading.Event()
    thread = run_in_thread(worker, stop)

    time.sleep(0.2)
    assert smtp_server.mails == []
    worker.server.backend.port = port
    smtp_server.wait_for(1)
    stop.set()
    thread.join()


def test_a_running_worker_survives_a_fault_that_nobody_foresaw(worker, smtp_server, monkeypatch):
    monkeypatch.setattr(worker_module, "FAULT_PAUSES", (0.02,))
    faults = [RuntimeError("oväntat")]
    look = worker.look

    def look_or_fail() -> QueueState:
        if faults:
            raise faults.pop()
        return look()

    monkeypatch.setattr(worker, "look", look_or_fail)
    OutgoingMailFactory()
    stop = threading.Event()
    thread = run_in_thread(worker, stop)

    smtp_server.wait_for(1)
    stop.set()
    thread.join()


# --- Real processes ---------------------------------------------------------------------------


def database_url() -> str:
    """The test's database, as another process finds it."""
    values = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{values['NAME']}"
    return f"postgres://{values['USER']}:{values['PASSWORD']}@{values['HOST']}:{values['PORT']}/{values['NAME']}"


def start_worker(smtp_server, state_dir: Path, *options: str) -> subprocess.Popen[str]:
    environment = {
        **os.environ,
        "LUMEN_ENV": "dev",
        "DATABASE_URL": database_url(),
        "EMAIL_URL": smtp_server.url,
        "STATE_DIR": str(state_dir),
    }
    return subprocess.Popen(
        [sys.executable, "manage.py", "worker", *options],
        cwd=django_settings.BASE_DIR,
        env=environment,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def test_after_kill_9_in_the_middle_nobody_is_missed_and_at_most_one_gets_it_twice(smtp_server, tmp_path):
    mails = OutgoingMailFactory.create_batch(30)
    smtp_server.pause = 0.3  # so slow that a busy machine has time to kill it in the middle

    first = start_worker(smtp_server, tmp_path)
    smtp_server.wait_for(8)
    first.send_signal(signal.SIGKILL)
    first.wait()
    assert OutgoingMail.objects.pending().exists()

    smtp_server.pause = 0
    second = start_worker(smtp_server, tmp_path, "--once")
    _, errors = second.communicate(timeout=120)

    assert second.returncode == 0, errors
    counts = smtp_server.count_by_message_id()
    assert set(counts) == {mail.message_id for mail in mails}
    assert sum(counts.values()) <= len(mails) + 1
    assert statuses() == {MailStatus.SENT}


def test_a_worker_told_to_end_finishes_the_mails_it_is_sending(smtp_server, tmp_path):
    OutgoingMailFactory.create_batch(8)
    smtp_server.pause = 1

    process = start_worker(smtp_server, tmp_path)
    deadline = time.monotonic() + 60
    while not OutgoingMail.objects.filter(status=MailStatus.SENDING).exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=60)

    assert process.returncode == 0
    assert 1 <= len(smtp_server.mails) <= 3
    assert OutgoingMail.objects.filter(status=MailStatus.SENT).count() == len(smtp_server.mails)
    assert statuses() == {MailStatus.QUEUED, MailStatus.SENT}
