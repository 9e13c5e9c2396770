"""When we meet: the meeting, who is invited and who takes part."""

from .agenda import AgendaItem, Material, Speaker
from .calendar import FOR_PARTICIPANTS_ONLY, NOTE_LENGTH, TIME_AND_PLACE, CalendarEntry, Facts
from .colleague import UNIT_LENGTH, Colleague
from .invitation import Invitation, InvitedOrganisation, MailOut
from .letters import Letter, LetterQuerySet
from .meeting import MeetingIndexPage, MeetingPage, MeetingTheme
from .registration import Details, Registration

__all__ = [
    "FOR_PARTICIPANTS_ONLY",
    "NOTE_LENGTH",
    "TIME_AND_PLACE",
    "UNIT_LENGTH",
    "AgendaItem",
    "CalendarEntry",
    "Colleague",
    "Details",
    "Facts",
    "Invitation",
    "InvitedOrganisation",
    "Letter",
    "LetterQuerySet",
    "MailOut",
    "Material",
    "MeetingIndexPage",
    "MeetingPage",
    "MeetingTheme",
    "Registration",
    "Speaker",
]
