"""Response headers that several views share."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponse

View = Callable[..., HttpResponse]


def personal(view: View) -> View:
    """Sets the headers of pages with a secret link, and of pages about one person.

    No cache stores them, no search engine indexes them, and their address is not sent as a referrer.
    The referrer policy is not `no-referrer`: with that, browsers send `Origin: null` with a form and Django's
    CSRF check refuses it. `strict-origin` never sends the path, which holds the token.
    """

    @wraps(view)
    def wrapped(*args: Any, **kwargs: Any) -> HttpResponse:
        response = view(*args, **kwargs)
        response["Cache-Control"] = "no-store, private"
        response["X-Robots-Tag"] = "noindex, nofollow"
        response["Referrer-Policy"] = "strict-origin"
        return response

    return wrapped
