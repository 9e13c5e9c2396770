"""Absolute links, for mails, calendars and feeds."""

from django.conf import settings
from django.urls import reverse


def absolute(to: str, *args: object) -> str:
    """The absolute link to a path (`/moten/`), or to the view with a URL name (`meetings:ics`) and its arguments.

    It begins with the setting BASE_URL, never with a request's Host header, which a visitor decides.
    """
    return f"{settings.BASE_URL}{to if to.startswith('/') else reverse(to, args=args)}"
