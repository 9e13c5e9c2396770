"""Min sida: what a contact person does for the own organisation."""

import re
from datetime import date
from urllib.parse import unquote

import pytest
from django.test import Client

from contacts.actions import stop_mail
from contacts.models import ContactPerson, Organisation, Person
from meetings.enums import MailOutKind
from meetings.models import InvitedOrganisation, MailOut, MeetingPage
from outbox.models import OutgoingMail
from tests.factories.contacts import ContactPersonFactory, OrganisationFactory, PersonFactory
from tests.factories.meetings import (
    InvitationFactory,
    InvitedOrganisationFactory,
    MeetingPageFactory,
    RegistrationFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def role(client: Client) -> ContactPerson:
    row = ContactPersonFactory(organisation__short_name="Nacka")
    client.force_login(row.person)
    return row


@pytest.fixture
def invited(role: ContactPerson) -> InvitedOrganisation:
    meeting = MeetingPageFactory(title="Avtal")
    MailOut.objects.create(meeting=meeting, kind=MailOutKind.INVITATION)
    return InvitedOrganisationFactory(meeting=meeting, organisation=role.organisation)


def own(invited: InvitedOrganisation, act: str) -> str:
    return path(invited.meeting, invited.organisation_id, act)


def path(meeting: MeetingPage, organisation: int, act: str) -> str:
    return f"/min-sida/moten/{meeting.slug}/{organisation}/{act}/"


def read(client: Client, address: str = "/min-sida/") -> str:
    response = client.get(address)
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode())


def test_a_stranger_logs_in_by_code_first(client: Client) -> None:
    response = client.get("/min-sida/")
    assert response["Location"] == "/konto/login/code/?next=/min-sida/"


def test_somebody_who_is_no_contact_person_is_told_so(client: Client) -> None:
    ContactPersonFactory(ended=True, person=(person := PersonFactory()))
    client.force_login(person)
    assert "inte kontaktperson" in read(client)


def test_the_coming_meeting_has_one_button_to_forward(client: Client, invited: InvitedOrganisation) -> None:
    html = read(client)
    assert html.count(f'href="{own(invited, "vidarebefordra")}"') == 1
    assert "Ingen från er är anmäld än." in html


def test_without_meetings_the_page_says_that_an_invitation_will_come(client: Client, role: ContactPerson) -> None:
    assert "Inga möten är planerade." in read(client)


def test_before_the_mail_out_there_is_nothing_to_forward(client: Client, role: ContactPerson) -> None:
    meeting = MeetingPageFactory()
    assert "Inbjudan är inte skickad än." in read(client)
    response = client.post(path(meeting, role.organisation_id, "inbjudan"), follow=True)
    assert "Inbjudan har inte skickats än" in response.content.decode()
    assert not InvitedOrganisation.objects.exists()


def test_who_was_appointed_after_the_mail_out_gets_a_link_by_asking(client: Client, role: ContactPerson) -> None:
    meeting = MeetingPageFactory()
    MailOut.objects.create(meeting=meeting, kind=MailOutKind.INVITATION)
    ask = path(meeting, role.organisation_id, "inbjudan")
    assert f'action="{ask}"' in read(client)
    assert not InvitedOrganisation.objects.exists()
    response = client.post(ask)
    assert response["Location"] == path(meeting, role.organisation_id, "vidarebefordra")
    assert InvitedOrganisation.objects.get().link in read(client, response["Location"])


def test_the_link_and_the_text_can_be_taken_without_javascript(client: Client, invited: InvitedOrganisation) -> None:
    html = read(client, own(invited, "vidarebefordra"))
    assert f'value="{invited.link}" readonly' in html
    assert html.count("readonly") == 2
    mailto = unquote(re.search(r'href="(mailto:[^"]+)"', html)[1])
    assert invited.link in mailto
    assert "subject=Inbjudan: Avtal" in mailto


def test_each_contact_person_passes_on_the_own_hint(
    client: Client, role: ContactPerson, invited: InvitedOrganisation
) -> None:
    InvitationFactory(invited=invited)
    mine = InvitationFactory(invited=invited, contact_person=role)
    assert mine.link in read(client, own(invited, "vidarebefordra"))


def test_sending_from_here_mails_each_colleague(client: Client, invited: InvitedOrganisation) -> None:
    addresses = "Eva <eva@nacka.example>; ali@nacka.example\nbo@nacka.example, EVA@nacka.example"
    response = client.post(own(invited, "vidarebefordra"), {"addresses": addresses}, follow=True)
    assert "3 kollegor" in response.content.decode()
    assert set(OutgoingMail.objects.values_list("recipient", flat=True)) == {
        "eva@nacka.example",
        "ali@nacka.example",
        "bo@nacka.example",
    }


def test_what_came_of_the_sending_is_told_in_whole_sentences(client: Client, invited: InvitedOrganisation) -> None:
    forward = own(invited, "vidarebefordra")
    for addresses, told in (
        ("a@nacka.example", "Inbjudan är på väg till 1 kollega."),
        ("a@nacka.example", "Adressen hade redan fått inbjudan, så vi skickade inget nytt."),
        ("a@nacka.example b@nacka.example", "på väg till 1 kollega. 1 adress hade redan fått den."),
        ("a@nacka.example b@nacka.example", "Alla 2 adresser hade redan fått inbjudan, så vi skickade inget nytt."),
    ):
        html = client.post(forward, {"addresses": addresses}, follow=True).content.decode()
        assert told in html
        assert "0 kollegor" not in html


