"""The list of colleagues on min sida, forwarding in two steps, the leave link, and taking away a registration."""

import pytest
from django.test import Client
from django.urls import reverse

from contacts.models import ContactPerson
from meetings.models import Colleague, InvitedOrganisation
from tests.factories.contacts import ContactPersonFactory
from tests.factories.meetings import (
    ColleagueFactory,
    InvitedOrganisationFactory,
    MeetingPageFactory,
    RegistrationFactory,
)

from .reading import last_mail_to, mails_to, text_of

pytestmark = pytest.mark.django_db
LIST = "/min-sida/kollegor/"


@pytest.fixture
def role(client: Client) -> ContactPerson:
    row = ContactPersonFactory(organisation__email_domains="ort.example")
    client.force_login(row.person)
    return row


@pytest.fixture
def invited(role: ContactPerson) -> InvitedOrganisation:
    return InvitedOrganisationFactory(organisation=role.organisation, meeting=MeetingPageFactory())


def html(response) -> str:
    return response.content.decode()


def same(invited: InvitedOrganisation) -> str:
    return reverse("meetings:forward_same", args=[invited.meeting.slug, invited.organisation_id])


def test_a_colleague_is_added_changed_and_taken_away(client: Client, role: ContactPerson) -> None:
    form = {"organisation": role.organisation_id, "email": "kim@ort.example", "name": "Kim", "unit": "Äldre"}
    assert "Kim står nu på listan." in html(client.post(LIST, form, follow=True))
    row = Colleague.objects.get()
    client.post(f"{LIST}{row.pk}/", {"name": "Kim", "unit": "Barn och unga"})
    assert "Barn och unga" in html(client.get(LIST))
    client.post(f"{LIST}{row.pk}/ta-bort/")
    assert not Colleague.objects.exists()


def test_a_wrong_address_keeps_what_was_typed(client: Client, role: ContactPerson) -> None:
    page = html(client.post(LIST, {"organisation": role.organisation_id, "email": "fel", "name": "Kim Bo"}))
    assert "Adressen ser inte rätt ut" in page
    assert 'value="Kim Bo"' in page


def test_the_lists_of_others_are_not_there(client: Client, role: ContactPerson) -> None:
    row = ColleagueFactory()
    assert row.email not in html(client.get(LIST))
    assert client.get(f"{LIST}{row.pk}/").status_code == 404
    assert client.post(f"{LIST}{row.pk}/ta-bort/").status_code == 404
    form = {"organisation": row.organisation_id, "email": "kim@ort.example"}
    assert client.post(LIST, form).status_code == 200
    assert Colleague.objects.get() == row


def test_from_the_mails_link_all_are_ticked_and_one_button_sends(client: Client, invited: InvitedOrganisation) -> None:
    rows = [ColleagueFactory(organisation=invited.organisation) for _ in range(3)]
    page = html(client.get(same(invited)))
    assert page.count("checked") == 3
    assert "<span>3</span>" in page
    client.post(same(invited), {"chosen": [row.pk for row in rows]})
    assert all(mails_to(row.email) for row in rows)


def test_who_has_the_invitation_is_not_asked_about(client: Client, invited: InvitedOrganisation) -> None:
    first, second = (ColleagueFactory(organisation=invited.organisation) for _ in range(2))
    client.post(same(invited), {"chosen": [first.pk]})
    RegistrationFactory(meeting=invited.meeting, organisation=invited.organisation, email=second.email)
    page = html(client.get(same(invited)))
    assert "har redan fått inbjudan eller anmält sig" in page
    assert first.email not in page


def test_colleagues_of_another_organisation_cannot_be_chosen(client: Client, invited: InvitedOrganisation) -> None:
    stranger = ColleagueFactory()
    ColleagueFactory(organisation=invited.organisation)
    assert "står inte längre på listan" in html(client.post(same(invited), {"chosen": [stranger.pk]}))
    assert mails_to(stranger.email) == []


def test_opening_the_leave_link_changes_nothing_and_the_button_leaves() -> None:
    row = ColleagueFactory()
    address = row.leave_link.url
    stranger = Client(enforce_csrf_checks=True)
    page = html(stranger.get(address))
    row.refresh_from_db()
    assert row.left_at is None
    assert row.email not in page
    assert row.name not in page
    assert "Du får inga fler inbjudningar" in html(stranger.post(address, {"List-Unsubscribe": "One-Click"}))
    row.refresh_from_db()
    assert row.left_at is not None


def test_a_broken_leave_link_says_what_to_do(client: Client) -> None:
    response = client.post("/kollega/1.fel/")
    assert response.status_code == 404
    assert "Länken fungerar inte" in html(response)


def test_the_list_is_filled_from_the_form_that_forwards(client: Client, invited: InvitedOrganisation) -> None:
    address = reverse("meetings:forward", args=[invited.meeting.slug, invited.organisation_id])
    client.post(address, {"addresses": "kim@ort.example", "keep": "on"})
    assert Colleague.objects.get().email == "kim@ort.example"
    assert "Vidarebefordra till samma som förra gången" in html(client.get(address))


def take_away(invited: InvitedOrganisation, pk: int) -> str:
    return reverse("meetings:take_away", args=[invited.meeting.slug, invited.organisation_id, pk])


def test_a_wrong_registration_is_taken_away_after_a_question(
    client: Client, invited: InvitedOrganisation, role: ContactPerson
) -> None:
    row = RegistrationFactory(meeting=invited.meeting, organisation=invited.organisation)
    assert row.name in html(client.get(take_away(invited, row.pk)))
    row.refresh_from_db()
    assert row.takes_part
    client.post(take_away(invited, row.pk))
    row.refresh_from_db()
    assert not row.takes_part
    assert f"{role.person.name}, kontaktperson" in text_of(last_mail_to(row.email))


def test_registrations_of_others_cannot_be_taken_away(client: Client, invited: InvitedOrganisation) -> None:
    row = RegistrationFactory(meeting=invited.meeting)
    assert client.post(take_away(invited, row.pk)).status_code == 404
    row.refresh_from_db()
    assert row.takes_part


def test_past_meetings_tell_how_many_came(client: Client, role: ContactPerson) -> None:
    meeting = MeetingPageFactory(past=True)
    RegistrationFactory(meeting=meeting, organisation=role.organisation, attended=True)
    RegistrationFactory(meeting=meeting, organisation=role.organisation, attended=False)
    assert "2 från er var anmälda, 1 deltog" in html(client.get("/min-sida/"))
