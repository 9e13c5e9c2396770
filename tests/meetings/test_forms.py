"""What participants, contact persons and editors type around a meeting, with numbers of persons in it."""

import pytest
from django import forms
from django.conf import settings
from django.test import Client
from django.urls import reverse

from contacts.models.persons import NAME_LENGTH
from gate.errors import Blocked
from meetings.forms import DeclineForm, ForwardForm, ParticipantForm, RegistrationForm
from meetings.models import Registration
from outbox.models import OutgoingMail
from tests.factories.contacts import PersonFactory
from tests.factories.meetings import InvitedOrganisationFactory, MeetingPageFactory
from tests.screening.numbers import coordination_number, personal_number

AT_ONCE = settings.FORWARD_ADDRESSES_AT_ONCE

NUMBER = personal_number()
TAKE_IT_AWAY = "Ta bort personnumret. Vi behöver det inte."


@pytest.mark.parametrize("form_class", [ParticipantForm, RegistrationForm, DeclineForm, ForwardForm])
def test_no_field_of_text_takes_a_number(form_class: type) -> None:
    for name, field in form_class.base_fields.items():
        if not isinstance(field, forms.CharField):
            continue
        form = form_class({name: f"19{NUMBER}@ort.example" if "email" in name else f"19{NUMBER}"})
        assert TAKE_IT_AWAY in form.errors[name]
        assert NUMBER not in str(form.errors)


def test_an_address_among_many_is_not_repeated() -> None:
    form = ForwardForm({"addresses": f"anna@ort.example\n{NUMBER}\nbo@ort.example"})
    assert form.errors == {"addresses": [TAKE_IT_AWAY]}


@pytest.mark.django_db
class TestInUse:
    def test_somebody_who_registers_is_asked_to_take_it_away(self, client: Client) -> None:
        meeting = MeetingPageFactory()
        url = reverse("meetings:register", args=[meeting.slug])
        data = {"name": "Kim Ek", "email": "kim@ort.example", "role": f"Handläggare {coordination_number()}"}
        response = client.post(url, data)
        html = response.content.decode()
        assert response.status_code == 200
        assert "Ta bort samordningsnumret." in html
        assert 'value="Kim Ek"' in html, "what was typed otherwise stays"
        assert not Registration.objects.exists()
        assert not OutgoingMail.objects.exists()

    def test_why_a_meeting_is_cancelled_holds_no_number(self) -> None:
        meeting = MeetingPageFactory()
        editor = Client()
        editor.force_login(PersonFactory(editor=True))
        response = editor.post(reverse("meetings_admin:cancel", args=[meeting.pk]), {"note": f"Kim {NUMBER} är sjuk."})
        assert TAKE_IT_AWAY in response.content.decode()
        meeting.refresh_from_db()
        assert not meeting.is_cancelled

    def test_code_cannot_store_it_either(self) -> None:
        invited = InvitedOrganisationFactory()
        invited.declined_because = NUMBER
        with pytest.raises(Blocked):
            invited.save()


@pytest.mark.parametrize(
    ("number", "is_valid"),
    [(AT_ONCE, True), (AT_ONCE + 1, False)],
)
def test_as_many_addresses_as_the_form_says(number: int, is_valid: bool) -> None:
    addresses = [f"kollega{n}@ort.example" for n in range(number)]
    form = ForwardForm({"addresses": "\n".join(addresses)})
    assert form.is_valid() is is_valid
    assert not is_valid or form.cleaned_data["addresses"] == addresses


@pytest.mark.parametrize(("length", "is_valid"), [(NAME_LENGTH, True), (NAME_LENGTH + 1, False)])
def test_a_short_text_may_be_as_long_as_it_says(length: int, is_valid: bool) -> None:
    form = ParticipantForm({"name": "x" * length})
    assert form.is_valid() is is_valid


def test_m12_colleagues_may_be_pasted_with_their_names() -> None:
    form = ForwardForm({"addresses": "Berg, Anna <anna.b@nacka.example>; Ek, Bo <bo@nacka.example>"})
    assert form.is_valid()
    assert form.cleaned_data["addresses"] == ["anna.b@nacka.example", "bo@nacka.example"]


def test_m12_what_is_no_address_is_told_with_its_text() -> None:
    form = ForwardForm({"addresses": "anna.b@nacka.example; Bo Ek\n<>, cia@nacka"})
    assert form.errors["addresses"] == ["”Bo Ek” är ingen e-postadress.", "”cia@nacka” är ingen e-postadress."]


def test_m12_a_single_address_may_be_pasted_with_the_name() -> None:
    form = RegistrationForm({"name": "Anna Berg", "email": "Berg, Anna <anna.b@nacka.example>"})
    assert "email" not in form.errors
    assert form.cleaned_data["email"] == "anna.b@nacka.example"
