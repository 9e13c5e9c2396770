"""Every mail about a meeting as a row of the outbox: its kind, its place in the queue and what is with it."""

from collections.abc import Callable
from datetime import timedelta
from typing import NamedTuple

import pytest
from django.conf import settings

from meetings import actions
from meetings.enums import MailCategory, MailOutKind
from meetings.models import Details, MailOut, MeetingPage, Registration
from outbox.models import OutgoingMail
from tests.factories.contacts import OrganisationFactory, PersonFactory
from tests.factories.meetings import (
    InvitationFactory,
    InvitedOrganisationFactory,
    MeetingPageFactory,
    RegistrationFactory,
    publish,
)

from .reading import attached_calendar, calendar_part, method_of, unsubscribe_link

pytestmark = pytest.mark.django_db

KIM = "kim@ort.example"
ANNA = "anna@nacka.example"


class Expected(NamedTuple):
    category: MailCategory
    urgent: bool = False  # somebody waits for it
    batch: MailOutKind | None = None
    booking: str = ""  # the method of the calendar message that the reader's program acts on
    file: str = ""  # the method of the calendar file that is attached
    is_unsubscribable: bool = False


def register(*, known: bool) -> Registration:
    if known:
        invited = InvitedOrganisationFactory()
        return actions.register(meeting=invited.meeting, invited=invited, email=KIM, details=Details(name="Kim"))
    return actions.register(meeting=MeetingPageFactory(), email=KIM, details=Details(name="Kim"))


def leave(registration: Registration) -> Registration:
    """Cancel, with what was mailed before forgotten."""
    OutgoingMail.objects.all().delete()
    actions.cancel_registration(registration=registration)
    return registration


def come_back(registration: Registration) -> None:
    leave(registration)
    OutgoingMail.objects.all().delete()
    actions.register_again(registration=registration)


def match() -> None:
    actions.match_registration(
        registration=RegistrationFactory(waiting=True, email=KIM),
        organisation=OrganisationFactory(),
        by=PersonFactory(editor=True),
    )


def with_participant() -> MeetingPage:
    return RegistrationFactory(email=KIM).meeting


def with_waiting() -> MeetingPage:
    return RegistrationFactory(email=KIM, waiting=True).meeting


def with_contact_person() -> MeetingPage:
    return InvitationFactory(mailed=True, contact_person__person__email=ANNA).invited.meeting


def move(meeting: MeetingPage) -> None:
    publish(meeting, change_note="En timme senare.", ends_at=meeting.ends_at + timedelta(hours=1))


def cancel(meeting: MeetingPage) -> None:
    actions.cancel_meeting(meeting=meeting, note="Sjukdom.", by=None)


def invite() -> None:
    invitation = InvitationFactory(contact_person__person__email=ANNA)
    actions.send_invitations(meeting=invitation.invited.meeting, by=None)


def forward() -> None:
    invitation = InvitationFactory()
    actions.forward_to_colleagues(
        invited=invitation.invited, by=invitation.contact_person.person, addresses=["kollega@nacka.example"]
    )


def send_test() -> None:
    actions.send_test_invitation(meeting=MeetingPageFactory(), to=PersonFactory(editor=True))


