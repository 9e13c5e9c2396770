"""Reminders to organisations from which nobody is registered."""

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from contacts.models import ContactPerson
from meetings import actions
from meetings.enums import MailCategory, MailOutKind
from meetings.models import InvitedOrganisation, MailOut, MeetingPage
from meetings.reminders import remind_at, reminder_plan
from outbox.conditions import ask
from outbox.models import OutgoingMail
from tests.factories.contacts import ContactPersonFactory, OrganisationFactory
from tests.factories.meetings import MeetingPageFactory, RegistrationFactory, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting() -> MeetingPage:
    return MeetingPageFactory(title="Upphandling", slug="upphandling")


def invite(meeting: MeetingPage, **kwargs: Any) -> ContactPerson:
    """A contact person whose organisation is invited to the meeting now."""
    role: ContactPerson = ContactPersonFactory(organisation=OrganisationFactory(municipality=True), **kwargs)
    actions.send_invitations(meeting=meeting, by=None)
    return role


def invited_row(meeting: MeetingPage, role: ContactPerson) -> InvitedOrganisation:
    return InvitedOrganisation.objects.get(meeting=meeting, organisation=role.organisation)


def reminders() -> list[OutgoingMail]:
    return list(OutgoingMail.objects.filter(category=MailCategory.REMINDER).order_by("pk"))


def due(meeting: MeetingPage, *, later: timedelta = timedelta(minutes=1)) -> datetime:
    return remind_at(meeting.calendar) + later


def sentence(meeting: MeetingPage) -> str:
    plan = reminder_plan(MeetingPage.objects.get(pk=meeting.pk))
    assert plan is not None
    return plan.sentence


def test_who_has_nobody_registered_is_reminded_and_the_others_are_not(meeting: MeetingPage) -> None:
    silent, registered, declined = (invite(meeting) for _ in range(3))
    RegistrationFactory(meeting=meeting, organisation=registered.organisation)
    actions.decline(invited=invited_row(meeting, declined), by=declined.person)
    with time_machine.travel(due(meeting), tick=False):
        assert actions.remind_silent() == 1
    (mail,) = reminders()
    assert mail.recipient == silent.person.email
    assert "Ingen från" in mail.text
    assert f"/min-sida/moten/upphandling/{silent.organisation_id}/vidarebefordra/" in mail.text
    assert f"/min-sida/moten/upphandling/{silent.organisation_id}/tacka-nej/" in mail.text


def test_nobody_is_reminded_twice(meeting: MeetingPage) -> None:
    role = invite(meeting)
    with time_machine.travel(due(meeting), tick=False):
        actions.remind_silent()
        assert actions.remind_silent() == 0
    moved = publish(
        meeting,
        starts_at=meeting.starts_at + timedelta(days=20),
        ends_at=meeting.ends_at + timedelta(days=20),
        change_note="Senare.",
    )
    with time_machine.travel(due(moved), tick=False):
        assert actions.remind_silent() == 0
    assert [mail.recipient for mail in reminders()] == [role.person.email]


def test_the_database_refuses_a_second_reminder(meeting: MeetingPage) -> None:
    MailOut.objects.create(meeting=meeting, kind=MailOutKind.REMINDER)
    with pytest.raises(IntegrityError), transaction.atomic():
        MailOut.objects.create(meeting=meeting, kind=MailOutKind.REMINDER)


def test_nothing_goes_before_the_time_or_long_after(meeting: MeetingPage) -> None:
    invite(meeting)
    for later in (timedelta(minutes=-1), timedelta(days=1)):
        with time_machine.travel(due(meeting, later=later), tick=False):
            assert actions.remind_silent() == 0, later
    assert reminders() == []


def test_a_reminder_whose_time_has_passed_is_shown_as_missed(meeting: MeetingPage) -> None:
    invite(meeting)
    with time_machine.travel(due(meeting, later=timedelta(days=2)), tick=False):
        assert actions.remind_silent() == 0
        plan = reminder_plan(meeting)
    assert plan is not None
    assert plan.is_missed


def test_a_reminder_follows_a_moved_meeting(meeting: MeetingPage) -> None:
    invite(meeting)
    first = due(meeting)
    moved = publish(
        meeting,
        starts_at=meeting.starts_at + timedelta(days=10),
        ends_at=meeting.ends_at + timedelta(days=10),
        change_note="Flyttat.",
    )
    with time_machine.travel(first, tick=False):
        assert actions.remind_silent() == 0
    with time_machine.travel(due(moved), tick=False):
        assert actions.remind_silent() == 1


