"""The lock that everything takes that mails about a meeting or changes who takes part."""

from django.utils import timezone

from ..errors import MeetingError
from ..models import CalendarEntry, MeetingPage


def lock_calendar(meeting: MeetingPage) -> CalendarEntry:
    """Lock the meeting until the transaction ends, and read it afresh.

    The caller's own copy may be a draft out of the editor; `entry.meeting` is what is published.
    Raises MeetingError for a meeting that has never been published.
    """
    rows = CalendarEntry.objects.select_for_update(of=("self",)).select_related("meeting")
    entry = rows.filter(meeting=meeting.pk).first()
    if entry is None:
        raise MeetingError("Mötet är inte publicerat än. Publicera det först.")
    return entry


def refuse_unless_open(entry: CalendarEntry) -> None:
    """Raise MeetingError unless one may still be invited and register."""
    if entry.cancelled_at:
        raise MeetingError("Mötet är inställt.")
    if entry.ends_at <= timezone.now():
        raise MeetingError("Mötet har redan varit.")
    if not entry.meeting.live:
        raise MeetingError("Mötet är inte publicerat. Publicera det först.")
