"""The public form, the link in its mail, handing over on min sida, and the editors' list."""

import re

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from contacts.models import ContactPerson, Nomination, today
from contacts.nominations import views
from outbox.models import OutgoingMail
from tests.factories.contacts import ContactPersonFactory, NominationFactory, OrganisationFactory, PersonFactory

pytestmark = pytest.mark.django_db

FORM = "/kontaktperson/anmal/"


@pytest.fixture(autouse=True)
def nacka() -> None:
    OrganisationFactory(municipality=True, short_name="Nacka", email_domains="nacka.example")
    OrganisationFactory(name="Polismyndigheten")


def filled(**changes: str) -> dict[str, str]:
    given = {"organisation": "Nacka kommun", "name": "Ny Påhittad", "email": "ny@nacka.example"}
    return {**given, "title": "Chef", "phone": "", "decided_by": "Socialchefen", **changes}


def text(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def answer(nomination: Nomination, **data: str) -> str:
    address = nomination.link.url.partition("/kontaktperson")
    return text(Client().post(f"{address[1]}{address[2]}", data))


def test_the_form_takes_an_application_and_says_where_the_mail_went(client: Client) -> None:
    assert 'value="Nacka kommun"' in text(client.get(FORM)), "names are suggested"
    told = text(client.post(FORM, filled(), follow=True))
    assert "Titta i din mejl" in told and "ny@nacka.example" in told
    assert Nomination.objects.get().organisation.name == "Nacka kommun"


@pytest.mark.parametrize("written", ["nacka", "NACKA KOMMUN", "Nacka  kommun"])
def test_an_organisation_is_known_as_people_write_it(client: Client, written: str) -> None:
    client.post(FORM, filled(organisation=written))
    assert Nomination.objects.get().organisation.name == "Nacka kommun"


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("organisation", "Polismyndigheten", "Vi hittar ingen kommun eller region med det namnet"),
        ("organisation", "Ankeborg", "Vi hittar ingen kommun eller region med det namnet"),
        ("organisation", "Naka kommun", "Menade du Nacka kommun?"),
        ("organisation", "", "Skriv vilken kommun eller region"),
        ("email", "fel", "Adressen ser inte rätt ut"),
        ("decided_by", "", "Skriv vem som har beslutat"),
        ("name", "", "Skriv ditt namn"),
    ],
)
def test_what_is_missing_is_said_and_the_rest_stays(client: Client, field: str, value: str, told: str) -> None:
    response = client.post(FORM, filled(**{field: value}))
    assert response.status_code == 422
    assert told in text(response) and 'value="Chef"' in text(response)
    assert not Nomination.objects.exists()


def test_known_unknown_and_contact_addresses_get_the_same_answer(client: Client) -> None:
    role = ContactPersonFactory(person__email="kontakt@nacka.example")
    PersonFactory(email="kand@nacka.example")
    client.post(FORM, filled(email="forst@nacka.example"))  # what is kept in memory is read
    seen = set()
    for address in ("ny@nacka.example", "kand@nacka.example", role.person.email):
        browser = Client()
        with CaptureQueriesContext(connection) as queries:
            response = browser.post(FORM, filled(email=address), follow=True)
        body = re.sub(r'csrfmiddlewaretoken" value="[^"]*|nonce="[^"]*', "", text(response)).replace(address, "…")
        seen.add((response.status_code, body, len(queries)))
    assert len(seen) == 1


def test_opening_the_link_changes_nothing_and_yes_does(client: Client) -> None:
    client.post(FORM, filled())
    nomination = Nomination.objects.get()
    assert "Stämmer anmälan?" in text(client.get(nomination.link.url.partition("testserver")[2] or "/"))
    nomination.refresh_from_db()
    assert nomination.confirmed_at is None
    assert "hos redaktionen" in answer(nomination, yes="1", name="Ny Rättad", title="", phone="")
    nomination.refresh_from_db()
    assert nomination.confirmed_at and nomination.name == "Ny Rättad"


def test_no_takes_the_details_away_and_the_link_then_says_so() -> None:
    nomination = NominationFactory()
    link = nomination.link.url
    assert "Vi har tagit bort anmälan" in answer(nomination, no="1")
    assert Client().get("/kontaktperson/" + link.partition("/kontaktperson/")[2]).status_code == 404
    assert Client().get("/kontaktperson/svara/17.abc/").status_code == 404


def test_a_no_that_comes_after_another_answer_is_told_what_it_was() -> None:
    nomination = NominationFactory()
    late = Nomination.objects.get(pk=nomination.pk)
    answer(nomination, yes="1", name="Ny Påhittad", title="", phone="")
    request = RequestFactory().post("/", {"no": "1"})
    token = nomination.link.url.rstrip("/").rpartition("/")[2]
    assert "hos redaktionen" in text(views._refuse(request, late, token))
    Nomination.objects.all().delete()
    assert views._refuse(request, late, token).status_code == 404