REGISTRATION, PARTICIPANT = MailCategory.REGISTRATION, MailCategory.PARTICIPANT
UPDATE, CANCELLATION = MailCategory.UPDATE, MailCategory.CANCELLATION
MAILS: dict[str, tuple[Callable[[], object], Expected]] = {
    "confirmation": (lambda: register(known=True), Expected(REGISTRATION, urgent=True, booking="REQUEST")),
    "waiting list": (lambda: register(known=False), Expected(REGISTRATION, urgent=True)),
    "matched": (match, Expected(PARTICIPANT, urgent=True, booking="REQUEST")),
    "own cancellation": (
        lambda: leave(register(known=True)),
        Expected(PARTICIPANT, urgent=True, booking="CANCEL"),
    ),
    "own cancellation while waiting": (lambda: leave(register(known=False)), Expected(PARTICIPANT, urgent=True)),
    "back again": (
        lambda: come_back(register(known=True)),
        Expected(PARTICIPANT, urgent=True, booking="REQUEST"),
    ),
    "back on the waiting list": (lambda: come_back(register(known=False)), Expected(PARTICIPANT, urgent=True)),
    "invitation": (
        invite,
        Expected(MailCategory.INVITATION, batch=MailOutKind.INVITATION, file="PUBLISH", is_unsubscribable=True),
    ),
    "forwarded": (forward, Expected(MailCategory.FORWARD, file="PUBLISH")),
    "test": (send_test, Expected(MailCategory.TEST, urgent=True, file="PUBLISH")),
    "update to participant": (
        lambda: move(with_participant()),
        Expected(UPDATE, batch=MailOutKind.UPDATE, booking="REQUEST"),
    ),
    "update to contact person": (
        lambda: move(with_contact_person()),
        Expected(UPDATE, batch=MailOutKind.UPDATE, file="PUBLISH", is_unsubscribable=True),
    ),
    "cancellation to participant": (
        lambda: cancel(with_participant()),
        Expected(CANCELLATION, batch=MailOutKind.CANCELLATION, booking="CANCEL"),
    ),
    "cancellation to one who waits": (
        lambda: cancel(with_waiting()),
        Expected(CANCELLATION, batch=MailOutKind.CANCELLATION),
    ),
    "cancellation to contact person": (
        lambda: cancel(with_contact_person()),
        Expected(CANCELLATION, batch=MailOutKind.CANCELLATION, file="CANCEL", is_unsubscribable=True),
    ),
}


@pytest.mark.parametrize("name", MAILS)
def test_each_mail_says_what_it_is_and_whether_it_goes_first(name: str) -> None:
    cause, expected = MAILS[name]
    cause()

    mail = OutgoingMail.objects.get()
    part, file = calendar_part(mail), attached_calendar(mail)
    mail_out = MailOut.objects.filter(kind=expected.batch).first() if expected.batch else None
    assert (mail.category, mail.urgent, mail.sensitive) == (expected.category, expected.urgent, False)
    assert (method_of(part) if part else "") == expected.booking
    assert (method_of(file) if file else "") == expected.file
    assert bool(unsubscribe_link(mail)) is expected.is_unsubscribable
    if expected.batch:
        assert mail_out is not None
        assert mail.batch == mail_out.batch
    else:
        assert mail.batch == "" or expected.category == MailCategory.FORWARD


@pytest.mark.parametrize("name", MAILS)
def test_each_mail_leaves_in_its_turn_but_a_test_stands_alone(name: str) -> None:
    cause, expected = MAILS[name]
    cause()

    mail = OutgoingMail.objects.get()
    entry = MeetingPage.objects.get().calendar
    if expected.category == MailCategory.TEST:
        assert mail.stream == ""
    else:
        assert mail.stream.startswith(f"{entry.stream}:")
        assert mail.recipient not in mail.stream


def test_two_receivers_of_one_meeting_and_two_meetings_of_one_receiver_have_streams_of_their_own() -> None:
    one, two = InvitedOrganisationFactory(), InvitedOrganisationFactory()
    for invited, email in ((one, KIM), (one, ANNA), (two, KIM)):
        actions.register(meeting=invited.meeting, invited=invited, email=email, details=Details(name="x"))
    assert len(set(OutgoingMail.objects.values_list("stream", flat=True))) == 3


def test_a_forwarded_invitation_names_who_forwarded_it_in_its_batch() -> None:
    forward()
    batches = {OutgoingMail.objects.get().batch}
    forward()
    batches |= set(OutgoingMail.objects.values_list("batch", flat=True))
    assert len(batches) == 2
    assert all(batch.startswith("forward:") for batch in batches)


@pytest.mark.django_db
def test_u15_the_invitation_names_min_sida_but_not_what_is_forwarded() -> None:
    invite()
    forward()
    invitation, forwarded = OutgoingMail.objects.order_by("pk")
    assert f"{settings.BASE_URL}/min-sida/" in invitation.text
    assert "/min-sida/" not in forwarded.text
