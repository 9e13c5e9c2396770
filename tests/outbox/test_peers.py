"""The SMTP connection against a real server."""

import socket

import pytest
from django.core.exceptions import ImproperlyConfigured

from outbox.composition import compose
from outbox.peers import (
    NOT_REALLY_SENT,
    PeerUnavailable,
    PermanentFailure,
    SmtpPeer,
    TemporaryFailure,
    make_peer,
)

SENDER = "lumen@lumen.example"
NOBODY_LISTENS = 1  # a port


@pytest.fixture
def peer(smtp_server):
    peer = make_peer(smtp_server.delivery)
    assert isinstance(peer, SmtpPeer)
    peer.open()
    yield peer
    peer.close()


def send(peer, recipient="anna@nacka.example", text="Hej") -> str:
    peer.open()
    composed = compose(to=recipient, subject="Inbjudan", text=text)
    return peer.send(sender=SENDER, recipient=recipient, content=composed.content)


def test_the_reply_of_the_server_is_returned(peer, smtp_server):
    assert send(peer) == "250 2.0.0 Ok: queued as 1"
    assert smtp_server.mails[0].sender == SENDER
    assert smtp_server.mails[0].recipient == "anna@nacka.example"


def test_the_message_arrives_as_it_was_written(peer, smtp_server):
    send(peer, text="Åäö\n.\n.. punkter först på raden\n")

    body = smtp_server.mails[0].message.get_content().splitlines()
    assert body == ["Åäö", ".", ".. punkter först på raden"]


def test_one_connection_serves_many_mails_and_survives_a_refusal(peer, smtp_server):
    smtp_server.replies["fel@nacka.example"] = "550 5.1.1 No such user"

    send(peer)
    with pytest.raises(PermanentFailure, match="550 5.1.1 No such user"):
        send(peer, "fel@nacka.example")
    send(peer)

    assert len(smtp_server.mails) == 2
    assert smtp_server.connections == 1


@pytest.mark.parametrize(
    ("reply", "fault"),
    [
        ("450 4.2.1 Try later", TemporaryFailure),
        ("421 4.3.2 Closing", TemporaryFailure),
        ("550 5.1.1 No such user", PermanentFailure),
        ("552 5.2.2 Mailbox full", PermanentFailure),
        ("drop", TemporaryFailure),
    ],
)
@pytest.mark.parametrize("when", ["replies", "data_replies"])
def test_a_5xx_is_final_and_all_else_is_not(peer, smtp_server, when, reply, fault):
    getattr(smtp_server, when)["anna@nacka.example"] = reply

    with pytest.raises(fault):
        send(peer)
    send(peer, "bo@nacka.example")  # the next mail is not harmed
    assert smtp_server.recipients == ["bo@nacka.example"]


def test_that_the_server_refuses_us_is_no_fault_of_the_receiver(peer, smtp_server):
    smtp_server.sender_reply = "550 5.7.1 Sender not allowed"

    with pytest.raises(TemporaryFailure, match="Sender not allowed"):
        send(peer)


def test_a_server_that_has_closed_a_used_connection_gets_a_new_one(peer, smtp_server):
    send(peer)
    peer.smtp.sock.shutdown(socket.SHUT_RDWR)

    assert send(peer).startswith("250")
    assert smtp_server.connections == 2


def test_a_server_that_does_not_answer_in_time_is_a_temporary_failure(smtp_server):
    peer = make_peer({**smtp_server.delivery, "OPTIONS": {"TIMEOUT": 1}})
    smtp_server.stalls["anna@nacka.example"] = 3

    with pytest.raises(TemporaryFailure, match="svarade inte i tid"):
        send(peer)
    assert send(peer, "bo@nacka.example").startswith("250")


def test_no_server_means_that_nothing_can_be_delivered(smtp_server):
    peer = make_peer({**smtp_server.delivery, "EMAIL_PORT": NOBODY_LISTENS})

    with pytest.raises(PeerUnavailable):
        peer.open()


def test_without_a_server_the_mail_is_said_not_to_be_sent_for_real():
    peer = make_peer({"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"})

    assert send(peer) == NOT_REALLY_SENT


def test_a_backend_that_we_cannot_deliver_through_is_refused():
    with pytest.raises(ImproperlyConfigured, match="EMAIL_URL"):
        make_peer({"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"})
