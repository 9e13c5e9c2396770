"""What a mail about a meeting is and says, as kept with it; `meetings.conditions` asks whether it still holds."""

from typing import Any

from contacts.conditions import role_condition
from contacts.models import ContactPerson

from ..models import CalendarEntry, Registration

# What the mail is, as its condition says it.
INVITATION, REMINDER, UPDATE, CANCELLATION = "invitation", "reminder", "update", "cancellation"
BOOKING, WAITING, WAY_BACK, OWN_LINK, LEFT = "booking", "waiting", "way_back", "own_link", "left"

# Mails that say when and where the meeting is.
WITH_NEWS = (INVITATION, UPDATE, CANCELLATION, BOOKING, LEFT)


def for_contact(role: ContactPerson, entry: CalendarEntry, *, mail: str, **facts: Any) -> dict[str, Any]:
    """The condition of a mail to a contact person of an invited organisation."""
    return {**role_condition(role), "kind": "meetings.contact", **_of_meeting(entry, mail), **facts}


def for_silent(role: ContactPerson, entry: CalendarEntry) -> dict[str, Any]:
    """The condition of a reminder, which holds while nobody of the organisation has answered."""
    return {**for_contact(role, entry, mail=REMINDER), "kind": "meetings.silent"}


def for_colleague(entry: CalendarEntry, organisation: int, *, mail: str, **facts: Any) -> dict[str, Any]:
    """The condition of a mail to somebody to whom LUMEN forwards an organisation's invitation."""
    return {"kind": "meetings.colleague", "through": organisation, **_of_meeting(entry, mail), **facts}


def for_participant(registration: Registration, *, mail: str, **facts: Any) -> dict[str, Any]:
    """The condition of a mail about somebody's own registration."""
    return {
        "kind": "meetings.participant",
        "registration": registration.pk,
        **_of_meeting(registration.meeting.calendar, mail),
        "sequence": registration.sequence,
        **facts,
    }


def _of_meeting(entry: CalendarEntry, mail: str) -> dict[str, Any]:
    return {"mail": mail, "entry": entry.pk, "sequence": entry.sequence}
