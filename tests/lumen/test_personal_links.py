"""K13 over all rooms: no token of ours stands in a stored mail, whatever mail it is."""

from typing import Any

import pytest

from contacts.actions import appoint_deputy
from meetings import actions
from meetings.models import Colleague, Details, Invitation, InvitedOrganisation, Registration
from outbox import personal_links
from outbox.models import OutgoingMail
from tests.factories.contacts import ContactPersonFactory
from tests.factories.meetings import MeetingPageFactory, publish
from tests.meetings.reading import calendar_part, everything_in, message_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def every_mail() -> list[OutgoingMail]:
    """Each kind of mail with a link of its own, as the rooms make them."""
    role = ContactPersonFactory(organisation__email_domains="ort.example", person__email="kontakt@ort.example")
    other = ContactPersonFactory(organisation=role.organisation)
    meeting = MeetingPageFactory()
    actions.send_invitations(meeting=meeting, by=None)
    invited = InvitedOrganisation.objects.get(meeting=meeting)
    actions.forward_to_colleagues(invited=invited, by=role.person, addresses=["kollega@ort.example"], keep=True)
    row = actions.register(meeting=meeting, email="kim@ort.example", details=Details("Kim"), invited=invited)
    actions.register(meeting=meeting, email="vilse@annanstans.example", details=Details("Vilse"))
    appoint_deputy(by=role.person, organisation=role.organisation, email="ny@ort.example", name="Ny")
    meeting.refresh_from_db()
    publish(meeting, ends_at=meeting.ends_at.replace(minute=30), change_note="Längre")
    actions.cancel_registration(registration=row)
    actions.mail_own_link(meeting=meeting, email="kim@ort.example")
    actions.cancel_meeting(meeting=meeting, note="Inställt", by=None)
    assert other.pk
    return list(OutgoingMail.objects.all())


def tokens() -> set[str]:
    found = {row.token for row in Registration.objects.all()} | {row.token for row in InvitedOrganisation.objects.all()}
    found |= {row.leave_link.url.rstrip("/").rpartition("/")[2] for row in Colleague.objects.all()}
    roles = Invitation.objects.select_related("contact_person")
    return found | {row.contact_person.stop_mail_link.rstrip("/").rpartition("/")[2] for row in roles}


def test_k13_no_stored_mail_holds_a_token(every_mail: list[OutgoingMail]) -> None:
    assert len({mail.category for mail in every_mail}) >= 6
    assert len(tokens()) >= 5
    for mail in every_mail:
        stored = f"{mail.text}{bytes(mail.message).decode()}".replace("=\r\n", "").replace("=\n", "")
        assert not [token for token in tokens() if token in stored], mail


def test_m10_no_mail_with_a_calendar_part_has_a_personal_link(every_mail: list[OutgoingMail]) -> None:
    with_calendar = [mail for mail in every_mail if calendar_part(mail) is not None]
    assert len(with_calendar) >= 3
    own = [row.token for row in Registration.objects.all()]
    for mail in with_calendar:
        assert not mail.links
        assert not [token for token in own if token in everything_in(mail)], mail


def test_each_is_sent_with_the_links_that_the_rooms_make(every_mail: list[OutgoingMail]) -> None:
    for mail in every_mail:
        assert "personlig-lank" not in everything_in(mail)
        assert "personlig-lank" not in str(message_of(mail)["List-Unsubscribe"])
    sent = "".join(everything_in(mail) for mail in every_mail)
    assert all(row.manage_link in sent for row in Registration.objects.all())
    assert all(row.link in sent for row in InvitedOrganisation.objects.all())


@pytest.mark.parametrize("kind", ["participant", "organisation", "invitation", "stop_mail"])
def test_a_link_of_a_row_that_is_gone_is_none(kind: str) -> None:
    assert personal_links._makers[kind](999_999) is None


def test_each_kind_that_a_room_tells_has_its_maker(every_mail: list[OutgoingMail]) -> None:
    told: set[Any] = {reference.partition(":")[0] for mail in every_mail for reference in (mail.links or {}).values()}
    assert told <= set(personal_links._makers)
