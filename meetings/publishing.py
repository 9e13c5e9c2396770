"""When a meeting may be published as it is. The editor's form and every way of publishing ask here."""

from django.core.exceptions import ValidationError

from .enums import MeetingFormat
from .models.calendar import TIME_AND_PLACE, CalendarEntry
from .models.meeting import MeetingPage


def publication_faults(meeting: MeetingPage, entry: CalendarEntry | None) -> dict[str, str]:
    """What stands in the way of publishing the meeting: a Swedish sentence for each field.

    `entry` is what calendars have been told, None if the meeting has never been published.
    """
    faults = {}
    if meeting.starts_at is None:
        faults["starts_at"] = "Skriv när mötet börjar."
    if meeting.ends_at is None:
        faults["ends_at"] = "Skriv när mötet slutar."
    elif meeting.starts_at is not None and meeting.ends_at <= meeting.starts_at:
        faults["ends_at"] = "Mötet måste sluta efter att det har börjat."
    if meeting.format != MeetingFormat.DIGITAL and not meeting.place.strip():
        faults["place"] = "Skriv var mötet hålls."
    if meeting.expire_at:
        # Wagtail would take the page away without a word to anybody's calendar.
        faults["expire_at"] = "Ett möte kan inte avpubliceras av sig självt. Ställ in det i stället."
    if entry is not None and not faults:
        faults |= change_faults(meeting, entry)
    return faults


def change_faults(meeting: MeetingPage, entry: CalendarEntry) -> dict[str, str]:
    """What is missing for a change of time or place that people have in their calendars."""
    facts = meeting.facts
    if facts is None:
        return {}
    moved = facts.differences(entry.facts) & TIME_AND_PLACE
    if not moved or (meeting.is_past and entry.ends_at <= facts.ends_at):
        return {}
    if entry.cancelled_at:
        return {"starts_at": "Mötet är inställt. Gör ett nytt möte i stället för att flytta det här."}
    note = meeting.change_note.strip()
    if not note:
        return {"change_note": "Tid eller plats har ändrats. Skriv kort vad, så att alla får veta."}
    if note == entry.change_note:
        return {"change_note": "Den här texten har redan skickats. Skriv vad som har ändrats nu."}
    return {}


def check_publication(meeting: MeetingPage, entry: CalendarEntry | None) -> None:
    """Raise ValidationError, with a sentence for each field, if the meeting may not be published as it is."""
    faults = publication_faults(meeting, entry)
    if faults:
        raise ValidationError(dict(faults))
