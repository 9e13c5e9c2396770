"""Pages that somebody is asked to look at in a workflow, for the admin's start page."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from wagtail.models import Page, TaskState

from screening.descriptions import masked_title

from ..waiting import Waiting


def waiting_reviews(user: Any) -> list[Waiting]:
    """A line for each page whose step in a workflow the user may answer. As many queries, however many pages."""
    states = TaskState.objects.reviewable_by(user).filter(
        workflow_state__base_content_type=ContentType.objects.get_for_model(Page)
    )
    # A workflow keeps the id of what it is about as text.
    asked = {
        int(state.workflow_state.object_id): state
        for state in states.select_related("task", "workflow_state__requested_by")
    }
    return [
        Waiting(
            since=asked[page.pk].started_at,
            what=f"{asked[page.pk].task.name} av sidan ”{masked_title(page.get_admin_display_title())}”",
            url=reverse("wagtailadmin_pages:edit", args=[page.pk]),
            about=_asker(asked[page.pk]),
        )
        for page in Page.objects.filter(pk__in=asked)
    ]


def _asker(state: TaskState) -> str:
    asker = state.workflow_state.requested_by
    return f"som {asker} ber om" if asker else ""