def test_a_reminder_of_a_meeting_moved_nearer_is_missed(meeting: MeetingPage) -> None:
    invite(meeting)
    with time_machine.travel(timezone.now() + timedelta(minutes=1), tick=False):
        day = timezone.now() + timedelta(days=2)
        moved = publish(meeting, starts_at=day, ends_at=day + timedelta(hours=1), change_note="Tidigare.")
        assert actions.remind_silent() == 0
        plan = reminder_plan(moved)
    assert plan is not None
    assert plan.is_missed


def test_a_meeting_can_be_without_a_reminder(meeting: MeetingPage) -> None:
    invite(meeting)
    publish(meeting, reminds=False)
    with time_machine.travel(due(meeting), tick=False):
        assert actions.remind_silent() == 0
    assert "Avstängd" in sentence(meeting)


def test_the_day_is_a_setting_of_the_meeting(meeting: MeetingPage) -> None:
    invite(meeting)
    meeting = publish(meeting, remind_days=3)
    assert timezone.localdate(remind_at(meeting.calendar)) == timezone.localdate(meeting.starts_at) - timedelta(days=3)


def test_who_was_invited_just_now_has_had_no_time_to_answer(meeting: MeetingPage) -> None:
    invite(meeting)
    with time_machine.travel(due(meeting) - timedelta(days=1), tick=False):
        newcomer = invite(meeting)
    with time_machine.travel(due(meeting), tick=False):
        actions.remind_silent()
    assert newcomer.person.email not in {mail.recipient for mail in reminders()}


@pytest.mark.parametrize("answer", ["registered", "declined", "cancelled", "role ended"])
def test_a_waiting_reminder_is_withdrawn_when_its_reason_is_gone(meeting: MeetingPage, answer: str) -> None:
    role = invite(meeting)
    with time_machine.travel(due(meeting), tick=False):
        actions.remind_silent()
        (mail,) = reminders()
        assert not ask(mail).withdrawn
        if answer == "registered":
            RegistrationFactory(meeting=meeting, organisation=role.organisation)
        elif answer == "declined":
            actions.decline(invited=invited_row(meeting, role), by=role.person)
        elif answer == "cancelled":
            meeting.calendar.cancelled_at = timezone.now()
            meeting.calendar.save()
        else:
            ContactPerson.objects.filter(pk=role.pk).update(end=timezone.localdate())
        assert ask(mail).withdrawn


def test_when_the_meeting_changes_a_waiting_reminder_becomes_the_news(meeting: MeetingPage) -> None:
    role = invite(meeting)
    OutgoingMail.objects.all().update(status="sent", sent_at=timezone.now())
    with time_machine.travel(due(meeting), tick=False):
        actions.remind_silent()
        publish(
            meeting,
            starts_at=meeting.starts_at + timedelta(days=1),
            ends_at=meeting.ends_at + timedelta(days=1),
            change_note="En dag senare.",
        )
    (mail,) = reminders()
    assert mail.status == "withdrawn"
    news = OutgoingMail.objects.get(category=MailCategory.UPDATE)
    assert news.recipient == role.person.email


def test_the_editor_sees_when_it_goes_and_to_how_many_it_went(meeting: MeetingPage) -> None:
    invite(meeting)
    assert "1 organisation " in sentence(meeting)
    with time_machine.travel(due(meeting), tick=False):
        actions.remind_silent()
        assert sentence(meeting).startswith("Gick ")
        assert "1 organisation " in sentence(meeting)


def test_where_all_have_answered_the_editor_sees_that_nobody_needed_it(meeting: MeetingPage) -> None:
    role = invite(meeting)
    RegistrationFactory(meeting=meeting, organisation=role.organisation)
    with time_machine.travel(due(meeting), tick=False):
        assert actions.remind_silent() == 0
    assert sentence(meeting).startswith("Ingen behövde")


def test_from_the_reminder_one_says_no_without_a_reason(client: Client, meeting: MeetingPage) -> None:
    role = invite(meeting)
    client.force_login(role.person)
    client.post(reverse("meetings:decline", args=[meeting.slug, role.organisation_id]), {"because": ""})
    row = invited_row(meeting, role)
    assert row.declined_at is not None
    assert row.declined_because == ""
