"""The forms of log-in, and numbers of persons in them."""

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse

from contacts.models import Person
from outbox.models import OutgoingMail
from tests.factories.contacts import PersonFactory
from tests.screening.numbers import personal_number

pytestmark = pytest.mark.django_db
NUMBER = personal_number()


@pytest.mark.parametrize("known", [True, False], ids=["known", "unknown"])
@pytest.mark.parametrize("name", ["account_request_login_code", "account_reset_password"])
def test_an_address_with_a_number_is_refused_alike_and_gets_no_mail(client: Client, name: str, known: bool) -> None:
    address = f"{NUMBER}@ort.example"
    if known:
        Person.objects.filter(pk=PersonFactory().pk).update(email=address)  # from a time before the rule
    response = client.post(reverse(name), {"email": address})
    assert response.context["form"].errors == {"email": ["Ta bort personnumret. Vi behöver det inte."]}
    assert not OutgoingMail.objects.exists()


def test_the_form_with_a_password_answers_the_same(client: Client) -> None:
    response = client.post(reverse("account_login"), {"login": f"{NUMBER}@ort.example", "password": "hemligt ord här"})
    assert response.context["form"].errors == {"login": ["Ta bort personnumret. Vi behöver det inte."]}


def test_who_changes_the_password_is_told_by_mail(client: Client, mailoutbox: list[EmailMessage]) -> None:
    person = PersonFactory()
    person.set_password("ett långt lösenord")
    person.save()
    client.force_login(person)
    new = "ett annat långt lösenord"
    data = {"oldpassword": "ett långt lösenord", "password1": new, "password2": new}
    client.post(reverse("account_change_password"), data)
    person.refresh_from_db()
    assert person.check_password(new)
    assert [mail.to for mail in mailoutbox] == [[person.email]]
