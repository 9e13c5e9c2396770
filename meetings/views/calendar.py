"""Calendar files: one meeting, the feeds to subscribe to, and a participant's own booking."""

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from contacts.decorators import personal
from resources.models import Theme

from .. import calendars
from ..enums import RegistrationStatus
from ..models import MeetingPage, Registration
from ..models.meeting import MeetingQuerySet
from .registration import find_meeting

CONTENT_TYPE = "text/calendar; charset=utf-8"
# A meeting stays in the feed for a while, or it would vanish from subscribers' calendars the moment it ends.
KEPT_IN_FEED = timedelta(days=90)
FRESH_FOR = timedelta(minutes=5)


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """All meetings, to subscribe to."""
    return _feed(request, _in_feed(), name="LUMEN – möten")


@require_safe
def theme_feed(request: HttpRequest, slug: str) -> HttpResponse:
    """The meetings on one theme, to subscribe to."""
    theme = get_object_or_404(Theme, slug=slug)
    return _feed(request, _in_feed().on_theme(theme), name=f"LUMEN – möten om {theme.name}")


def _in_feed() -> MeetingQuerySet:
    return MeetingPage.objects.coming(timezone.now() - KEPT_IN_FEED)


def _feed(request: HttpRequest, meetings: Iterable[MeetingPage], *, name: str) -> HttpResponse:
    meetings = list(meetings)
    changes = [meeting.calendar.changed_at for meeting in meetings]
    return _calendar(request, calendars.feed(meetings, name=name), max(changes, default=None))


@require_safe
def meeting_ics(request: HttpRequest, slug: str) -> HttpResponse:
    """One meeting for anybody's calendar: without the join link, and cancelled if it is."""
    entry = find_meeting(slug).calendar
    response = _calendar(request, calendars.build_publish(entry), entry.changed_at)
    response["Content-Disposition"] = 'attachment; filename="mote.ics"'
    return response


@require_safe
@personal
def participant_ics(request: HttpRequest, token: str) -> HttpResponse:
    """A participant's own booking, with the join link; a cancellation once the participant has left."""
    registration = Registration.objects.by_token(token)
    if registration is None or registration.status == RegistrationStatus.WAITING:
        raise Http404("Det finns ingen bokning på den länken.")
    leaves = registration.status == RegistrationStatus.CANCELLED or registration.meeting.is_cancelled
    body = calendars.build_cancel(registration) if leaves else calendars.build_request(registration)
    disposition = 'attachment; filename="mote.ics"'
    return HttpResponse(body, content_type=CONTENT_TYPE, headers={"Content-Disposition": disposition})


def _calendar(request: HttpRequest, body: bytes, changed_at: datetime | None) -> HttpResponse:
    """The calendar with the headers that let a program ask whether it has changed."""
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    modified = int(changed_at.timestamp()) if changed_at else None
    response = HttpResponse(body, content_type=CONTENT_TYPE)
    response["ETag"] = etag
    if modified is not None:
        response["Last-Modified"] = http_date(modified)
    response["Cache-Control"] = f"public, max-age={int(FRESH_FOR.total_seconds())}"
    # The ETag alone decides: a meeting taken out of a feed makes the last change older, not newer.
    return get_conditional_response(request, etag=etag, response=response) or response
