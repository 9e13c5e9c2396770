import json

import pytest
from django.core.management import CommandError, call_command

from outbox.models import OutgoingMail
from tests.factories.contacts import ContactPersonFactory
from tests.factories.meetings import MeetingPageFactory

pytestmark = pytest.mark.django_db


def test_json_tells_how_many_were_queued_and_nothing_else(capsys: pytest.CaptureFixture[str]) -> None:
    ContactPersonFactory.create_batch(2)
    MeetingPageFactory(slug="tredje-motet")
    for queued in (2, 0):
        call_command("send_invitations", "tredje-motet", "--json")
        assert json.loads(capsys.readouterr().out) == {"queued": queued}
    assert OutgoingMail.objects.count() == 2


def test_without_json_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    ContactPersonFactory()
    MeetingPageFactory(slug="tredje-motet")
    call_command("send_invitations", "tredje-motet")

    assert capsys.readouterr().out == "1 inbjudan ligger i kö.\n"


def test_an_unknown_meeting_is_a_fault_in_one_line() -> None:
    with pytest.raises(CommandError, match="Det finns inget möte som heter 'finns-inte'"):
        call_command("send_invitations", "finns-inte")


@pytest.mark.parametrize("traits", [{"draft": True}, {"past": True}, {"cancelled": True}])
def test_a_meeting_that_is_not_to_be_held_is_a_fault(traits: dict) -> None:
    ContactPersonFactory()
    meeting = MeetingPageFactory(**traits)
    with pytest.raises(CommandError, match="^Mötet "):
        call_command("send_invitations", meeting.slug, "--json")
    assert not OutgoingMail.objects.exists()
