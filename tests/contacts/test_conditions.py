"""What must still hold when a mail to a contact person leaves."""

import pytest

from contacts.conditions import ROLE_HOLDS, SHUT_OUT, ended_condition, of_ended_role
from contacts.models import Person, today
from outbox.conditions import Verdict
from tests.factories.contacts import ContactPersonFactory
from tests.factories.outbox import OutgoingMailFactory

pytestmark = pytest.mark.django_db


def test_u22_that_a_role_has_ended_is_told_at_the_address_of_now() -> None:
    role = ContactPersonFactory(is_deputy=True, end=today())
    facts = ended_condition(role, on=today())
    mail = OutgoingMailFactory(recipient=role.person.email)
    assert of_ended_role(mail, facts) == Verdict()
    Person.objects.update(email="ny@nacka.example")
    assert of_ended_role(mail, facts) == Verdict(address="ny@nacka.example")


def test_u22_it_is_not_told_to_who_has_the_role_again_or_is_shut_out() -> None:
    role = ContactPersonFactory(is_deputy=True, end=today())
    facts = ended_condition(role, on=today())
    mail = OutgoingMailFactory(recipient=role.person.email)
    again = ContactPersonFactory(person=role.person, organisation=role.organisation, start=today())
    assert of_ended_role(mail, facts) == Verdict(withdrawn=ROLE_HOLDS)
    again.delete()
    Person.objects.update(is_active=False)
    assert of_ended_role(mail, facts) == Verdict(withdrawn=SHUT_OUT)
