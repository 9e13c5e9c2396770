"""Who may remove content for good, and who may see what was removed and who has read personal data."""

from typing import Any

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
