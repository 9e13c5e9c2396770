"""One worker process keeps up to three connections busy."""

import threading
import time

import pytest
from django.db import connection

from outbox import connections as connections_module
from outbox import last_word, reachability
from outbox import worker as worker_module
from outbox.actions import hold_queue
from outbox.connections import Connections
from outbox.enums import MailStatus
from outbox.mail_server import ServerUnavailable, make_mail_server
from outbox.models import DeliverySlot, OutgoingMail, QueueState
from outbox.worker import QueueHeld, Worker
from tests.factories.outbox import OutgoingMailFactory
from tests.raw_peer import RawPeer, raw_peer

# A thread that fails must fail its test.
pytestmark = [
    pytest.mark.databases,
    pytest.mark.django_db(transaction=True),
    pytest.mark.filterwarnings("error::pytest.PytestUnhandledThreadExceptionWarning"),
]


@pytest.fixture(autouse=True)
def _quick_polls(monkeypatch):
    monkeypatch.setattr(worker_module, "POLL", 0.05)


@pytest.fixture(autouse=True)
def _no_thread_is_left():
    yield
    for thread in threading.enumerate():
        if thread.name.startswith("delivery"):
            thread.join(timeout=60)
            assert not thread.is_alive()


@pytest.fixture
def connect(guard):
    """Makes the connections of one process to a peer."""

    def make(peer) -> Connections:
        def worker(**shared: object) -> Worker:
            return Worker(server=make_mail_server(peer.delivery), guard=guard, **shared)

        return Connections(worker)

    return make


def drain(connections: Connections) -> None:
    connections.drain(threading.Event())


def run(connections: Connections, stop: threading.Event) -> threading.Thread:
    thread = threading.Thread(target=connections.run, args=[stop])
    thread.start()
    return thread