BAD_ADDRESSES = [
    ("", "Skriv minst en e-postadress."),
    (" ; , ", "Skriv minst en e-postadress."),
    ("eva@nacka.example, fel", "”fel” är ingen e-postadress."),
    ("eva@@nacka.example", "är ingen e-postadress."),
    (f"{'e' * 65}@nacka.example", "eee@nacka.example” är för lång"),
    ("\n".join(f"person{n}@nacka.example" for n in range(51)), "högst 50 adresser"),
]


@pytest.mark.parametrize(("addresses", "message"), BAD_ADDRESSES)
def test_wrong_addresses_are_named_and_nothing_sent(
    client: Client, invited: InvitedOrganisation, addresses: str, message: str
) -> None:
    response = client.post(own(invited, "vidarebefordra"), {"addresses": addresses})
    html = response.content.decode()
    assert message in html
    assert 'id="id_addresses_error"' in html
    assert not OutgoingMail.objects.exists()


def test_only_the_own_organisations_participants_are_shown(client: Client, invited: InvitedOrganisation) -> None:
    mine = RegistrationFactory(meeting=invited.meeting, organisation=invited.organisation, role="Jurist")
    left = RegistrationFactory(meeting=invited.meeting, organisation=invited.organisation, left=True)
    other = RegistrationFactory(meeting=invited.meeting)
    html = read(client, own(invited, "vidarebefordra"))
    assert mine.name in html and "Jurist" in html
    assert mine.email not in html
    assert left.name not in html
    assert other.name not in html
    assert "1 person från er är anmäld." in read(client)


ACTS = ("inbjudan", "vidarebefordra", "tacka-nej", "delta-anda")


@pytest.mark.parametrize("act", ACTS)
def test_another_organisations_invitation_is_out_of_reach(client: Client, role: ContactPerson, act: str) -> None:
    other = InvitedOrganisationFactory()
    assert client.post(own(other, act), {"because": "x", "addresses": "a@b.example"}).status_code == 404
    other.refresh_from_db()
    assert other.declined_at is None
    assert not OutgoingMail.objects.exists()


@pytest.mark.parametrize("act", ACTS)
def test_a_former_contact_person_is_out(
    client: Client, role: ContactPerson, invited: InvitedOrganisation, act: str
) -> None:
    ContactPerson.objects.update(end=date(2025, 12, 1))
    assert client.post(own(invited, act), {"because": "x"}).status_code == 404


def test_a_reason_may_have_an_at_sign_but_no_address(client: Client, invited: InvitedOrganisation) -> None:
    response = client.post(own(invited, "tacka-nej"), {"because": "Fråga kim@nacka.example"})
    assert "utan webbadresser och e-postadresser" in response.content.decode()
    client.post(own(invited, "tacka-nej"), {"because": "Vi ses @ nästa möte"})
    invited.refresh_from_db()
    assert invited.declined_because == "Vi ses @ nästa möte"


def test_declining_demands_a_reason_and_can_be_undone(client: Client, invited: InvitedOrganisation) -> None:
    response = client.post(own(invited, "tacka-nej"), {"because": ""})
    assert 'id="id_because_error"' in response.content.decode()
    client.post(own(invited, "tacka-nej"), {"because": "Vi har ingen som kan."})
    assert "Ni har tackat nej: Vi har ingen som kan." in read(client)
    for page in (read(client), read(client, own(invited, "vidarebefordra"))):
        assert f'action="{own(invited, "delta-anda")}"' in page
    client.post(own(invited, "delta-anda"))
    invited.refresh_from_db()
    assert (invited.declined_at, invited.declined_because) == (None, "")


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


def test_a_deputy_forwards_but_appoints_nobody(client: Client) -> None:
    role = ContactPersonFactory(is_deputy=True)
    ContactPersonFactory(organisation=role.organisation, person__name="Anna Ek")
    client.force_login(role.person)
    html = read(client)
    assert f"Du är ersättare för Anna Ek i {role.organisation.name}." in html
    assert "Utse en ersättare" not in html
    assert client.get("/min-sida/ersattare/")["Location"] == "/min-sida/"


def test_somebody_in_two_organisations_forwards_for_each(client: Client, role: ContactPerson) -> None:
    second = ContactPersonFactory(person=role.person)
    meeting = MeetingPageFactory()
    for row in (role, second):
        InvitedOrganisationFactory(meeting=meeting, organisation=row.organisation)
    html = read(client)
    for row in (role, second):
        assert path(meeting, row.organisation_id, "vidarebefordra") in html


def test_the_page_is_kept_by_no_cache(client: Client, role: ContactPerson) -> None:
    assert "no-store" in client.get("/min-sida/")["Cache-Control"]


def test_a_cancelled_meeting_says_so_and_cannot_be_forwarded(client: Client, role: ContactPerson) -> None:
    meeting = MeetingPageFactory(cancelled=True)
    invited = InvitedOrganisationFactory(meeting=meeting, organisation=role.organisation)
    html = read(client)
    assert "Inställt" in html
    assert own(invited, "vidarebefordra") not in html
    assert client.get(own(invited, "vidarebefordra"))["Location"] == "/min-sida/"


def test_reading_changes_nothing(client: Client, invited: InvitedOrganisation) -> None:
    before = list(InvitedOrganisation.objects.values())
    for act in ("vidarebefordra", "tacka-nej"):
        client.get(own(invited, act))
    for act in ("inbjudan", "delta-anda"):
        assert client.get(own(invited, act)).status_code == 405
    assert before == list(InvitedOrganisation.objects.values())


def test_the_page_needs_few_queries(client: Client, role: ContactPerson, django_assert_max_num_queries) -> None:
    for _ in range(5):
        InvitedOrganisationFactory(organisation=role.organisation)
    client.get("/min-sida/")
    with django_assert_max_num_queries(20):
        client.get("/min-sida/")


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
