"""What people get of a meeting that moves and is cancelled in the middle of its mail-out, counted at a mail server."""

from collections import Counter, defaultdict
from datetime import timedelta

import pytest

from contacts.actions import end_contact_role
from contacts.models import ContactPerson, Organisation, Person
from contacts.models.periods import today
from meetings import actions
from meetings.models import MeetingPage
from tests.factories.contacts import ContactPersonFactory, OrganisationFactory, PersonFactory
from tests.factories.meetings import MeetingPageFactory, publish
from tests.smtp_peer import SmtpServer

from .delivering import deliver_over_smtp

pytestmark = pytest.mark.django_db(transaction=True)

EVERYBODY, BEFORE = 311, 143
LONG_AGO = today() - timedelta(days=100)


@pytest.fixture
def meeting(django_db_serialized_rollback: None) -> MeetingPage:
    return MeetingPageFactory(title="Tillsammans")


def appoint_everybody() -> None:
    organisations = [OrganisationFactory.build(municipality=True) for _ in range(EVERYBODY)]
    Organisation.objects.bulk_create(organisations)
    persons = Person.objects.bulk_create(PersonFactory.build_batch(EVERYBODY))
    ContactPerson.objects.bulk_create(
        ContactPerson(person=person, organisation=organisation, start=LONG_AGO)
        for person, organisation in zip(persons, organisations, strict=True)
    )


def move(meeting: MeetingPage, days: int) -> None:
    fresh = MeetingPage.objects.get(pk=meeting.pk)
    by = timedelta(days=days)
    publish(fresh, starts_at=fresh.starts_at + by, ends_at=fresh.ends_at + by, change_note=f"Flyttat {days} dagar.")


def subjects_by_address(server: SmtpServer) -> dict[str, list[str]]:
    """What each address got, in the order it came."""
    got: defaultdict[str, list[str]] = defaultdict(list)
    for mail in server.mails:
        got[mail.recipient].append(str(mail.message["Subject"]).partition(":")[0])
    return got


def test_m4_a_meeting_moved_twice_and_cancelled_with_143_of_311_sent(
    meeting: MeetingPage, smtp_server: SmtpServer
) -> None:
    appoint_everybody()
    assert actions.send_invitations(meeting=meeting, by=None).queued == EVERYBODY
    deliver_over_smtp(smtp_server, at_most=BEFORE)
    got_invitation = {mail.recipient for mail in smtp_server.mails}
    assert len(got_invitation) == BEFORE

    move(meeting, 1)
    move(meeting, 2)
    actions.cancel_meeting(meeting=meeting, note="Sjukdom.", by=None)
    deliver_over_smtp(smtp_server)
    assert dict(subjects_by_address(smtp_server)) == {address: ["Inbjudan", "Inställt"] for address in got_invitation}


def test_m4_a_meeting_moved_twice_with_143_of_311_sent(meeting: MeetingPage, smtp_server: SmtpServer) -> None:
    appoint_everybody()
    actions.send_invitations(meeting=meeting, by=None)
    deliver_over_smtp(smtp_server, at_most=BEFORE)
    move(meeting, 1)
    move(meeting, 2)
    deliver_over_smtp(smtp_server)
    got = Counter(tuple(subjects) for subjects in subjects_by_address(smtp_server).values())
    assert got == {("Inbjudan", "Ändrat"): BEFORE, ("Inbjudan",): EVERYBODY - BEFORE}


@pytest.mark.parametrize("handed_over", ["before the move", "between move and cancellation", "after the cancellation"])
def test_m1_a_hand_over_at_any_time_reaches_the_right_persons(
    handed_over: str, meeting: MeetingPage, smtp_server: SmtpServer
) -> None:
    former = ContactPersonFactory(start=LONG_AGO)
    other = ContactPersonFactory(start=LONG_AGO)
    actions.send_invitations(meeting=meeting, by=None)
    deliver_over_smtp(smtp_server)

    def hand_over(moment: str) -> None:
        if moment == handed_over:
            end_contact_role(role=former, on=today(), by=None)
            ContactPersonFactory(organisation=former.organisation, person__email="ny@nacka.example")
            ContactPersonFactory(organisation=former.organisation, person__email="ers@nacka.example", deputy=True)
        actions.invite_newcomers()
        deliver_over_smtp(smtp_server)
        actions.tell_successors()
        deliver_over_smtp(smtp_server)

    hand_over("before the move")
    move(meeting, 1)
    hand_over("at the move")
    hand_over("between move and cancellation")
    actions.cancel_meeting(meeting=meeting, note="Sjukdom.", by=None)
    hand_over("after the cancellation")

    got = subjects_by_address(smtp_server)
    assert got.pop(other.person.email) == ["Inbjudan", "Ändrat", "Inställt"]
    expected = {
        "before the move": (["Inbjudan"], ["Inbjudan", "Ändrat", "Inställt"]),
        "between move and cancellation": (["Inbjudan", "Ändrat"], ["Inbjudan", "Inställt"]),
        "after the cancellation": (["Inbjudan", "Ändrat"], ["Inställt"]),
    }
    to_former, to_new = expected[handed_over]
    assert got.pop(former.person.email) == to_former
    for address in ("ny@nacka.example", "ers@nacka.example"):
        assert [subject for subject in got.pop(address) if not subject.startswith("Välkommen")] == to_new, address
    assert not got
