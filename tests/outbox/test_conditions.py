"""A mail is asked for when it leaves: facts that have overtaken it withdraw it, and a new address gets it."""

import email
import email.policy

import pytest

from outbox import conditions
from outbox.actions import queue, withdraw_all
from outbox.delivery import claim_next, deliver
from outbox.enums import MailStatus
from outbox.mails import Mail
from outbox.models import OutgoingMail

pytestmark = pytest.mark.django_db


class Server:
    """A mail server that remembers to whom it was given what."""

    def __init__(self):
        self.taken = []

    def send(self, *, sender, recipient, content):
        self.taken.append((recipient, email.message_from_bytes(content, policy=email.policy.default)))
        return "250 Ok"


@pytest.fixture
def verdict(monkeypatch):
    """What the condition `fact` answers, and the facts it was asked about."""
    answers = {"verdict": conditions.Verdict(), "asked": []}

    def answer(mail, facts):
        answers["asked"].append(facts)
        return answers["verdict"]

    monkeypatch.setitem(conditions._conditions, "fact", answer)
    return answers


def queued(**details):
    details = {"to": "asa@nacka.example", "subject": "Möte på fredag – åhörare", "text": "Hej"} | details
    return queue(Mail(**details))


def delivered(mail):
    server = Server()
    status = deliver(claim_next(holder="me"), server=server)
    mail.refresh_from_db()
    assert mail.status == status
    return server.taken


def test_a_mail_whose_condition_holds_leaves(verdict):
    mail = queued(condition={"kind": "fact", "role": 17})
    assert len(delivered(mail)) == 1
    assert verdict["asked"] == [{"role": 17}]
    assert mail.status == MailStatus.SENT


def test_an_overtaken_mail_is_withdrawn_with_its_reason_and_never_sent(verdict):
    verdict["verdict"] = conditions.Verdict(withdrawn="Mötet ställdes in.")
    mail = queued(condition={"kind": "fact"})
    assert delivered(mail) == []
    assert (mail.status, mail.reply, mail.due_at, mail.holder) == (MailStatus.WITHDRAWN, "Mötet ställdes in.", None, "")
    assert [(event.status, event.note) for event in mail.events.all()] == [("withdrawn", "Mötet ställdes in.")]
    assert claim_next(holder="me") is None


def test_a_receiver_with_a_new_address_gets_the_mail_there(verdict):
    verdict["verdict"] = conditions.Verdict(address="Ny@Nacka.example")
    mail = queued(condition={"kind": "fact"}, stream="meeting:1")
    later = queued(to="ny@nacka.example", stream="meeting:1")
    [(recipient, message)] = delivered(mail)
    assert recipient == "ny@nacka.example"
    assert message["To"] == "ny@nacka.example"
    assert message["Subject"] == "Möte på fredag – åhörare"
    assert message["Message-ID"] == mail.message_id
    assert mail.stream == later.stream


def test_only_waiting_mails_are_withdrawn_together():
    waiting, retried, sending, sent = (queued(to=f"{name}@nacka.example") for name in "abcd")
    OutgoingMail.objects.filter(pk=retried.pk).update(status=MailStatus.RETRY)
    OutgoingMail.objects.filter(pk=sending.pk).update(status=MailStatus.SENDING)
    OutgoingMail.objects.filter(pk=sent.pk).update(status=MailStatus.SENT, sent_at=sent.created_at, due_at=None)
    assert withdraw_all(OutgoingMail.objects.all(), because="Mötet ställdes in.") == [waiting, retried]
    statuses = list(OutgoingMail.objects.order_by("pk").values_list("status", flat=True))
    assert statuses == ["withdrawn", "withdrawn", "sending", "sent"]


def test_a_mail_answers_to_somebody_else_when_it_says_so():
    message = email.message_from_bytes(bytes(queued(reply_to="anna@nacka.example").message))
    assert message["Reply-To"] == "anna@nacka.example"
