"""The participants of a meeting: attendance, organisation, cancelling."""

import pytest
from django.test import Client

from contacts.models import Person
from meetings.enums import RegistrationStatus
from meetings.models import MeetingPage, Registration
from tests.factories.contacts import OrganisationFactory
from tests.factories.meetings import (
    MeetingPageFactory,
    RegistrationFactory,
)

from .pages import url

pytestmark = pytest.mark.django_db


def test_attendance_is_saved_for_those_the_page_showed(client: Client, editor: Person) -> None:
    meeting = MeetingPageFactory(past=True)
    came, stayed, elsewhere = RegistrationFactory.create_batch(3, meeting=meeting)
    client.post(url(meeting, "deltagare/"), {"shown": [came.pk, stayed.pk], "attended": [came.pk]})
    attended = {row.pk: row.attended for row in Registration.objects.all()}
    assert attended == {came.pk: True, stayed.pk: False, elsewhere.pk: None}


def test_attendance_waits_for_the_meeting_to_begin(client: Client, editor: Person, meeting: MeetingPage) -> None:
    row = RegistrationFactory(meeting=meeting)
    response = client.post(url(meeting, "deltagare/"), {"shown": [row.pk], "attended": [row.pk]}, follow=True)
    assert "när mötet har börjat" in response.content.decode()
    assert Registration.objects.get().attended is None


def test_attendance_of_another_meeting_cannot_be_set_here(client: Client, editor: Person) -> None:
    other = RegistrationFactory(meeting=MeetingPageFactory(past=True))
    client.post(url(MeetingPageFactory(past=True), "deltagare/"), {"shown": [other.pk], "attended": [other.pk]})
    other.refresh_from_db()
    assert other.attended is None


def test_an_unmatched_participant_gets_an_organisation(client: Client, editor: Person, meeting: MeetingPage) -> None:
    row = RegistrationFactory(meeting=meeting, waiting=True, email="kim@okand.example")
    organisation = OrganisationFactory(municipality=True)
    assert "kim@okand.example" in client.get(url(meeting, "utan-organisation/")).content.decode()
    client.post(url(meeting, "utan-organisation/"), {"registration": row.pk, "organisation": organisation.pk})
    row.refresh_from_db()
    assert (row.status, row.organisation) == (RegistrationStatus.REGISTERED, organisation)


@pytest.mark.parametrize("organisation", ["", "999999", "x"])
def test_matching_to_nothing_is_refused_with_a_word(
    client: Client, editor: Person, meeting: MeetingPage, organisation: str
) -> None:
    row = RegistrationFactory(meeting=meeting, waiting=True)
    data = {"registration": row.pk, "organisation": organisation}
    response = client.post(url(meeting, "utan-organisation/"), data, follow=True)
    assert response.status_code == 200
    assert "rganisation" in response.content.decode()
    row.refresh_from_db()
    assert row.status == RegistrationStatus.WAITING


def test_an_editor_can_cancel_for_somebody(client: Client, editor: Person, meeting: MeetingPage) -> None:
    row = RegistrationFactory(meeting=meeting)
    path = url(meeting, f"deltagare/{row.pk}/avanmal/")
    assert row.name in client.get(path).content.decode()
    client.post(path)
    row.refresh_from_db()
    assert row.status == RegistrationStatus.CANCELLED


def test_nobody_is_cancelled_through_the_address_of_another_meeting(
    client: Client, editor: Person, meeting: MeetingPage
) -> None:
    row = RegistrationFactory(meeting=MeetingPageFactory())
    path = url(meeting, f"deltagare/{row.pk}/avanmal/")
    assert (client.get(path).status_code, client.post(path).status_code) == (404, 404)
    row.refresh_from_db()
    assert row.status == RegistrationStatus.REGISTERED


def test_u2_the_organisation_of_somebody_without_one_is_found_by_typing(
    client: Client, editor: Person, meeting: MeetingPage
) -> None:
    never_shown = OrganisationFactory(name="Stiftelsen Långt ned i listan")
    RegistrationFactory(meeting=meeting, waiting=True)
    html = client.get(url(meeting, "utan-organisation/")).content.decode()
    assert "/admin/organisation_chooser/" in html
    assert "chooser-widget.js" in html
    assert never_shown.name not in html
