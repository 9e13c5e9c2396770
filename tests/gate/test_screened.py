"""Rows that people write: what blocks is told at its field, and stored by no way."""

import pytest
from django.core.exceptions import ValidationError

from contacts.models import Group, Organisation, Person
from gate.errors import Blocked
from gate.guard import refuse_what_blocks
from gate.models import Screened
from gate.texts import text_fields
from meetings.models import InvitedOrganisation
from resources.models import Category, Theme
from tests.factories.contacts import GroupFactory, OrganisationFactory, PersonFactory
from tests.factories.meetings import RegistrationFactory
from tests.screening.numbers import personal_number

pytestmark = pytest.mark.django_db
NUMBER = personal_number()


def test_a_number_is_told_at_its_field_with_its_digits_masked() -> None:
    with pytest.raises(ValidationError) as refused:
        Theme(name="Tillsyn", summary=f"Gäller {NUMBER}.").full_clean()
    (sentence,) = refused.value.message_dict["summary"]
    assert sentence.startswith("Kort beskrivning: personnummer")
    assert NUMBER[-4:] not in sentence


def test_other_faults_of_the_field_do_not_repeat_the_digits() -> None:
    organisation = Organisation(kind="authority", name="Orten", short_name="Orten", email_domains=NUMBER)
    with pytest.raises(ValidationError) as refused:
        organisation.full_clean()
    assert NUMBER not in str(refused.value)
    assert "email_domains" in refused.value.message_dict


def test_a_field_that_a_form_leaves_out_is_not_looked_at() -> None:
    Theme(name="Tillsyn", slug="tillsyn", summary=NUMBER).full_clean(exclude=["summary"])


def test_code_cannot_store_it_either() -> None:
    with pytest.raises(Blocked):
        Theme.objects.create(name=f"Tillsyn {NUMBER}")
    with pytest.raises(Blocked):
        OrganisationFactory(description=NUMBER)
    with pytest.raises(Blocked):
        GroupFactory(name=NUMBER)
    with pytest.raises(Blocked):
        Person.objects.create_user(f"{NUMBER}@ort.example", "Kim")
    assert not Theme.objects.exists()
    assert not Group.objects.exists()


def test_an_update_of_other_fields_goes_through() -> None:
    person = PersonFactory()
    Person.objects.filter(pk=person.pk).update(title=NUMBER)  # from a time before the rule
    person.refresh_from_db()
    person.name = "Nytt Namn"
    person.save(update_fields=["name"])
    with pytest.raises(Blocked):
        person.save()


def test_fields_that_have_not_been_fetched_stay_so(django_assert_num_queries) -> None:
    PersonFactory()
    person = Person.objects.only("email").get()
    with django_assert_num_queries(0):
        refuse_what_blocks([person])


def test_rows_stored_in_bulk_are_looked_at_before() -> None:
    with pytest.raises(Blocked):
        refuse_what_blocks([Theme(name="Ett"), Theme(name=NUMBER)])


def test_what_code_alone_fills_in_is_left_out() -> None:
    names = {field.name for field in text_fields(InvitedOrganisation)}
    assert names == {"declined_because"}
    assert "password" not in {field.name for field in text_fields(Person)}
    assert {"name", "slug"} <= {field.name for field in text_fields(Category)}


def test_a_registration_holds_no_number() -> None:
    with pytest.raises(Blocked):
        RegistrationFactory(department=NUMBER)


def test_every_model_that_people_fill_in_is_screened() -> None:
    screened = {model._meta.label for model in Screened.__subclasses__() if not model._meta.abstract}
    assert {
        "contacts.Group",
        "contacts.Organisation",
        "contacts.Person",
        "meetings.CalendarEntry",
        "meetings.InvitedOrganisation",
        "meetings.MailOut",
        "meetings.Registration",
        "resources.Category",
    } <= screened
