"""Versions of documents that nobody has published, for the admin's start page."""

from typing import Any

from wagtail.permissions import policy_registry

from gate.waiting import Waiting

from ..models import DocumentVersion
from .history import draft_url


def waiting_versions(user: Any) -> list[Waiting]:
    """A line for each draft of a document that the user may change."""
    mine = policy_registry.get_by_type(DocumentVersion).instances_user_has_permission_for(user, "change")
    return [
        Waiting(
            since=draft.uploaded_at,
            what=f"Publicera version {draft.number}",
            url=draft_url(draft.document),
            about=f"av ”{draft.document.title}”",
        )
        for draft in mine.drafts().select_related("document")
    ]
