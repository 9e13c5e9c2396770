"""Response headers that several views share."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponse

View = Callable[..., HttpResponse]


def personal(view: View) -> View:
    """For pages behind a link that is itself the key, and pages about one person.

    They are kept by no cache, found by no search engine, and their address is told to nobody.
    The referrer policy is not `no-referrer`: with that, browsers send `Origin: null` with a form and Django's
    CSRF check refuses it. `strict-origin` never tells the path, which is where the token is.
    """

    @wraps(view)
    def wrapped(*args: Any, **kwargs: Any) -> HttpResponse:
        response = view(*args, **kwargs)
        response["Cache-Control"] = "no-store, private"
        response["X-Robots-Tag"] = "noindex, nofollow"
        response["Referrer-Policy"] = "strict-origin"
        return response

    return wrapped
