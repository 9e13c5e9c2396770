"""All changes to meetings, invitations and registrations."""

from .anonymising import anonymise_registrations
from .cancelling import cancel_meeting
from .index_page import ensure_meeting_index
from .inviting import (
    Forwarded,
    Sent,
    decline,
    ensure_invited,
    forward_to_colleagues,
    preview_invitation,
    receivers_without_invitation,
    send_invitations,
    send_test_invitation,
    withdraw_decline,
)
from .publication import PublishMeetingAction, coming_change, record_publication
from .registering import (
    cancel_registration,
    match_registration,
    register,
    register_again,
    set_attendance,
    update_registration,
)

__all__ = [
    "Forwarded",
    "PublishMeetingAction",
    "Sent",
    "anonymise_registrations",
    "cancel_meeting",
    "cancel_registration",
    "coming_change",
    "decline",
    "ensure_invited",
    "ensure_meeting_index",
    "forward_to_colleagues",
    "match_registration",
    "preview_invitation",
    "receivers_without_invitation",
    "record_publication",
    "register",
    "register_again",
    "send_invitations",
    "send_test_invitation",
    "set_attendance",
    "update_registration",
    "withdraw_decline",
]
