"""Who may remove content for good, see what is held about a person, erase it, and decide how long it is kept."""

from typing import Any

from contacts.permissions import user_can_see_register
from meetings.permissions import user_can_see_registrations
from outbox.permissions import user_can_see_mails

PURGE = "privacy.purge"


def user_can_purge(user: Any) -> bool:
    """Whether the user may remove content for good."""
    return bool(user.has_perm(PURGE))


def user_can_see_purges(user: Any) -> bool:
    """Whether the user may see that something has been removed for good, when, by whom and why."""
    return bool(user.has_perm("privacy.view_purge")) or user_can_purge(user)


def user_can_see_access_log(user: Any) -> bool:
    """Whether the user may see who has read personal data."""
    return bool(user.has_perm("privacy.view_accesslogentry"))


def user_can_extract(user: Any) -> bool:
    """Whether the user may take out all that is held about a person: those who may see each part of it."""
    return user_can_see_register(user) and user_can_see_registrations(user) and user_can_see_mails(user)


def user_can_erase(user: Any) -> bool:
    """Whether the user may erase a person: those who may purge and may see what it is that goes."""
    return user_can_purge(user) and user_can_extract(user)


def user_can_see_retention(user: Any) -> bool:
    """Whether the user may see the rules of retention in the admin, and what they will remove."""
    return bool(user.has_perm("privacy.view_retentionrule")) or user_can_change_retention(user)


def user_can_change_retention(user: Any) -> bool:
    """Whether the user may decide how long records are kept."""
    return bool(user.has_perm("privacy.change_retentionrule"))
