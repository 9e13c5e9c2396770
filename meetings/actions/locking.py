"""The lock taken by every action that sends mail about a meeting or changes who takes part."""

from django.utils import timezone

from ..errors import MeetingError
from ..models import CalendarEntry, MeetingPage


def lock_calendar(meeting: MeetingPage) -> CalendarEntry:
    """Lock the meeting until the transaction ends, and read it afresh.

    The caller's copy may be a draft from the editor; `entry.meeting` is the published page.
    Raises MeetingError for a meeting that has never been published.
    """
    rows = CalendarEntry.objects.select_for_update(of=("self",)).select_related("meeting")
    entry = rows.filter(meeting=meeting.pk).first()
    if entry is None:
        raise MeetingError("Mötet är inte publicerat än. Publicera det först.")
    return entry


def refuse_unless_open(entry: CalendarEntry) -> None:
    """Raise MeetingError unless the meeting is open for invitations and registrations."""
    if entry.cancelled_at:
        raise MeetingError("Mötet är inställt.")
    if entry.ends_at <= timezone.now():
        raise MeetingError("Mötet har redan varit.")
    if not entry.meeting.live:
        raise MeetingError("Mötet är inte publicerat. Publicera det först.")
