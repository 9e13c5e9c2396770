"""Anonymous registrations still count, but tell nothing and get nothing."""

import pytest
from django.test import Client

from meetings.actions import anonymise_registrations, cancel_meeting
from meetings.exports import PARTICIPANT_COLUMNS
from meetings.models import MeetingPage, Registration
from outbox.models import OutgoingMail
from tests.factories.contacts import PersonFactory
from tests.factories.meetings import MeetingPageFactory, RegistrationFactory, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def row() -> Registration:
    row: Registration = RegistrationFactory(name="Kim Glömd", email="kim@ort.example", department="Kansliet")
    assert anonymise_registrations(Registration.objects.all()) == 1
    row.refresh_from_db()
    return row


def test_organisation_status_and_attendance_stay(row: Registration) -> None:
    assert row.takes_part and row.organisation is not None
    assert (row.name, row.role, row.department, row.invitation) == ("", "", "", None)


def test_an_editor_sees_that_there_is_nothing_to_see(client: Client, row: Registration) -> None:
    client.force_login(PersonFactory(editor=True))
    html = client.get(f"/admin/moten/{row.meeting.pk}/deltagare/").content.decode()
    assert f"Anmälan {row.pk}, utan uppgifter" in html
    assert "raderad.invalid" not in html
    assert PARTICIPANT_COLUMNS["E-post"](row) == ""


def test_nobody_is_mailed_of_what_becomes_of_the_meeting(row: Registration) -> None:
    meeting = MeetingPage.objects.get(pk=row.meeting.pk)
    publish(meeting, join_url="https://mote.example/nytt")
    cancel_meeting(meeting=meeting, note="Inställt", by=None)
    assert not OutgoingMail.objects.exists()


def test_a_meeting_with_many_takes_as_many_queries(django_assert_max_num_queries) -> None:
    RegistrationFactory.create_batch(40, meeting=MeetingPageFactory(past=True))
    with django_assert_max_num_queries(5):
        anonymise_registrations(Registration.objects.all())