def wait_until(condition, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


def statuses() -> set[str]:
    return set(OutgoingMail.objects.values_list("status", flat=True))


def test_m26_one_worker_keeps_three_connections_busy(connect, smtp_server):
    smtp_server.pause = 0.02
    mails = OutgoingMailFactory.create_batch(40)

    drain(connect(smtp_server))

    assert smtp_server.count_by_message_id() == {mail.message_id: 1 for mail in mails}
    assert smtp_server.most_open_connections == 3
    assert QueueState.objects.current().delivered == 40
    assert not DeliverySlot.objects.exclude(holder="").exists()


@pytest.mark.parametrize(("asked", "made"), [(1, 1), (2, 2), (3, 3), (0, 1), (9, 3)])
def test_m26_how_many_is_a_setting(settings, asked, made):
    settings.OUTBOX_CONNECTIONS = asked
    assert len(Connections().workers) == made


def test_m26_two_workers_have_three_connections_together(connect, smtp_server):
    smtp_server.pause = 0.02
    mails = OutgoingMailFactory.create_batch(40)

    threads = [threading.Thread(target=drain, args=[connect(smtp_server)]) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert smtp_server.count_by_message_id() == {mail.message_id: 1 for mail in mails}
    assert smtp_server.most_open_connections == 3


def test_mails_of_one_stream_arrive_in_order_however_many_connections(connect, smtp_server):
    smtp_server.pause = 0.01
    for number in range(10):
        for receiver in range(3):
            OutgoingMailFactory(
                recipient=f"kim{receiver}@nacka.example", stream=f"möte:1:{receiver}", subject=f"Besked {number}"
            )

    drain(connect(smtp_server))

    for receiver in range(3):
        subjects = [str(mail.message["Subject"]) for mail in smtp_server.to(f"kim{receiver}@nacka.example")]
        assert subjects == [f"Besked {number}" for number in range(10)]


def test_a_held_queue_ends_a_drain_with_its_reason(connect, smtp_server):
    OutgoingMailFactory()
    hold_queue(because="Databasen är återställd.")

    with pytest.raises(QueueHeld, match="återställd"):
        drain(connect(smtp_server))
    assert smtp_server.mails == []


def test_a_server_that_is_away_ends_a_drain_with_its_reason(connect, smtp_server):
    OutgoingMailFactory()
    smtp_server.port = 1

    with pytest.raises(ServerUnavailable):
        drain(connect(smtp_server))
    assert statuses() == {MailStatus.QUEUED}
    assert not DeliverySlot.objects.exclude(holder="").exists()


def test_a_thread_that_ends_by_a_fault_ends_the_process_so_that_somebody_starts_it_again(connect, smtp_server):
    connections, stop = connect(smtp_server), threading.Event()

    def fail(ending: threading.Event) -> None:
        raise RuntimeError("oväntat")

    connections.workers[1].run = fail
    with pytest.raises(RuntimeError, match="oväntat"):
        connections.run(stop)


def test_m18_a_server_that_says_421_to_each_mail_uses_no_try_and_is_not_hammered(connect, monkeypatch):
    monkeypatch.setattr(reachability, "PAUSES", (0.1, 0.2, 0.5))
    OutgoingMailFactory.create_batch(30)
    with raw_peer(rules={"rcpt": "421 4.3.2 Busy"}) as peer:
        connections, stop = connect(peer), threading.Event()
        thread = run(connections, stop)
        wait_until(lambda: len(peer.connections) >= 6)
        # The third pause and those after it are the longest.
        gaps = [later - earlier for earlier, later in zip(peer.connections[3:], peer.connections[4:], strict=False)]
        assert min(gaps) > 0.2
        peer.rules = {}
        OutgoingMail.objects.update(due_at=OutgoingMail.objects.earliest("pk").created_at)
        wait_until(lambda: len(peer.message_ids) >= 25)
        stop.set()
        thread.join()
        assert max(OutgoingMail.objects.values_list("tries", flat=True)) == 1


def test_m6_a_worker_that_waits_after_the_dot_does_not_stop_the_others(connect, monkeypatch):
    monkeypatch.setattr(last_word, "MOST", 0.2)
    OutgoingMailFactory.create_batch(8)
    slow = RawPeer.answer

    def answer(self: RawPeer, talk, step: str) -> str:
        if step == "dot" and len(self.message_ids) == 1:
            wait_until(lambda: len(self.message_ids) == 8)
        return slow(self, talk, step)

    monkeypatch.setattr(RawPeer, "answer", answer)
    with raw_peer() as peer:
        drain(connect(peer))
    assert statuses() == {MailStatus.SENT}
    assert len(set(peer.message_ids)) == len(peer.message_ids) == 8


@pytest.mark.parametrize(
    ("step", "status"), [("rcpt", MailStatus.QUEUED), ("dot", MailStatus.UNCERTAIN), ("connect", MailStatus.QUEUED)]
)
def test_m6_a_worker_told_to_end_while_the_server_is_silent_ends_soon_and_knows_what_became_of_the_mail(
    connect, monkeypatch, step, status
):
    monkeypatch.setattr(connections_module, "GRACE", 0.3)
    OutgoingMailFactory()
    with raw_peer(rules={step: "hang"}) as peer:
        connections, stop = connect(peer), threading.Event()
        thread = run(connections, stop)
        wait_until(lambda: peer.connections)
        time.sleep(0.2)
        stop.set()
        thread.join(timeout=30)
        assert not thread.is_alive()
    mail = OutgoingMail.objects.get()
    assert (mail.status, mail.holder) == (status, "")


def test_when_all_connections_break_at_once_one_mail_is_uncertain_and_not_three(connect, monkeypatch):
    monkeypatch.setattr(connections_module, "GRACE", 0.1)
    monkeypatch.setattr(last_word, "MOST", 60)
    OutgoingMailFactory.create_batch(3)
    with raw_peer(rules={"dot": "hang"}) as peer:
        stop = threading.Event()
        thread = run(connect(peer), stop)
        wait_until(lambda: peer.texts == 3)
        stop.set()
        thread.join()
    assert sorted(OutgoingMail.objects.values_list("status", flat=True)) == ["queued", "queued", "uncertain"]


def test_the_database_connections_of_the_threads_are_closed(connect, smtp_server):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite does not tell who is connected")

    def others() -> int:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            return cursor.fetchone()[0]

    OutgoingMailFactory.create_batch(5)
    drain(connect(smtp_server))
    wait_until(lambda: others() == 0, seconds=10)
