"""The demo's meetings: two held, one coming."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from contacts.models import Organisation, Person
from meetings.models import AgendaItem, Material, MeetingIndexPage, MeetingPage, Speaker
from resources.models import FrameworkPartPage, ResourcePage, Theme

from .held_meetings import record_held_meeting
from .pages import publish
from .reading import read
from .texts import paragraphs, stream


def held_days() -> list[date]:
    """The days of the meetings that have been held, in order."""
    return [_span(content)[0].date() for content in read("meetings")["meeting"] if "start" in content]


def fill_meetings(by: Person) -> int:
    """Create the meetings that are missing; return how many."""
    index = MeetingIndexPage.objects.get()
    missing = [m for m in read("meetings")["meeting"] if not MeetingPage.objects.filter(slug=m["slug"]).exists()]
    for content in missing:
        _meeting(index, content, by)
    return len(missing)


def _span(content: dict[str, Any]) -> tuple[datetime, datetime]:
    """When the meeting starts and ends, in Swedish time; the coming one is counted from today."""
    if "start" in content:
        start, end = datetime.fromisoformat(content["start"]), datetime.fromisoformat(content["end"])
    else:
        day = _working_day(timezone.localdate() + timedelta(days=content["days_ahead"]))
        start = datetime.combine(day, time.fromisoformat(content["start_time"]))
        end = datetime.combine(day, time.fromisoformat(content["end_time"]))
    return timezone.make_aware(start), timezone.make_aware(end)


def _working_day(day: date) -> date:
    """The day, or the Monday after when it is a weekend."""
    return day + timedelta(days=(7 - day.weekday()) if day.weekday() > 4 else 0)


def _meeting(index: MeetingIndexPage, content: dict[str, Any], by: Person) -> None:
    starts_at, ends_at = _span(content)
    questions = {"type": "fact_box", "title": "Fundera gärna på", "html": paragraphs(content["questions_before"])}
    meeting = MeetingPage(
        title=content["title"],
        slug=content["slug"],
        lead=content["summary"],
        starts_at=starts_at,
        ends_at=ends_at,
        format=content["format"],
        place=content.get("place", ""),
        join_url=content["join_url"],
        body=stream([*content.get("body", []), questions]),
        summary_after=stream(content.get("summary_after", [])),
    )
    index.add_child(instance=meeting)
    meeting.framework_parts.set(FrameworkPartPage.objects.filter(slug__in=content["framework_parts"]))
    meeting.themes.add(*Theme.objects.filter(slug__in=content["themes"]))
    meeting.agenda_items.set([_agenda_item(item) for item in content["agenda"]])
    meeting.materials.set([_material(item) for item in content["materials"]])
    publish(meeting, by)
    if "start" in content:
        record_held_meeting(meeting, starts_at, by)


def _agenda_item(content: dict[str, Any]) -> AgendaItem:
    item = AgendaItem(
        start=time.fromisoformat(content["start"]),
        end=time.fromisoformat(content["end"]),
        title=content["title"],
        description=content["description"],
    )
    item.speakers.set(
        [
            Speaker(
                name=speaker["name"],
                title=speaker["title"],
                organisation=Organisation.objects.filter(name=speaker["organisation"]).first(),
            )
            for speaker in content["speakers"]
        ]
    )
    return item


def _material(content: dict[str, Any]) -> Material:
    resource = ResourcePage.objects.filter(slug=content.get("resource", "")).first()
    return Material(
        moment=content["when"],
        title="" if resource else content["title"],
        resource=resource,
        url=content.get("url", ""),
    )
