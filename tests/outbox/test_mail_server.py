"""The SMTP connection against a real server."""

import socket

import pytest
from django.core.exceptions import ImproperlyConfigured

from outbox.composition import compose
from outbox.mail_server import (
    NOT_REALLY_SENT,
    DeliveryError,
    PermanentFailure,
    ServerBusy,
    ServerUnavailable,
    SmtpServer,
    TemporaryFailure,
    make_mail_server,
)
from outbox.mails import Mail

SENDER = "lumen@lumen.example"
NOBODY_LISTENS = 1  # a port


@pytest.fixture
def server(smtp_server):
    server = make_mail_server(smtp_server.delivery)
    assert isinstance(server, SmtpServer)
    server.open()
    yield server
    server.close()


def send(server, recipient="anna@nacka.example", text="Hej") -> str:
    server.open()
    mail = compose(Mail(to=recipient, subject="Inbjudan", text=text))
    return server.send(sender=SENDER, recipient=recipient, content=mail.message)


def test_the_reply_of_the_server_is_returned(server, smtp_server):
    assert send(server) == "250 2.0.0 Ok: queued as 1"
    assert smtp_server.mails[0].sender == SENDER
    assert smtp_server.mails[0].recipient == "anna@nacka.example"


def test_the_message_arrives_as_it_was_written(server, smtp_server):
    send(server, text="Åäö\n.\n.. punkter först på raden\n")

    body = smtp_server.mails[0].message.get_content().splitlines()
    assert body == ["Åäö", ".", ".. punkter först på raden"]


def test_one_connection_serves_many_mails_and_survives_a_refusal(server, smtp_server):
    smtp_server.replies["fel@nacka.example"] = "550 5.1.1 No such user"

    send(server)
    with pytest.raises(PermanentFailure, match="550 5.1.1 No such user"):
        send(server, "fel@nacka.example")
    send(server)

    assert len(smtp_server.mails) == 2
    assert smtp_server.connections == 1


@pytest.mark.parametrize(
    ("reply", "fault"),
    [
        ("450 4.2.1 Try later", TemporaryFailure),
        ("421 4.3.2 Closing", ServerBusy),
        ("550 5.1.1 No such user", PermanentFailure),
        ("552 5.2.2 Mailbox full", PermanentFailure),
        ("drop", DeliveryError),  # before the dot another than after it; see test_smtp_steps
    ],
)
@pytest.mark.parametrize("when", ["replies", "data_replies"])
def test_a_5xx_is_final_and_all_else_is_not(server, smtp_server, when, reply, fault):
    getattr(smtp_server, when)["anna@nacka.example"] = reply

    with pytest.raises(fault):
        send(server)
    send(server, "bo@nacka.example")  # the next mail is not harmed
    assert smtp_server.recipients == ["bo@nacka.example"]


def test_that_the_server_refuses_us_is_no_fault_of_the_receiver(server, smtp_server):
    smtp_server.sender_reply = "550 5.7.1 Sender not allowed"

    with pytest.raises(TemporaryFailure, match="Sender not allowed"):
        send(server)


def test_a_server_that_has_closed_a_used_connection_gets_a_new_one(server, smtp_server):
    send(server)
    server.smtp.sock.shutdown(socket.SHUT_RDWR)

    assert send(server).startswith("250")
    assert smtp_server.connections == 2


@pytest.mark.parametrize("reply", ["550 5.1.1 Nix\0\a", "450 4.2.0 \x00"])
def test_no_reply_holds_what_a_database_refuses(server, smtp_server, reply):
    smtp_server.replies["anna@nacka.example"] = reply

    with pytest.raises(DeliveryError) as error:
        send(server)
    assert str(error.value).isprintable()


def test_no_server_means_that_nothing_can_be_delivered(smtp_server):
    server = make_mail_server({**smtp_server.delivery, "EMAIL_PORT": NOBODY_LISTENS})

    with pytest.raises(ServerUnavailable):
        server.open()


def test_without_a_server_the_mail_is_said_not_to_be_sent_for_real():
    server = make_mail_server({"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"})

    assert send(server) == NOT_REALLY_SENT


def test_a_backend_that_we_cannot_deliver_through_is_refused():
    with pytest.raises(ImproperlyConfigured, match="EMAIL_URL"):
        make_mail_server({"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"})
