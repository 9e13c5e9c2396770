"""Comments on drafts that no editor has taken care of, for the admin's start page."""

from typing import Any

from django.urls import reverse
from wagtail.models import Page
from wagtail.permissions import policy_registry

from gate.waiting import Waiting

from ..models import DraftComment


def new_comments(number: int) -> str:
    return "1 ny kommentar" if number == 1 else f"{number} nya kommentarer"


def waiting_comments(user: Any) -> list[Waiting]:
    """A line for each page that the user may change and that has comments waiting. Two queries, however many."""
    editable = policy_registry.get_by_type(Page).instances_user_has_permission_for(user, "change")
    comments = DraftComment.objects.waiting().filter(link__page__in=editable).select_related("link__page")
    numbers: dict[Page, list[DraftComment]] = {}
    for comment in comments:
        numbers.setdefault(comment.link.page, []).append(comment)
    return [
        Waiting(
            since=rows[0].created_at,
            what=new_comments(len(rows)),
            url=reverse("shared_draft", args=[page.pk]),
            about=f"på utkastet till {page.get_admin_display_title()}",
        )
        for page, rows in numbers.items()
    ]
