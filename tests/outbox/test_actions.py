"""Queueing, trying again, holding and releasing."""

from functools import partial

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db import transaction

from outbox.actions import (
    RetryRefused,
    hold_queue,
    mark_sent,
    queue,
    queue_all,
    release_queue,
    retry_all,
    retry_mail,
    take_out_of_queue,
)
from outbox.composition import CompositionError
from outbox.enums import MailStatus
from outbox.mails import Mail
from outbox.models import OutgoingMail, QueueState
from tests.factories.outbox import OutgoingMailFactory

pytestmark = [pytest.mark.django_db, pytest.mark.databases]


@pytest.fixture
def operator():
    return get_user_model().objects.create_superuser("drift@socialstyrelsen.example", "Drift")


@pytest.fixture
def bystander():
    return get_user_model().objects.create_user("eva@socialstyrelsen.example", "Eva")


def test_a_queued_mail_is_a_row_that_knows_its_message():
    mail = queue(
        Mail(
            to="Anna Ek <Anna@Nacka.example>",
            subject="Inbjudan\ntill möte",
            text="Hej",
            stream="möte:1",
            batch="invitation:17",
            category="inbjudan",
            urgent=True,
        )
    )

    mail.refresh_from_db()
    assert (mail.recipient, mail.subject, mail.text) == ("anna@nacka.example", "Inbjudan till möte", "Hej")
    assert (mail.batch, mail.category) == ("invitation:17", "inbjudan")
    assert mail.urgent
    assert mail.status == MailStatus.QUEUED
    assert f"Message-ID: {mail.message_id}".encode() in bytes(mail.message)


def test_each_receiver_has_a_stream_of_their_own():
    anna, anna_again, bo, alone = queue_all(
        Mail(to=to, subject="Inbjudan", text="Hej", stream=stream)
        for to, stream in [("anna@a.se", "möte:1"), ("Anna@A.se", "möte:1"), ("bo@a.se", "möte:1"), ("bo@a.se", "")]
    )

    assert anna.stream.startswith("möte:1:")
    assert anna.stream == anna_again.stream != bo.stream
    assert alone.stream == ""
    assert list(OutgoingMail.objects.deliverable()) == [anna, bo, alone]


def test_a_mail_to_no_address_is_refused():
    with pytest.raises(CompositionError):
        queue(Mail(to="anna", subject="Inbjudan", text="Hej"))
    assert not OutgoingMail.objects.exists()


def test_many_mails_are_queued_in_their_order_and_in_few_queries(django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        rows = queue_all(Mail(to=f"kim{n}@nacka.example", subject="Inbjudan", text="Hej") for n in range(120))

    assert [row.recipient for row in rows] == [f"kim{n}@nacka.example" for n in range(120)]
    assert list(OutgoingMail.objects.deliverable()) == rows


def test_one_wrong_address_among_many_is_told_before_any_is_queued():
    with pytest.raises(CompositionError, match="ingen adress"):
        queue_all([Mail(to="kim@nacka.example", subject="a", text="b"), Mail(to="ingen adress", subject="a", text="b")])
    assert not OutgoingMail.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_rolled_back_transaction_gives_no_mail():
    def fail_after_queueing():
        with transaction.atomic():
            queue(Mail(to="anna@nacka.example", subject="Inbjudan", text="Hej"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_after_queueing()
    assert not OutgoingMail.objects.exists()


def test_a_templated_mail_escapes_in_html_and_not_in_text():
    mail = queue(
        Mail(
            to="anna@nacka.example",
            subject="Vård & omsorg",
            template="base",
            context={"button_url": "https://lumen.example/a?b=1&c=2", "button_label": "Öppna <nu>"},
        )
    )

    content = mail.text
    assert "https://lumen.example/a?b=1&c=2" in content
    assert "Öppna <nu>" in content
    message = bytes(mail.message)
    assert b"&lt;nu&gt;" in message
    assert b"<nu>" in message  # the plain part


def test_a_mail_that_failed_is_tried_again_with_all_its_tries_left(operator):
    mail = OutgoingMailFactory(failed=True, tries=4)

    retry_mail(mail=mail, by=operator)

    mail.refresh_from_db()
    assert (mail.status, mail.tries) == (MailStatus.QUEUED, 0)
    assert list(OutgoingMail.objects.deliverable()) == [mail]
    assert mail.events.get().note == "Försök igen: Drift"


def test_m6_a_mail_that_may_have_arrived_is_sent_again_when_somebody_asks(operator):
    mail = OutgoingMailFactory(uncertain=True)
    assert not OutgoingMail.objects.deliverable().exists()

    retry_mail(mail=mail, by=operator)

    assert list(OutgoingMail.objects.deliverable()) == [mail]


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"sent": True}, "inget att försöka om"),
        ({}, "inget att försöka om"),
        ({"failed": True, "message": b"", "sensitive": True}, "är raderat"),
    ],
)
def test_what_makes_no_sense_to_send_again_is_refused(operator, fields, reason):
    mail = OutgoingMailFactory(**fields)

    with pytest.raises(RetryRefused, match=reason):
        retry_mail(mail=mail, by=operator)


