"""When organisations from which nobody is registered are reminded of a meeting, and what came of it. Only reads."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.utils import timezone

from . import dates
from .enums import MailOutKind
from .models import CalendarEntry, InvitedOrganisation, MailOut, MeetingPage

CLOCK = time(9)
# How late a reminder may still go, such as when no worker ran. After that it is missed.
GRACE = timedelta(days=1)
# Whoever was invited later than this before the reminder has had no time to answer.
TIME_TO_ANSWER = timedelta(days=2)


def remind_at(entry: CalendarEntry) -> datetime:
    """When the reminder goes, counted from when the meeting is now."""
    day = timezone.localdate(entry.starts_at) - timedelta(days=entry.meeting.remind_days)
    return timezone.make_aware(datetime.combine(day, CLOCK))


def last_moment(entry: CalendarEntry) -> datetime:
    """When it is too late to remind."""
    return min(remind_at(entry) + GRACE, entry.starts_at)


def is_due(entry: CalendarEntry, now: datetime) -> bool:
    """Whether the reminder is to go now, if it has not gone."""
    return entry.meeting.reminds and remind_at(entry) <= now < last_moment(entry)


def to_remind(meeting: MeetingPage, at: datetime) -> "list[InvitedOrganisation]":
    """The organisations that a reminder at the moment would go to, as they have answered until now."""
    rows = InvitedOrganisation.objects.filter(meeting=meeting).to_remind(invited_by=at - TIME_TO_ANSWER)
    return list(rows.select_related("organisation"))


@dataclass(frozen=True)
class ReminderPlan:
    """The reminder of a meeting, in a Swedish sentence for the editor."""

    sentence: str
    is_missed: bool = False


def reminder_plan(meeting: MeetingPage, now: datetime | None = None) -> ReminderPlan | None:
    """When the reminder goes, went or should have gone; None where there is nothing to say."""
    now, entry = now or timezone.now(), meeting.entry
    if entry is None:
        return None
    entry.meeting = meeting
    sent = MailOut.objects.filter(meeting=meeting, kind=MailOutKind.REMINDER).first()
    if sent is not None:
        number = InvitedOrganisation.objects.filter(meeting=meeting, reminded_at__isnull=False).count()
        went = f"{dates.day(sent.created_at)} {dates.hours(timezone.localtime(sent.created_at), None)}"
        if not number:
            return ReminderPlan(f"Ingen behövde påminnas {went}.")
        return ReminderPlan(f"Gick {went} till {_organisations(number)} som inte hade någon anmäld.")
    if entry.cancelled_at or not meeting.live or entry.ends_at <= now:
        return None
    if not meeting.reminds:
        return ReminderPlan("Avstängd. Du slår på den när du redigerar mötet.")
    at = remind_at(entry)
    goes = f"{dates.day(at)} {dates.hours(at, None)}"
    if now >= last_moment(entry):
        return ReminderPlan(
            f"Påminnelsen skulle ha gått {goes}. Den tiden har passerat, så den skickas inte.", is_missed=True
        )
    if meeting.invitation_mail_out is None:
        return ReminderPlan(f"Går {goes}, om inbjudan har skickats minst {TIME_TO_ANSWER.days} dagar före.")
    number = len(to_remind(meeting, max(at, now)))
    return ReminderPlan(f"Går {goes}. Just nu är det {_organisations(number)} som inte har någon anmäld.")


def _organisations(number: int) -> str:
    return f"{number} {'organisation' if number == 1 else 'organisationer'}"