def test_a_contact_person_hands_over_and_the_successor_gets_in(client: Client) -> None:
    role = ContactPersonFactory(organisation__email_domains="ort.example")
    client.force_login(role.person)
    page = f"/min-sida/uppdrag/{role.pk}/lamna-over/"
    assert page in text(client.get("/min-sida/"))
    told = text(client.post(page, {"name": "Ny Påhittad", "email": "ny@ort.example"}, follow=True))
    assert "Vi har mejlat ny@ort.example" in told
    assert "har inte svarat än" in text(client.get(page))
    nomination = Nomination.objects.get()
    assert "Välkommen som kontaktperson!" in answer(nomination, yes="1", name="Ny Påhittad", title="", phone="")
    assert ContactPerson.objects.active().get().person.email == "ny@ort.example"
    assert client.get("/min-sida/").status_code == 302, "the predecessor has no session left"


def test_a_hand_over_can_be_taken_back(client: Client) -> None:
    role = ContactPersonFactory(organisation__email_domains="ort.example")
    client.force_login(role.person)
    page = f"/min-sida/uppdrag/{role.pk}/lamna-over/"
    client.post(page, {"name": "Ny", "email": "ny@ort.example"})
    assert "är återtagen" in text(client.post(page, {"withdraw": "1"}, follow=True))
    assert "Länken gäller inte längre" in answer(Nomination.objects.get(), yes="1", name="Ny")


def test_a_contact_person_resigns_after_a_question(client: Client) -> None:
    role = ContactPersonFactory()
    client.force_login(role.person)
    page = f"/min-sida/uppdrag/{role.pk}/avsluta/"
    assert "Ni har ingen annan kontaktperson" in text(client.get(page))
    assert ContactPerson.objects.active().exists()
    assert "Du är inte längre kontaktperson" in text(client.post(page, follow=True))
    assert not ContactPerson.objects.active().exists()


@pytest.mark.parametrize("what", ["lamna-over", "avsluta"])
def test_nobody_touches_anothers_role(client: Client, what: str) -> None:
    role, deputy = ContactPersonFactory(), ContactPersonFactory(is_deputy=True)
    client.force_login(ContactPersonFactory().person)
    assert client.post(f"/min-sida/uppdrag/{role.pk}/{what}/").status_code == 404
    client.force_login(deputy.person)
    assert client.get(f"/min-sida/uppdrag/{deputy.pk}/{what}/").status_code == 404


def test_an_editor_appoints_with_one_click_from_the_start_page(client: Client) -> None:
    nomination = NominationFactory(confirmed=True)
    client.force_login(PersonFactory(editor=True))
    assert "1 anmäld kontaktperson" in text(client.get("/admin/"))
    page = text(client.get("/admin/contactperson/anmalda/"))
    assert nomination.name in page and "ingen annan är utsedd" in page
    told = text(client.post(f"/admin/contactperson/anmalda/{nomination.pk}/", {"approve": "1"}, follow=True))
    assert f"{nomination.name} är kontaktperson för {nomination.organisation}" in told
    assert ContactPerson.objects.active().get().person.email == nomination.email


def test_an_editor_declines(client: Client) -> None:
    nomination = NominationFactory(confirmed=True)
    client.force_login(PersonFactory(editor=True))
    client.post(f"/admin/contactperson/anmalda/{nomination.pk}/", {"decline": "1"})
    assert not ContactPerson.objects.exists()
    assert OutgoingMail.objects.get().recipient == nomination.email


def test_u3_an_editor_replaces_a_contact_person_in_one_step(client: Client) -> None:
    role = ContactPersonFactory()
    client.force_login(PersonFactory(editor=True))
    page = f"/admin/contactperson/byt/{role.pk}/"
    assert page in text(client.get(f"/admin/organisation/inspect/{role.organisation_id}/"))
    wrong = text(client.post(page, {"name": "Ny", "email": "fel", "on": "2026-13-01"}))
    assert 'value="Ny"' in wrong
    given = {"name": "Ny Påhittad", "email": "ny@ort.example", "title": "", "phone": ""}
    early = client.post(page, {**given, "on": role.start.isoformat()})
    assert "Uppdraget kan inte sluta innan det börjar" in text(early)
    response = client.post(page, {**given, "on": today().isoformat()})
    assert response.status_code == 302
    active = ContactPerson.objects.active().get()
    assert active.person.name == "Ny Påhittad"


def test_a_reader_of_the_register_may_not_answer(client: Client) -> None:
    client.force_login(PersonFactory())
    assert client.get("/admin/contactperson/anmalda/").status_code in (302, 403)
