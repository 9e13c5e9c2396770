"""Django's own mail becomes rows."""

import pytest
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection, send_mail
from django.db import transaction

from outbox.backends import CATEGORY_HEADER, SENSITIVE_HEADER, URGENT_HEADER
from outbox.composition import CompositionError
from outbox.models import OutgoingMail

pytestmark = pytest.mark.django_db

BACKEND = "outbox.backends.OutboxBackend"


@pytest.fixture(autouse=True)
def _outbox_backend(settings):
    settings.EMAIL_BACKEND = BACKEND


def test_a_mail_that_django_sends_is_written_as_a_row_for_each_receiver():
    count = send_mail("Hej", "Text", None, ["anna@nacka.example", "Bo <bo@nacka.example>"], html_message="<p>Text</p>")

    assert count == 1
    mails = OutgoingMail.objects.order_by("pk")
    assert [mail.recipient for mail in mails] == ["anna@nacka.example", "bo@nacka.example"]
    assert b"<p>Text</p>" in bytes(mails[0].message)
    assert not mails[0].urgent
    assert not mails[0].sensitive


def test_headers_to_the_outbox_are_obeyed_and_stay_here():
    headers = {URGENT_HEADER: "yes", SENSITIVE_HEADER: "yes", CATEGORY_HEADER: "konto"}
    EmailMessage("Kod", "123456", None, ["anna@nacka.example"], headers=headers).send()

    mail = OutgoingMail.objects.get()
    assert (mail.urgent, mail.sensitive, mail.category) == (True, True, "konto")
    assert b"X-Outbox" not in bytes(mail.message)


def test_an_html_only_mail_gets_a_plain_text():
    message = EmailMessage("Hej", "<p>Välkommen &amp; hej</p>", None, ["anna@nacka.example"])
    message.content_subtype = "html"
    message.send()

    assert OutgoingMail.objects.get().text == "Välkommen & hej"


def test_attachments_come_along():
    message = EmailMultiAlternatives("Hej", "Text", None, ["anna@nacka.example"])
    message.attach("rapport.csv", "a;b", "text/csv")
    message.send()

    assert b'filename="rapport.csv"' in bytes(OutgoingMail.objects.get().message)


def test_a_message_without_receivers_is_no_mail():
    assert get_connection(BACKEND).send_messages([EmailMessage("Hej", "Text")]) == 0
    assert not OutgoingMail.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_mail_in_a_transaction_that_is_rolled_back_is_never_sent():
    def fail_after_sending():
        with transaction.atomic():
            send_mail("Hej", "Text", None, ["anna@nacka.example"])
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_after_sending()
    assert not OutgoingMail.objects.exists()


def test_a_bad_address_is_a_fault_unless_silence_was_asked_for():
    with pytest.raises(CompositionError):
        send_mail("Hej", "Text", None, ["ingen adress"])
    assert send_mail("Hej", "Text", None, ["ingen adress"], fail_silently=True) == 0
