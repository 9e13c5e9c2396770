"""What shared drafts add to Wagtail. Registered in `resources.wagtail_hooks`."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from wagtail.admin.widgets import Button
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page

from ..models import DraftComment
from ..permissions import user_can_share
from .waiting import new_comments

ACTIONS = {
    "resources.share_draft": ("Delade utkastet", "Delade utkastet med en länk"),
    "resources.withdraw_draft_link": ("Stängde en länk till utkastet", "Stängde en länk till utkastet"),
    "resources.comment_on_draft": ("Kommenterade utkastet", "Någon med en länk kommenterade utkastet"),
    "resources.handle_draft_comment": ("Tog hand om en kommentar", "Tog hand om en kommentar på utkastet"),
    "resources.remove_draft_comment": ("Tog bort en kommentar", "Tog bort en kommentar på utkastet"),
}


def register_log_actions(actions: LogActionRegistry) -> None:
    for action, (label, message) in ACTIONS.items():
        actions.register_action(action, label, message)


def share_button(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """The way from a page to its links and comments, with the number of those that wait."""
    if page.pk and page.depth > 1 and user_can_share(user, page):
        waiting = DraftComment.objects.about(page).waiting().count()
        label = f"Dela utkastet ({new_comments(waiting)})" if waiting else "Dela utkastet"
        yield Button(label, url=reverse("shared_draft", args=[page.pk]), icon_name="link", priority=15)
