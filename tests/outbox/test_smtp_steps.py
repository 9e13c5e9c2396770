"""A time-out for each step."""

import socket
import threading
import time
from dataclasses import replace

import pytest

from outbox import smtp_steps
from outbox.mail_server import (
    ServerBusy,
    ServerUnavailable,
    TemporaryFailure,
    UncertainDelivery,
    make_mail_server,
)
from outbox.smtp_steps import Timeouts
from tests.raw_peer import raw_peer

CONTENT = b"Message-ID: <1@lumen.example>\r\n\r\nHej\r\n"
QUICK = Timeouts(*[0.3] * 12)


@pytest.fixture
def quick(monkeypatch):
    monkeypatch.setattr(smtp_steps, "TIMEOUTS", QUICK)


def send(peer, content: bytes = CONTENT, **options) -> str:
    server = make_mail_server({**peer.delivery, **options})
    server.open()
    try:
        return server.send(sender="lumen@lumen.example", recipient="anna@nacka.example", content=content)
    finally:
        server.close()


def test_the_numbers_are_those_of_rfc_5321():
    steps = Timeouts()
    assert (steps.greeting, steps.mail, steps.rcpt) == (300, 300, 300)
    assert (steps.data, steps.block, steps.after_dot) == (120, 180, 600)


def test_m6_all_can_be_shortened_but_the_answer_after_the_dot():
    steps = Timeouts().shortened(20)
    assert steps == replace(Timeouts(*[20] * 12), quit=5, after_dot=600)


@pytest.mark.parametrize(
    ("step", "fault"),
    [
        ("connect", ServerUnavailable),
        ("ehlo", ServerUnavailable),
        ("mail", ServerBusy),
        ("rcpt", TemporaryFailure),
        ("data", TemporaryFailure),
        ("dot", UncertainDelivery),
    ],
)
@pytest.mark.parametrize("behaviour", ["hang", "drop"])
def test_a_server_that_hangs_or_drops_is_left_in_time(quick, step, fault, behaviour):
    with raw_peer(rules={step: behaviour}) as peer:
        start = time.monotonic()
        with pytest.raises(fault):
            send(peer)
        assert time.monotonic() - start < 30
        assert peer.message_ids == []


def test_m6_a_server_may_take_longer_after_the_dot_than_at_any_other_step(monkeypatch):
    monkeypatch.setattr(smtp_steps, "TIMEOUTS", replace(QUICK, after_dot=20))
    with raw_peer(rules={"dot": "slow 1"}) as peer:
        assert send(peer) == "250 2.0.0 Ok: queued"
        assert peer.message_ids == ["<1@lumen.example>"]


def test_m6_the_address_of_the_server_shortens_the_other_steps_only():
    with raw_peer(rules={"dot": "slow 2"}) as peer:
        assert send(peer, OPTIONS={"TIMEOUT": 1}) == "250 2.0.0 Ok: queued"
        peer.rules = {"rcpt": "slow 3"}
        with pytest.raises(TemporaryFailure, match="svarade inte i tid"):
            send(peer, OPTIONS={"TIMEOUT": 1})


def test_m6_a_server_that_took_the_mail_and_did_not_say_so_leaves_it_uncertain():
    with raw_peer(rules={"dot": "take"}) as peer:
        with pytest.raises(UncertainDelivery, match="efter att hela mejlet hade lämnats över"):
            send(peer)
        assert peer.message_ids == ["<1@lumen.example>"]


def test_an_answer_after_the_dot_that_makes_no_sense_leaves_the_mail_uncertain():
    with raw_peer(rules={"dot": "hello"}) as peer, pytest.raises(UncertainDelivery, match="gick inte att tolka"):
        send(peer)


@pytest.mark.parametrize("step", ["mail", "rcpt", "data", "dot"])
def test_m18_421_at_any_step_is_about_the_server_and_not_the_mail(step):
    with raw_peer(rules={step: "421 4.3.2 Service not available"}) as peer, pytest.raises(ServerBusy, match="421 4.3"):
        send(peer)


@pytest.mark.parametrize("step", ["connect", "ehlo"])
def test_m18_421_before_any_mail_is_no_answer(step):
    with raw_peer(rules={step: "421 4.3.2 Service not available"}) as peer, pytest.raises(ServerUnavailable):
        send(peer)


@pytest.mark.parametrize("reply", ["450 4.7.1 Rate limited", "451 4.7.0 Try later", "452 4.3.1 No space"])
def test_m18_a_temporary_refusal_of_the_sender_is_about_us(reply):
    with raw_peer(rules={"mail": reply}) as peer, pytest.raises(ServerBusy, match=reply):
        send(peer)


def test_a_mail_of_many_blocks_arrives_whole():
    lines = [b"." * (number % 3) + b"rad %d" % number for number in range(40_000)]
    received: list[bytes] = []
    waits: list[float] = []

    class Keeper:
        def sendall(self, data: bytes) -> None:
            received.append(data)

        def settimeout(self, seconds: float) -> None:
            waits.append(seconds)

    smtp = smtp_steps.SteppedSmtp(timeouts=Timeouts())
    smtp.sock = Keeper()
    smtp.send_text(b"\r\n".join(lines))
    smtp.end_text()

    text = b"".join(received)
    assert len(received) > 5
    assert waits == [180] * len(received) + [600]
    assert text.endswith(b"\r\n.\r\n")
    undotted = [line[1:] if line.startswith(b".") else line for line in text[:-5].split(b"\r\n")]
    assert undotted == lines


@pytest.mark.parametrize("content", [b".hej", b"hej\r\n.", b"hej", b"\r\n.\r\n..\r\n"])
def test_a_dot_at_the_beginning_of_a_line_never_ends_the_mail(content):
    with raw_peer() as peer:
        assert send(peer, content).startswith("250")
        assert len(peer.message_ids) == 1


def test_a_connection_that_is_cut_ends_at_once_and_says_what_is_known():
    """As when the worker is told to end: before the dot nothing has happened, after it nobody knows."""
    for step, fault in (("rcpt", ServerBusy), ("dot", UncertainDelivery)):
        with raw_peer(rules={step: "hang"}) as peer:
            server = make_mail_server(peer.delivery)
            server.open()
            timer = threading.Timer(0.5, server.cut)
            timer.start()
            with pytest.raises(fault):
                server.send(sender="l@lumen.example", recipient="a@nacka.example", content=CONTENT)
            timer.join()


def test_what_is_sent_last_leaves_at_once_and_waits_for_no_acknowledgement():
    with raw_peer() as peer:
        server = make_mail_server(peer.delivery)
        server.open()
        try:
            assert server.smtp.sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
        finally:
            server.close()
