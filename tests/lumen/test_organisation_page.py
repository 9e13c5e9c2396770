"""An organisation's own page: the same for everybody but its own people, who see themselves and their meetings."""

import re
from datetime import date

import pytest
from django.http import HttpResponse
from django.test import Client

from contacts.models import ContactPerson
from privacy.models import AccessLogEntry
from tests.factories.contacts import (
    ContactPersonFactory,
    GroupFactory,
    MembershipFactory,
    OrganisationFactory,
    PersonFactory,
)
from tests.factories.meetings import InvitedOrganisationFactory, MeetingPageFactory, RegistrationFactory
from tests.factories.resources import ResourcePageFactory

pytestmark = pytest.mark.django_db
URL = "/organisationer/nacka/"


@pytest.fixture
def role() -> ContactPerson:
    return ContactPersonFactory(
        organisation__short_name="Nacka", person__name="Kim Exempel", person__email="kim@nacka.example"
    )


def read(response: HttpResponse) -> str:
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode())


class TestForAnybody:
    def test_it_says_since_when_where_it_sits_and_what_it_has_published(
        self, client: Client, role: ContactPerson
    ) -> None:
        MembershipFactory(organisation=role.organisation, group=GroupFactory(name="Temagrupp bidrag"))
        MembershipFactory(organisation=role.organisation, group=GroupFactory(name="Lämnad"), end=date(2025, 6, 1))
        ResourcePageFactory(title="Så granskar vi fakturor", producer=role.organisation)
        ResourcePageFactory(title="Ett utkast", producer=role.organisation, live=False)
        html = read(client.get(URL))
        for told in ("Nacka kommun", "Stockholms län", "1 oktober 2025", "Temagrupp bidrag", "Så granskar vi fakturor"):
            assert told in html
        for untold in ("Lämnad", "Ett utkast", "ingen kontaktperson just nu"):
            assert untold not in html

    def test_it_holds_nothing_about_a_person_and_may_be_found(self, client: Client, role: ContactPerson) -> None:
        MembershipFactory(organisation=role.organisation, person=PersonFactory(name="Robin Påhittad"))
        RegistrationFactory(organisation=role.organisation, name="Alex Alm")
        response = client.get(URL)
        html = read(response)
        for secret in ("Kim", "Robin", "Alex", "@nacka.example", "Era möten"):
            assert secret not in html
        assert "X-Robots-Tag" not in response

    def test_one_that_left_says_so_and_one_that_came_back_keeps_its_first_day(
        self, client: Client, role: ContactPerson
    ) -> None:
        ContactPerson.objects.update(end=date(2025, 12, 1))
        assert "1 oktober 2025, men har ingen kontaktperson just nu" in read(client.get(URL))
        ContactPersonFactory(organisation=role.organisation, start=date(2026, 2, 1))
        assert "1 oktober 2025 </dd>" in read(client.get(URL))

    def test_one_that_never_came_says_not_yet(self, client: Client) -> None:
        OrganisationFactory(municipality=True, short_name="Nacka")
        assert "Inte än" in read(client.get(URL))

    @pytest.mark.parametrize("slug", ["finns-inte", "NACKA", "n" * 3_000])
    def test_another_address_is_a_404_in_swedish(self, client: Client, role: ContactPerson, slug: str) -> None:
        response = client.get(f"/organisationer/{slug}/")
        assert response.status_code == 404
        assert "Sidan finns inte" in response.content.decode()

    def test_the_list_leads_there(self, client: Client, role: ContactPerson) -> None:
        assert f'<a href="{URL}">Nacka kommun</a>' in read(client.get("/organisationer/"))


class TestForItsOwnPeople:
    def test_they_see_each_other_and_who_took_part(self, client: Client, role: ContactPerson) -> None:
        ContactPersonFactory(organisation=role.organisation, is_deputy=True, person__name="Dana Ersättare")
        ContactPersonFactory(organisation=role.organisation, ended=True, person__name="Fia Förr")
        past, coming = MeetingPageFactory(past=True, title="Förra mötet"), MeetingPageFactory(title="Nästa möte")
        InvitedOrganisationFactory(meeting=coming, organisation=role.organisation)
        RegistrationFactory(meeting=past, organisation=role.organisation, name="Alex Alm", attended=True)
        RegistrationFactory(meeting=coming, organisation=role.organisation, name="Bo Berg", status="cancelled")
        RegistrationFactory(meeting=past, organisation=OrganisationFactory(), name="Någon Annan")
        client.force_login(role.person)
        response = client.get(URL)
        html = read(response)
        for told in ("Kim Exempel", "Dana Ersättare", "Alex Alm", "deltog", "Förra mötet", "Nästa möte"):
            assert told in html
        for untold in ("Fia Förr", "Bo Berg", "Någon Annan"):
            assert untold not in html
        assert response["X-Robots-Tag"] == "noindex, nofollow"
        assert "no-store" in response["Cache-Control"]
        assert AccessLogEntry.objects.get(what__contains="Nacka kommun").rows == 3

    @pytest.mark.parametrize("who", ["another", "former", "editor"])
    def test_others_who_are_logged_in_see_what_anybody_sees(
        self, client: Client, role: ContactPerson, who: str
    ) -> None:
        former = ContactPersonFactory(organisation=role.organisation, ended=True).person
        person = {"another": ContactPersonFactory().person, "former": former, "editor": PersonFactory(editor=True)}[who]
        client.force_login(person)
        assert "Kim Exempel" not in read(client.get(URL))

    def test_min_sida_leads_there(self, client: Client, role: ContactPerson) -> None:
        client.force_login(role.person)
        assert f'<a href="{URL}">Nacka kommun</a>' in read(client.get("/min-sida/"))
