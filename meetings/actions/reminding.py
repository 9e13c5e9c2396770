"""Remind organisations from which nobody is registered, once a meeting."""

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from outbox.actions import queue_all

from .. import mails
from ..enums import MailOutKind
from ..models import InvitedOrganisation, MailOut, MeetingPage
from ..receivers import contacts_of
from ..reminders import is_due, to_remind
from .locking import lock_calendar


def remind_silent() -> int:
    """Send the reminders whose time has come; return how many mails.

    A recurring job. A reminder whose time has passed is left, and the editor sees that it was missed.
    """
    now = timezone.now()
    coming = MeetingPage.objects.coming(now).not_cancelled().filter(mail_outs__kind=MailOutKind.INVITATION)
    waiting = coming.exclude(mail_outs__kind=MailOutKind.REMINDER).distinct()
    return sum(_remind(meeting) for meeting in waiting if is_due(meeting.calendar, now))


@transaction.atomic
def _remind(meeting: MeetingPage) -> int:
    entry, now = lock_calendar(meeting), timezone.now()
    # Another worker may have been before us, or an editor have moved the meeting.
    if not entry.meeting.is_open or not is_due(entry, now) or _is_done(meeting):
        return 0
    silent = {row.pk for row in to_remind(entry.meeting, now)}
    contacts = [contact for contact in contacts_of(entry.meeting) if contact.invited.pk in silent]
    # Also where nobody needs it: the editor sees that it was looked after.
    mail_out = MailOut.objects.create(meeting=entry.meeting, kind=MailOutKind.REMINDER)
    queued = queue_all(mails.reminders_to(contacts, entry=entry, mail_out=mail_out))
    reminded = {contact.invited.pk for contact in contacts}
    InvitedOrganisation.objects.filter(pk__in=reminded).update(reminded_at=now)
    log(instance=entry.meeting, action="meetings.remind", data={"queued": len(queued)})
    return len(queued)


def _is_done(meeting: MeetingPage) -> bool:
    return MailOut.objects.filter(meeting=meeting, kind=MailOutKind.REMINDER).exists()
