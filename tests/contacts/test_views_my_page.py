"""What a contact person does on min sida with the own details, the deputies and the mail."""

import re

import pytest
from django.contrib.messages import get_messages
from django.test import Client

from contacts.actions import stop_mail
from contacts.models import ContactPerson, Organisation, Person
from tests.factories.contacts import ContactPersonFactory, OrganisationFactory, PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def role(client: Client) -> ContactPerson:
    row = ContactPersonFactory(organisation__short_name="Nacka")
    client.force_login(row.person)
    return row


def read(client: Client, address: str = "/min-sida/") -> str:
    response = client.get(address)
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode())


def test_own_details_can_be_changed_but_not_the_address(client: Client, role: ContactPerson) -> None:
    data = {"name": "Kim Ny", "title": "Säkerhetschef", "phone": "+46 8 123", "email": "annan@ort.example"}
    client.post("/min-sida/uppgifter/", data)
    person = Person.objects.get(pk=role.person_id)
    assert (person.name, person.title, person.phone) == ("Kim Ny", "Säkerhetschef", "+46 8 123")
    assert person.email == role.person.email


def test_wrong_details_are_told_at_the_field(client: Client, role: ContactPerson) -> None:
    response = client.post("/min-sida/uppgifter/", {"name": "", "title": "", "phone": ""})
    assert 'id="id_name_error"' in response.content.decode()


def test_a_deputy_can_be_appointed(client: Client, role: ContactPerson) -> None:
    data = {"name": "Bo Påhittad", "email": "bo@nacka.example", "organisation": role.organisation_id}
    Organisation.objects.filter(pk=role.organisation_id).update(email_domains="nacka.example")
    client.post("/min-sida/ersattare/", data)
    deputy = ContactPerson.objects.get(deputy=True)
    assert (deputy.person.email, deputy.organisation) == ("bo@nacka.example", role.organisation)
    assert "bo@nacka.example" in read(client)
    client.post(f"/min-sida/ersattare/{deputy.pk}/avsluta/")
    assert "bo@nacka.example" not in read(client), "one named by mistake is removed the same day"


def test_somebody_known_is_shown_by_the_name_they_have(client: Client, role: ContactPerson) -> None:
    known = PersonFactory(organisation=role.organisation, name="Bo Påhittad")
    data = {"name": "Bosse", "email": known.email, "organisation": role.organisation_id}
    html = client.post("/min-sida/ersattare/", data, follow=True).content.decode()
    assert "Bo Påhittad är nu ersättare" in html
    assert "Adressen fanns redan hos oss" in html


@pytest.mark.parametrize("change", [{"email": "fel"}, {"name": ""}, {"organisation": "x"}, {"email": "self"}], ids=str)
def test_a_wrong_deputy_is_refused_with_a_word(client: Client, role: ContactPerson, change: dict[str, str]) -> None:
    data = {"name": "Bo", "email": "bo@nacka.example", "organisation": role.organisation_id, **change}
    if data["email"] == "self":
        data["email"] = role.person.email
    response = client.post("/min-sida/ersattare/", data)
    assert 'role="alert"' in response.content.decode()
    assert not ContactPerson.objects.filter(deputy=True).exists()


def test_a_deputy_cannot_be_appointed_for_others(client: Client, role: ContactPerson) -> None:
    other = OrganisationFactory(municipality=True)
    client.post("/min-sida/ersattare/", {"name": "Bo", "email": "bo@nacka.example", "organisation": other.pk})
    assert not ContactPerson.objects.filter(organisation=other).exists()


def test_a_deputys_role_can_be_ended_by_the_own_contact_person_only(client: Client, role: ContactPerson) -> None:
    mine = ContactPersonFactory(is_deputy=True, organisation=role.organisation)
    other = ContactPersonFactory(is_deputy=True)
    assert mine.person.name in read(client, f"/min-sida/ersattare/{mine.pk}/avsluta/")
    assert ContactPerson.objects.active().filter(pk=mine.pk).exists()
    client.post(f"/min-sida/ersattare/{mine.pk}/avsluta/")
    assert client.post(f"/min-sida/ersattare/{other.pk}/avsluta/").status_code == 404
    mine.refresh_from_db()
    other.refresh_from_db()
    assert mine.end is not None
    assert other.end is None


def test_u22_a_deputy_resigns_on_min_sida(client: Client) -> None:
    deputy = ContactPersonFactory(is_deputy=True)
    other = ContactPersonFactory(is_deputy=True, organisation=deputy.organisation)
    client.force_login(deputy.person)
    address = f"/min-sida/ersattare/{deputy.pk}/avsluta/"
    assert f'href="{address}"' in read(client)
    assert "Du är då inte längre ersättare" in read(client, address)
    assert client.post(f"/min-sida/ersattare/{other.pk}/avsluta/").status_code == 404
    answer = client.post(address, follow=True)
    assert answer.redirect_chain == [("/", 302)], "whoever has no role left is logged out"
    assert "Du är inte längre ersättare" in str(list(get_messages(answer.wsgi_request))[0])
    assert list(ContactPerson.objects.active()) == [other]


def test_u22_a_refused_address_is_told_why_at_its_field(client: Client, role: ContactPerson) -> None:
    Organisation.objects.filter(pk=role.organisation_id).update(email_domains="nacka.example")
    data = {"name": "Bo", "email": "bo@solna.example", "organisation": role.organisation_id}
    html = client.post("/min-sida/ersattare/", data).content.decode()
    error = html.partition('id="id_email_error"')[2].partition("</div>")[0]
    assert "behöver sluta på nacka.example. Den här slutar på solna.example." in error


class TestMail:
    """Having said no to mail-outs."""

    BUTTON = "Skicka mejl till mig igen"

    def test_who_gets_mail_is_not_bothered(self, client: Client, role: ContactPerson) -> None:
        assert self.BUTTON not in read(client)

    def test_who_has_said_no_is_told_and_may_change_their_mind(self, client: Client, role: ContactPerson) -> None:
        stop_mail(role=role)
        html = read(client)
        assert "Du har sagt nej till mejl" in html
        assert "Nästa inbjudan till Nacka kommun når därför inte dig." in html
        assert f'action="/min-sida/mejl/{role.pk}/"' in html

        answer = client.post(f"/min-sida/mejl/{role.pk}/", follow=True)
        assert "Nästa inbjudan kommer till dig igen" in answer.content.decode()
        assert list(ContactPerson.objects.reachable()) == [role]
        assert self.BUTTON not in read(client)

    def test_it_takes_a_press_of_the_button(self, client: Client, role: ContactPerson) -> None:
        stop_mail(role=role)
        assert client.get(f"/min-sida/mejl/{role.pk}/").status_code == 405
        strict = Client(enforce_csrf_checks=True)
        strict.force_login(role.person)
        assert strict.post(f"/min-sida/mejl/{role.pk}/").status_code == 403
        assert ContactPerson.objects.mail_stopped().exists()

    def test_nobody_changes_the_mind_of_another(self, client: Client, role: ContactPerson) -> None:
        deputy = ContactPersonFactory(is_deputy=True, organisation=role.organisation, no_mail=True)
        assert self.BUTTON not in read(client)
        assert client.post(f"/min-sida/mejl/{deputy.pk}/").status_code == 404
        assert list(ContactPerson.objects.mail_stopped()) == [deputy]
