"""Every address that LUMEN answers, listed from the URL conf."""

import re
from collections.abc import Iterator
from functools import cache

from django.contrib.admindocs.views import extract_views_from_urlpatterns, simplify_regex
from django.urls import get_resolver

_ARGUMENT = re.compile(r"<[^<>]+>")


@cache
def routes() -> tuple[str, ...]:
    """The paths with their arguments as `<name>`: `/moten/<slug>/mote.ics`."""
    views = extract_views_from_urlpatterns(get_resolver().url_patterns)
    return tuple(dict.fromkeys(simplify_regex(regex) for _, regex, _, _ in views))


def public_routes() -> Iterator[str]:
    """Those outside the admin."""
    return (route for route in routes() if not route.startswith("/admin/"))


def filled_in(route: str, *values: object) -> str:
    """The path with the values in place of its arguments, the last of them in place of all that are left."""
    left = list(map(str, values))
    return _ARGUMENT.sub(lambda _: left.pop(0) if len(left) > 1 else left[0], route)


def has_argument(route: str) -> bool:
    return _ARGUMENT.search(route) is not None
