"""Hooks in Wagtail's views: messages when a meeting is published, and refusals when it is removed."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.admin import messages
from wagtail.models import Page, PageLogEntry

from contacts.models import Person
from gate.desk.consequences import Consequence
from resources.bare_addresses import ask_about

from .actions import change_quietly, coming_change
from .actions.publication import ComingChange
from .enums import MailOutKind
from .errors import MeetingError
from .mails import describe_changes
from .models import MeetingPage
from .models.meeting import MeetingQuerySet
from .views.admin.base import admin_url

# What a change is called in the message after a publication.
NEWS = (
    ({"starts_at", "ends_at"}, "den nya tiden"),
    ({"location"}, "den nya platsen"),
    ({"join_url"}, "den nya länken"),
    ({"title"}, "den nya titeln"),
)


def publication_faults(page: Page) -> list[str]:
    """What a meeting lacks before it can be published, in sentences."""
    return list(page.publication_faults(page.entry).values()) if isinstance(page, MeetingPage) else []


def describe_publication(page: Page) -> list[Consequence]:
    """Who will be told of what, when a meeting is published as it is."""
    if not isinstance(page, MeetingPage):
        return []
    asked = ask_about([page.recording_url, *(material.url for material in page.materials.all())])
    if page.entry is None:
        return [Consequence("Ingen får mejl än. Inbjudan skickar du sedan, när mötet är publicerat."), *asked]
    change = coming_change(page)
    return [_consequence(page, change), *asked] if change is not None else asked


def _consequence(page: MeetingPage, change: ComingChange) -> Consequence:
    people = "1 person" if change.people == 1 else f"{change.people} personer"
    return Consequence(
        text=_who_gets_what(change.people, change.changed),
        heading=f"När du publicerar mejlas {people} direkt.",
        details=tuple(f"{sentence}." for sentence in describe_changes(change.before, change.after)),
        link=(admin_url("change", page.pk), "Se mejlet som går ut"),
        refrain=partial(_change_quietly, page) if change.may_be_quiet else None,
        refrain_label="Publicera utan att mejla, det är bara ett skrivfel",
    )


def _change_quietly(page: MeetingPage, by: Person) -> None:
    try:
        change_quietly(meeting=page, by=by)
    except MeetingError as error:  # Somebody has published a change meanwhile.
        raise ValidationError(str(error)) from error


def after_publication(request: HttpRequest, page: Page) -> None:
    """Say who has been told, or that nobody has been invited yet."""
    if not isinstance(page, MeetingPage) or not page.live or page.entry is None:
        return
    if page.first_published_at == page.last_published_at:
        button = messages.button(admin_url("meeting", page.pk), "Förhandsgranska och skicka inbjudan")
        messages.info(request, "Ingen har fått någon inbjudan till mötet än.", buttons=[button])
        return
    mail_out = page.mail_outs.filter(kind=MailOutKind.UPDATE, created_at__gte=page.last_published_at).last()
    told = PageLogEntry.objects.filter(page=page.pk, action="meetings.update").order_by("timestamp", "pk").last()
    if mail_out is not None and told is not None:
        people = mail_out.mails.order_by().values("recipient").distinct().count()
        button = messages.button(admin_url("meeting", page.pk), "Inbjudan och deltagare")
        messages.success(request, _who_gets_what(people, told.data["changed"]), buttons=[button])


def _who_gets_what(people: int, changed: Iterable[str]) -> str:
    news = [word for names, word in NEWS if names & set(changed)]
    about = f"{', '.join(news[:-1])} och {news[-1]}" if len(news) > 1 else news[0]
    return f"{people} {'person' if people == 1 else 'personer'} får besked om {about}."


def refuse_removal(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Stop the removal of a page that is, or holds, a meeting in people's calendars; redirect to that meeting."""
    for meeting in _meetings_of(page).in_calendars():
        try:
            meeting.refuse_to_vanish()
        except MeetingError as error:
            messages.error(request, str(error))
            return redirect(admin_url("meeting", meeting.pk))
    return None


def refuse_bulk_action(
    request: HttpRequest, action_type: str, objects: Iterable[Any], action: Any
) -> HttpResponse | None:
    """Stop a bulk action that would delete or unpublish such a page."""
    if action_type not in ("delete", "unpublish"):
        return None
    pages = (item for item in objects if isinstance(item, Page))
    return next(filter(None, (refuse_removal(request, page) for page in pages)), None)


def _meetings_of(page: Page) -> MeetingQuerySet:
    """The page itself, if it is a meeting, and the meetings below it."""
    return MeetingPage.objects.descendant_of(page, inclusive=True)
