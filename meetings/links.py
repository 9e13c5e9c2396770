"""The links about meetings that leave LUMEN in mails, calendars and texts to copy."""

from typing import TYPE_CHECKING

from outbox.links import absolute

if TYPE_CHECKING:
    from .models import MeetingPage


def meeting_page(meeting: "MeetingPage") -> str:
    """The page of the meeting."""
    return absolute(meeting.path_of_page)


def registration_form(token: str, *, invitation: int | None = None) -> str:
    """The registration form behind an organisation's token, with a hint of whose invitation leads there."""
    link = absolute("meetings:register_invited", token)
    return link if invitation is None else f"{link}?k={invitation}"


def forward(meeting: "MeetingPage", organisation: int) -> str:
    """The contact persons' page for forwarding, behind the log-in."""
    return absolute("meetings:forward", meeting.slug, organisation)


def forward_to_same(meeting: "MeetingPage", organisation: int) -> str:
    """The page for forwarding to the same colleagues as last time, behind the log-in."""
    return absolute("meetings:forward_same", meeting.slug, organisation)


def decline(meeting: "MeetingPage", organisation: int) -> str:
    """The contact persons' page for saying that the organisation takes no part, behind the log-in."""
    return absolute("meetings:decline", meeting.slug, organisation)


def own_registration(meeting: "MeetingPage") -> str:
    """The page that mails the personal link to a participant who asks for it. It can be shared with anybody."""
    return absolute("meetings:own_registration", meeting.slug)


def participant_page(token: str) -> str:
    """A participant's own page. It goes to the participant's mail only."""
    return absolute("meetings:participant", token)


def calendar_feed() -> dict[str, str]:
    """The feed of all meetings: the address to copy, and the one that opens the calendar program."""
    address = absolute("meetings:calendar_feed")
    return {"feed_url": address, "webcal_url": f"webcal://{address.split('://', 1)[1]}"}
