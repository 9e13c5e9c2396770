"""Two who do the same thing at the same moment."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction

from meetings import actions
from meetings.actions.locking import lock_calendar
from meetings.models import CalendarEntry, Details, InvitedOrganisation, MailOut, MeetingPage, Registration
from outbox.models import OutgoingMail
from tests.factories.contacts import ContactPersonFactory, PersonFactory
from tests.factories.meetings import InvitedOrganisationFactory, MeetingPageFactory, RegistrationFactory, publish

from .reading import calendar_part, event_in, last_mail_to

# The threads must see each other's commits. Afterwards all is emptied, also what migrations have put there.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.databases]
KIM = {"email": "kim@ort.example", "details": Details("Kim")}
PATIENCE = 30  # seconds before a thread is given up


def at_once(*calls: Callable[[], Any]) -> list[Any]:
    """Make the calls from a thread each, all starting together; returns results and exceptions in order."""
    start = threading.Barrier(len(calls), timeout=PATIENCE)
    results: list[Any] = [None] * len(calls)

    def run(number: int, call: Callable[[], Any]) -> None:
        try:
            start.wait()
            results[number] = call()
        except Exception as error:
            results[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=item) for item in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert not any(thread.is_alive() for thread in threads)
    return results


def test_two_editors_who_invite_at_once_make_one_mail_out() -> None:
    ContactPersonFactory.create_batch(5)
    meeting = MeetingPageFactory()
    editors = PersonFactory.create_batch(2, editor=True)
    results = at_once(*[lambda by=by: actions.send_invitations(meeting=meeting, by=by) for by in editors])

    assert sorted(sent.queued for sent in results) == [0, 5]
    assert MailOut.objects.count() == 1
    assert OutgoingMail.objects.values("recipient").distinct().count() == OutgoingMail.objects.count() == 5


def test_one_address_that_registers_twice_at_once_is_one_participant() -> None:
    invited = InvitedOrganisationFactory()
    meeting = MeetingPage.objects.get()
    call = lambda: actions.register(  # noqa: E731
        meeting=meeting, invited=InvitedOrganisation.objects.get(pk=invited.pk), **KIM
    )
    results = at_once(call, call, call, call, call)

    assert {getattr(result, "pk", result) for result in results} == {Registration.objects.get().pk}
    assert OutgoingMail.objects.count() == 3


def test_a_meeting_that_two_cancel_at_once_is_cancelled_once() -> None:
    meeting = MeetingPageFactory()
    RegistrationFactory(meeting=meeting)
    at_once(*[lambda note=note: actions.cancel_meeting(meeting=meeting, note=note, by=None) for note in ("A", "B")])

    assert OutgoingMail.objects.count() == 1
    assert CalendarEntry.objects.get().sequence == 1


def test_somebody_who_registers_while_the_meeting_moves_ends_with_the_new_time() -> None:
    meeting = MeetingPageFactory()
    invited = InvitedOrganisationFactory(meeting=meeting)
    new_start, new_end = meeting.starts_at + timedelta(days=1), meeting.ends_at + timedelta(days=1)
    results = at_once(
        lambda: publish(meeting, change_note="En dag senare.", starts_at=new_start, ends_at=new_end),
        lambda: actions.register(meeting=MeetingPage.objects.get(), invited=invited, **KIM),
    )

    assert not [result for result in results if isinstance(result, Exception)]
    event = event_in(calendar_part(last_mail_to("kim@ort.example")))
    assert event["SEQUENCE"] > meeting.calendar.sequence
    assert event["DTSTART"].dt == new_start


@pytest.mark.parametrize(
    "act",
    [
        pytest.param(lambda meeting: actions.send_invitations(meeting=meeting, by=None), id="invite"),
        pytest.param(lambda meeting: actions.cancel_meeting(meeting=meeting, note="Sjukdom.", by=None), id="cancel"),
        pytest.param(lambda meeting: actions.register(meeting=meeting, **KIM), id="register"),
        pytest.param(lambda meeting: actions.cancel_registration(registration=Registration.objects.get()), id="leave"),
        pytest.param(lambda meeting: publish(meeting, title="Nytt namn"), id="publish"),
    ],
)
def test_whatever_mails_about_a_meeting_waits_for_its_turn(act: Callable[[MeetingPage], Any]) -> None:
    ContactPersonFactory()
    meeting = MeetingPageFactory()
    RegistrationFactory(meeting=meeting)
    done = threading.Event()

    def run() -> None:
        try:
            act(MeetingPage.objects.get())
        finally:
            done.set()
            connection.close()

    thread = threading.Thread(target=run)
    with transaction.atomic():
        lock_calendar(meeting)
        thread.start()
        assert not done.wait(0.5)
    assert done.wait(PATIENCE)
    thread.join(PATIENCE)
    assert OutgoingMail.objects.exists()
