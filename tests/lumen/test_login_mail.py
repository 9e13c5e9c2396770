"""The mail with the log-in code, from allauth to the outbox."""

import re

import pytest
from django.urls import reverse

from outbox.models import OutgoingMail
from tests.factories.contacts import PersonFactory

pytestmark = pytest.mark.django_db


def test_the_mail_with_the_code_goes_first_and_is_sensitive(client, settings):
    settings.EMAIL_BACKEND = "outbox.backends.OutboxBackend"  # the test runner puts another in its place
    PersonFactory(email="anna@nacka.example")

    client.post(reverse("account_request_login_code"), {"email": "anna@nacka.example"})

    mail = OutgoingMail.objects.get()
    assert (mail.recipient, mail.urgent, mail.sensitive) == ("anna@nacka.example", True, True)
    assert re.search(r"\b\d{6}\b", mail.text)
    assert b"X-Outbox" not in bytes(mail.message)
