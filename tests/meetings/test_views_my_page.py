"""Min sida: what a contact person does with the invitations of the own organisation."""

import re
from datetime import date
from urllib.parse import unquote

import pytest
from django.test import Client

from contacts.models import ContactPerson
from meetings.enums import MailOutKind
from meetings.models import InvitedOrganisation, MailOut, MeetingPage
from outbox.models import OutgoingMail
from privacy.models import AccessLogEntry
from tests.factories.contacts import ContactPersonFactory
from tests.factories.meetings import (
    InvitationFactory,
    InvitedOrganisationFactory,
    MeetingPageFactory,
    RegistrationFactory,
)
from tests.factories.outbox import OutgoingMailFactory

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


def test_the_coming_meeting_has_one_button_to_forward(client: Client, invited: InvitedOrganisation) -> None:
    html = read(client)
    assert html.count(f'href="{own(invited, "vidarebefordra")}"') == 1
    assert "Ingen från er är anmäld än." in html


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
    assert mailto.count("\r\n") == mailto.count("\n") > 3, "U24"
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


def test_u22_declining_needs_no_reason(client: Client, invited: InvitedOrganisation) -> None:
    client.post(own(invited, "tacka-nej"), {"because": ""})
    invited.refresh_from_db()
    assert invited.declined_at is not None
    assert "Ni har tackat nej." in read(client)


def test_declining_can_give_a_reason_and_be_undone(client: Client, invited: InvitedOrganisation) -> None:
    client.post(own(invited, "tacka-nej"), {"because": "Vi har ingen som kan."})
    assert "Ni har tackat nej: Vi har ingen som kan." in read(client)
    for page in (read(client), read(client, own(invited, "vidarebefordra"))):
        assert f'action="{own(invited, "delta-anda")}"' in page
    client.post(own(invited, "delta-anda"))
    invited.refresh_from_db()
    assert (invited.declined_at, invited.declined_because) == (None, "")


def test_somebody_in_two_organisations_forwards_for_each(client: Client, role: ContactPerson) -> None:
    second = ContactPersonFactory(person=role.person)
    meeting = MeetingPageFactory()
    for row in (role, second):
        InvitedOrganisationFactory(meeting=meeting, organisation=row.organisation)
    html = read(client)
    for row in (role, second):
        assert path(meeting, row.organisation_id, "vidarebefordra") in html


def test_a_cancelled_meeting_says_so_and_cannot_be_forwarded(client: Client, role: ContactPerson) -> None:
    meeting = MeetingPageFactory(cancelled=True)
    invited = InvitedOrganisationFactory(meeting=meeting, organisation=role.organisation)
    html = read(client)
    assert "Mötet är inställt" in html
    assert own(invited, "vidarebefordra") not in html
    assert client.get(own(invited, "vidarebefordra"))["Location"] == "/min-sida/"


def test_reading_changes_nothing(client: Client, invited: InvitedOrganisation) -> None:
    before = list(InvitedOrganisation.objects.values())
    for act in ("vidarebefordra", "tacka-nej"):
        client.get(own(invited, act))
    for act in ("inbjudan", "delta-anda"):
        assert client.get(own(invited, act)).status_code == 405
    assert before == list(InvitedOrganisation.objects.values())


def test_u15_those_who_take_part_are_shown_with_address_role_and_unit(
    client: Client, invited: InvitedOrganisation
) -> None:
    details = {"email": "alex@nacka.example", "role": "Jurist", "department": "Socialförvaltningen"}
    RegistrationFactory(meeting=invited.meeting, organisation=invited.organisation, name="Alex Alm", **details)
    RegistrationFactory(meeting=invited.meeting, name="Någon annan", email="annan@solna.example")
    html = read(client, own(invited, "vidarebefordra"))
    assert all(word in html for word in ("Alex Alm", 'href="mailto:alex@nacka.example"', "Jurist, Socialförvaltningen"))
    assert "solna.example" not in html


def test_u15_the_page_tells_whom_lumen_has_mailed_and_where_it_failed(
    client: Client, role: ContactPerson, invited: InvitedOrganisation
) -> None:
    mail_out = MailOut.objects.get()
    InvitationFactory(invited=invited, contact_person=role, mail_out=mail_out, mail=OutgoingMailFactory(failed=True))
    client.post(own(invited, "vidarebefordra"), {"addresses": "bo@nacka.example"})
    others = InvitedOrganisationFactory(meeting=invited.meeting)
    OutgoingMailFactory(recipient="annan@solna.example", batch=f"forward:{others.pk}:1")
    html = read(client, own(invited, "vidarebefordra"))
    mailed = html.partition("Hit har LUMEN mejlat inbjudan")[2]
    assert role.person.email in mailed
    assert "kom inte fram" in mailed
    assert "bo@nacka.example" in mailed
    assert "solna.example" not in html


def test_u15_reading_colleagues_details_is_logged_once_in_five_minutes(
    client: Client, role: ContactPerson, invited: InvitedOrganisation
) -> None:
    read(client, own(invited, "vidarebefordra"))
    assert not AccessLogEntry.objects.exists(), "nobody's details were shown"
    RegistrationFactory(meeting=invited.meeting, organisation=invited.organisation)
    for _ in range(2):
        read(client, own(invited, "vidarebefordra"))
    entry = AccessLogEntry.objects.get()
    assert (entry.who, entry.rows) == (role.person, 1)
    assert entry.what == "Min sida: anmälda och inbjudna från Nacka kommun till Avtal"


def test_u15_past_meetings_stand_on_min_sida_with_how_many_took_part(client: Client, role: ContactPerson) -> None:
    ours = MeetingPageFactory(title="Riskanalys", past=True)
    InvitedOrganisationFactory(meeting=ours, organisation=role.organisation)
    RegistrationFactory.create_batch(2, meeting=ours, organisation=role.organisation)
    InvitedOrganisationFactory(meeting=MeetingPageFactory(title="Bara andras", past=True))
    html = read(client)
    assert f'href="{ours.public_url}"' in html
    assert "2 från er var anmälda" in html
    assert "Bara andras" not in html


def test_u24_the_text_can_be_shared_where_the_phone_has_sharing(client: Client, invited: InvitedOrganisation) -> None:
    html = read(client, own(invited, "vidarebefordra"))
    button = re.search(r'<button[^>]*data-share="textfalt"[^>]*>', html)
    assert button
    assert "hidden" in button[0], "share.js shows it; without script it is not there"
    assert 'data-share-title="Inbjudan: Avtal' in button[0]
    assert "js/share.js" in html
