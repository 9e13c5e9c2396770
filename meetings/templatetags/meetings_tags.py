"""Meetings on the pages of other rooms: the next one, those on a theme, those on a part of the framework."""

from typing import Any

from django import template

from resources.models import FrameworkPartPage, Theme

from ..models import MeetingPage
from ..models.meeting import MeetingQuerySet
from ..titles import mid_sentence

register = template.Library()
register.filter(mid_sentence)

# The latest past meetings on another page; the rest are listed under Möten.
PAST_SHOWN = 5


@register.inclusion_tag("components/next_meeting.html")
def next_meeting_card() -> dict[str, Any]:
    """The next meeting to be held, or nothing."""
    return {"meeting": MeetingPage.objects.coming().not_cancelled().first()}


@register.inclusion_tag("components/meeting_list.html")
def theme_meetings(theme: Theme) -> dict[str, Any]:
    """Coming and past meetings on the theme."""
    return _coming_and_past(MeetingPage.objects.on_theme(theme))


@register.inclusion_tag("components/meeting_list.html")
def part_meetings(part: FrameworkPartPage) -> dict[str, Any]:
    """Coming and past meetings on the part of the framework."""
    return _coming_and_past(MeetingPage.objects.on_part(part))


def _coming_and_past(meetings: MeetingQuerySet) -> dict[str, Any]:
    return {"coming": list(meetings.coming()), "past": list(meetings.past()[:PAST_SHOWN])}