def test_a_request_is_not_sent_again_after_the_cancellation_has_gone_out(operator):
    request = OutgoingMailFactory(failed=True, stream="möte:1")
    cancellation = OutgoingMailFactory(stream="möte:1")
    retry_mail(mail=request, by=operator)

    OutgoingMail.objects.filter(pk=request.pk).update(status=MailStatus.FAILED)
    OutgoingMailFactory(stream="möte:2", sent=True)
    retry_mail(mail=request, by=operator)

    OutgoingMail.objects.filter(pk=request.pk).update(status=MailStatus.FAILED)
    OutgoingMail.objects.filter(pk=cancellation.pk).update(status=MailStatus.SENT, sent_at=cancellation.created_at)
    with pytest.raises(RetryRefused, match="senare mejl"):
        retry_mail(mail=request, by=operator)


def test_mails_without_a_stream_are_not_in_each_others_way(operator):
    failed = OutgoingMailFactory(failed=True)
    OutgoingMailFactory(sent=True)

    retry_mail(mail=failed, by=operator)

    assert list(OutgoingMail.objects.pending()) == [failed]


def test_trying_again_and_releasing_ask_for_the_right(bystander):
    hold_queue(because="Prov")

    with pytest.raises(PermissionDenied):
        retry_mail(mail=OutgoingMailFactory(failed=True), by=bystander)
    with pytest.raises(PermissionDenied):
        release_queue(by=bystander)
    for settle in (retry_all, take_out_of_queue, partial(mark_sent, note="Prov")):
        with pytest.raises(PermissionDenied):
            settle(mails=OutgoingMail.objects.all(), by=bystander)
    assert QueueState.objects.current().held_since


def test_an_uncertain_mail_may_be_sent_again_and_may_be_marked_as_sent(operator):
    again, sent = OutgoingMailFactory.create_batch(2, gone=True, status=MailStatus.UNCERTAIN)

    retry_mail(mail=again, by=operator)
    assert mark_sent(mails=OutgoingMail.objects.filter(pk=sent.pk), by=operator, note="Servern har det") == 1

    sent.refresh_from_db()
    assert (sent.status, sent.reply, sent.due_at) == (MailStatus.SENT, "Servern har det", None)
    assert sent.events.get().note == f"Servern har det: {operator}"
    assert list(OutgoingMail.objects.pending()) == [again]


def test_what_is_settled_already_is_not_marked_once_more(operator):
    OutgoingMailFactory(sent=True)
    OutgoingMailFactory(bounced=True)
    OutgoingMailFactory(gone=True, status=MailStatus.WITHDRAWN)

    assert mark_sent(mails=OutgoingMail.objects.all(), by=None, note="Prov") == 0


def test_a_held_queue_keeps_its_first_reason_and_is_released_once(operator):
    hold_queue(because="Första skälet")
    hold_queue(because="Andra skälet")

    assert QueueState.objects.current().held_because == "Första skälet"
    assert release_queue(by=operator) is True
    assert release_queue(by=operator) is False
    assert QueueState.objects.current().released_at is not None
