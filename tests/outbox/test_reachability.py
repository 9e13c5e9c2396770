"""What the connections of one process know together of the mail server."""

import pytest

from outbox import reachability
from outbox.reachability import PAUSES, Reachability


@pytest.fixture
def clock(monkeypatch) -> list[float]:
    """The monotonic clock; its one item is the time."""
    now = [1000.0]
    monkeypatch.setattr(reachability.time, "monotonic", lambda: now[0])
    return now


def test_connections_are_opened_one_at_a_time(clock):
    server = Reachability()
    assert [server.may_open(), server.may_open()] == [True, False]
    server.let_next_open()
    assert server.may_open()


def test_one_that_hangs_while_it_is_opened_keeps_the_others_for_a_moment_only(clock):
    server = Reachability()
    server.may_open()
    clock[0] += PAUSES[0]
    assert server.may_open()


def test_after_a_setback_one_connection_tries_in_each_pause_and_the_pauses_grow(clock):
    server = Reachability()
    tries = []
    server.may_open()
    for _ in range(4):
        pause = server.failed()
        assert not server.may_open()
        clock[0] += pause
        assert [server.may_open() for _ in range(3)] == [True, False, False]
        tries.append(pause)
    assert tries == [1, 2, 5, 5]


def test_o18_no_pause_is_longer_than_some_seconds():
    assert max(PAUSES) <= 5


def test_that_it_can_be_reached_is_no_answer_for_a_mail(clock):
    """A server that says 421 to each mail must not be asked again at once."""
    server = Reachability()
    pauses = []
    for _ in range(3):
        server.may_open()
        server.let_next_open()
        pauses.append(server.failed())
    assert pauses == [1, 2, 5]


def test_an_answer_for_a_mail_opens_the_way_for_all(clock):
    server = Reachability()
    server.failed()
    server.answered(1)
    assert server.may_open()
    assert server.failed() == 1


def test_m18_a_server_that_takes_others_is_too_busy_for_one_mail():
    server = Reachability()
    server.was_busy(7)
    assert not server.is_about(7)
    server.answered(8)
    assert server.is_about(7)
    assert not server.is_about(9)
    server.answered(7)
    server.answered(8)
    assert not server.is_about(7)
