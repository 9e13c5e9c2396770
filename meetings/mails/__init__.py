"""The mails about meetings: who gets what, with which calendar message.

Every function makes mails; the actions queue them. The texts lie in templates/emails/meeting_*.
A mail to an address that nobody has confirmed carries nothing that a visitor has typed. A mail with a calendar part
has no personal link: some programs make the calendar entry's text of the mail's, and calendars are shared.
"""

from .changes import MailOutMails, News, describe_changes, example_update, removal
from .invitations import example_invitation, forwarded_to, invitations_to, reminders_to
from .meeting import meeting_context
from .participants import confirmation, own_cancellation, own_link, waiting, way_back
from .subjects import subject_of

__all__ = [
    "MailOutMails",
    "News",
    "confirmation",
    "describe_changes",
    "example_invitation",
    "example_update",
    "forwarded_to",
    "invitations_to",
    "meeting_context",
    "own_cancellation",
    "own_link",
    "reminders_to",
    "removal",
    "subject_of",
    "waiting",
    "way_back",
]
