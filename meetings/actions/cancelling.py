"""Cancel a meeting."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from contacts.models import Person

from ..conditions import MEETING_CANCELLED
from ..enums import MailOutKind
from ..errors import MeetingError
from ..models import NOTE_LENGTH, MailOut, MeetingPage
from ..permissions import user_can_send_invitations
from ..receivers import receivers_of
from .locking import lock_calendar, refuse_unless_open
from .telling import tell_cancellation, withdraw_waiting


def cancel_meeting(*, meeting: MeetingPage, note: str, by: Person | None) -> MailOut | None:
    """Cancel the meeting and tell participants and contact persons. The page stays and says so.

    Returns the mail-out, or None when nobody had been told of the meeting. A second time sends
    nothing and returns the mail-out of the first. Raises MeetingError without a note, and for a
    draft or a past meeting; PermissionDenied for somebody who may not publish the meeting.
    """
    note = note.strip()
    if by is not None and not user_can_send_invitations(by, meeting):
        raise PermissionDenied
    with transaction.atomic():
        entry = lock_calendar(meeting)
        if entry.cancelled_at:
            return MailOut.objects.filter(meeting=entry.meeting, kind=MailOutKind.CANCELLATION).first()
        refuse_unless_open(entry)
        if not note:
            raise MeetingError("Skriv kort varför mötet ställs in.")
        entry.cancelled_at = entry.changed_at = timezone.now()
        entry.cancellation_note = note[:NOTE_LENGTH]
        entry.sequence = entry.next_sequence()
        entry.save()
        mail_out = MailOut.objects.create(
            meeting=entry.meeting, kind=MailOutKind.CANCELLATION, note=entry.cancellation_note, created_by=by
        )
        withdrawn = withdraw_waiting(entry, because=MEETING_CANCELLED)
        receivers = receivers_of(entry.meeting)
        queued = tell_cancellation(entry, receivers=receivers, withdrawn=withdrawn, mail_out=mail_out)
        data = {"note": note, "queued": len(queued)}
        log(instance=entry.meeting, action="meetings.cancel", user=by, data=data)
        if not queued:
            mail_out.delete()
            return None
    return mail_out
