"""When we meet: the meeting, who is invited and who takes part."""

from .invitation import InvitedOrganisation, Invitation, MailOut
from .meeting import AgendaItem, CalendarEntry, Material, MeetingIndexPage, MeetingPage, MeetingTheme, Speaker
from .registration import Registration

__all__ = [
    "AgendaItem",
    "CalendarEntry",
    "Invitation",
    "InvitedOrganisation",
    "MailOut",
    "Material",
    "MeetingIndexPage",
    "MeetingPage",
    "MeetingTheme",
    "Registration",
    "Speaker",
]
