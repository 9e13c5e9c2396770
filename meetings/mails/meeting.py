"""What every mail about a meeting says of it."""

from typing import Any

from outbox.links import absolute

from .. import dates, links
from ..enums import MaterialMoment, MeetingFormat
from ..models import CalendarEntry, MeetingPage


def meeting_context(entry: CalendarEntry) -> dict[str, Any]:
    """The context about the meeting, for every template. Read it once for a whole mail-out."""
    meeting = entry.meeting
    return {
        "title": entry.title,
        "lead": meeting.lead,
        "when": dates.when(entry.starts_at, entry.ends_at),
        "location": entry.location,
        "is_digital": meeting.format != MeetingFormat.PHYSICAL,
        "page_url": links.meeting_page(meeting),
        "agenda": [
            {"hours": dates.timetable_hours(item.start, item.end), "title": item.title, "presenters": item.presenters}
            for item in meeting.agenda_items.prefetch_related("speakers__organisation")
        ],
        "materials": materials_of(meeting),
        "cancellation_note": entry.cancellation_note,
        "change_note": entry.change_note,
    }


def materials_of(meeting: MeetingPage) -> list[dict[str, str]]:
    """What there is to read before the meeting, with absolute links."""
    found = []
    for material in meeting.materials.select_related("resource", "document__screening"):
        url = material.address
        if url and material.moment == MaterialMoment.BEFORE:
            found.append({"label": material.label, "url": url if "://" in url else absolute(url)})
    return found
