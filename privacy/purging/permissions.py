"""Who may see what has been removed for good; who may remove is in `gate.permissions`."""

from typing import Any

from ..permissions import user_can_purge


def user_can_see_purges(user: Any) -> bool:
    return bool(user.has_perm("privacy.view_purge")) or user_can_purge(user)
