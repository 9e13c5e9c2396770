"""Who may remove content for good."""

from typing import Any

PURGE = "privacy.purge"


def user_can_purge(user: Any) -> bool:
    """Whether the user may remove content for good."""
    return bool(user.has_perm(PURGE))
