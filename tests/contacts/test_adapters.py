"""Log-in: only those whom an editor has entered, and the same answer to everybody."""

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from contacts.models import Person
from tests.factories.contacts import PersonFactory

pytestmark = pytest.mark.django_db


def ask_for_code(client: Client, email: str):
    return client.post(reverse("account_request_login_code"), {"email": email}, follow=True)


def test_nobody_signs_up(client: Client) -> None:
    response = client.post(reverse("account_signup"), {"email": "ny@x.example"})
    assert response.status_code == 200
    assert not Person.objects.exists()


def test_known_and_unknown_addresses_get_the_same_answer(client: Client) -> None:
    PersonFactory(email="anna@nacka.example")
    known = ask_for_code(client, "anna@nacka.example")
    unknown = ask_for_code(Client(), "ingen@nacka.example")
    assert known.redirect_chain == unknown.redirect_chain
    assert known.status_code == unknown.status_code == 200
    assert [message.to for message in mail.outbox][:1] == [["anna@nacka.example"]]
