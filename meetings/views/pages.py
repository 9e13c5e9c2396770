"""What the templates of the meeting pages get beside the page."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from resources.page_contexts import context_for

from ..enums import MaterialMoment, MeetingState
from ..models import Material, MeetingIndexPage, MeetingPage

# States in which one may still come along.
OPEN_STATES = {MeetingState.COMING, MeetingState.TODAY, MeetingState.ONGOING}


def feed_addresses(path: str) -> dict[str, str]:
    """A calendar feed's address to copy, and the one that opens the calendar program."""
    address = f"{settings.BASE_URL}{path}"
    return {"feed_url": address, "webcal_url": f"webcal://{address.split('://', 1)[1]}"}


@context_for(MeetingIndexPage)
def index_context(page: MeetingIndexPage, request: HttpRequest) -> dict[str, Any]:
    """Coming meetings first, then those that have been."""
    meetings = MeetingPage.objects.child_of(page).prefetch_related("tagged_themes__tag")
    return {
        "coming": meetings.coming(),
        "past": meetings.past(),
        **feed_addresses(reverse("meetings:calendar_feed")),
    }


@context_for(MeetingPage)
def meeting_context(page: MeetingPage, request: HttpRequest) -> dict[str, Any]:
    """The meeting's state, agenda and material. The join link is not among it: it is for participants."""
    state = page.state()
    materials = [m for m in page.materials.all().select_related("resource", "document__screening") if m.is_public]
    return {
        "state": state,
        "is_open": state in OPEN_STATES,
        "is_past": state == MeetingState.PAST,
        "is_cancelled": state == MeetingState.CANCELLED,
        "cancellation_note": page.entry.cancellation_note if page.entry else "",
        "agenda": page.agenda_items.all().prefetch_related("speakers__organisation"),
        "themes": [tagged.tag for tagged in page.tagged_themes.all().select_related("tag__page")],
        "before": at_moment(materials, MaterialMoment.BEFORE),
        "after": at_moment(materials, MaterialMoment.AFTER),
        "parts": [part for part in page.framework_parts.all() if part.live],
    }


def at_moment(materials: list[Material], moment: MaterialMoment) -> list[Material]:
    return [material for material in materials if material.moment == moment]
