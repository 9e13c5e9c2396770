"""Act on what a participant's calendar program answers to a booking."""

import structlog

from outbox.addresses import comparable
from outbox.calendar_replies import CalendarReply

from ..errors import MeetingError
from ..models import CalendarEntry, Registration
from .registering import cancel_registration

log = structlog.get_logger("meetings")
DECLINED = "DECLINED"


def answer_from_calendar(reply: CalendarReply) -> bool:
    """Cancel the registration of a participant whose calendar declines; False for an answer to no meeting of ours.

    Nothing in an answer is proved. So it must come from the participant's own address and be about the latest message
    to it, and the participant is told by mail, with the way back. A yes, or a maybe, changes nothing.
    """
    entry = CalendarEntry.objects.by_calendar_uid(reply.uid)
    if entry is None:
        return False
    rows = Registration.objects.current().filter(meeting=entry.meeting_id).of_address(reply.attendee)
    row = rows.select_related("meeting__calendar").first()
    if reply.partstat != DECLINED or row is None:
        return True
    if comparable(reply.sender) != row.email or reply.sequence < row.sequence:
        log.info("answer from a calendar not acted on", registration=row.pk, sequence=reply.sequence)
        return True
    try:
        cancel_registration(registration=row, by_calendar=True)
    except MeetingError:  # It has been held meanwhile.
        return True
    log.info("registration cancelled by the answer of a calendar", registration=row.pk)
    return True
