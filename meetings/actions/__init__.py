"""All changes to meetings, invitations and registrations."""

from .anonymising import anonymise_registrations
from .answering import answer_from_calendar
from .cancelling import cancel_meeting
from .colleagues import add_colleague, change_colleague, leave, remove_colleague
from .declining import decline, withdraw_decline
from .forwarding import Forwarded, forward_to_colleagues
from .index_page import ensure_meeting_index
from .inviting import (
    Sent,
    ensure_invited,
    invite_appointed,
    invite_newcomers,
    preview_invitation,
    receivers_without_invitation,
    send_invitations,
    send_test_invitation,
)
from .publication import PublishMeetingAction, change_quietly, coming_change, preview_change, record_publication
from .readdressing import readdress_registrations
from .registering import (
    cancel_registration,
    mail_own_link,
    match_registration,
    register,
    register_again,
    set_attendance,
    update_registration,
)
from .reminding import remind_silent
from .succeeding import tell_successors

__all__ = [
    "Forwarded",
    "PublishMeetingAction",
    "Sent",
    "add_colleague",
    "anonymise_registrations",
    "answer_from_calendar",
    "cancel_meeting",
    "cancel_registration",
    "change_colleague",
    "change_quietly",
    "coming_change",
    "decline",
    "ensure_invited",
    "ensure_meeting_index",
    "forward_to_colleagues",
    "invite_appointed",
    "invite_newcomers",
    "leave",
    "mail_own_link",
    "match_registration",
    "preview_change",
    "preview_invitation",
    "readdress_registrations",
    "receivers_without_invitation",
    "record_publication",
    "register",
    "register_again",
    "remind_silent",
    "remove_colleague",
    "send_invitations",
    "send_test_invitation",
    "set_attendance",
    "tell_successors",
    "update_registration",
    "withdraw_decline",
]
