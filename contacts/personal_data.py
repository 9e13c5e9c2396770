"""Declares the personal data that a view shows to staff or contact persons; the middleware of `privacy` logs it."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.http import HttpRequest
from django.views.generic import View

from .enums import AccessKind

# The names in the log of access of the two steps of an import, in the admin and on the command line.
IMPORT_PREVIEW = "Förhandsgranskning av fil med kontaktpersoner"
IMPORT = "Kontaktpersoner från fil"


class PersonalDataMixin(View):
    """A view that shows personal data to staff. Each successful response becomes a row in the log of access."""

    # In Swedish, and itself without personal data: "Medlemmar i {view.object}". A view sets it to "" for a
    # response that shows none.
    shows_personal_data = ""
    # How many rows of personal data the response holds, if it is not one.
    personal_data_rows = 1
    # A response that is a download is always logged as an export.
    access_kind: AccessKind = AccessKind.READ
    # A user's readings of the same thing within this time are logged as one.
    one_reading: timedelta | None = None

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        request.personal_data_view = self  # type: ignore[attr-defined]  # where the middleware looks


@dataclass(frozen=True)
class ShownToContactPerson:
    """What a page of *min sida* shows of colleagues, as the log of access asks a view. `what` holds no personal data.

    A page of theirs is a function, so it says so with `declare_shown`.
    """

    what: str
    personal_data_rows: int
    shows_personal_data: str = "{view.what}"
    access_kind: AccessKind = AccessKind.READ
    one_reading: timedelta | None = timedelta(minutes=5)


def declare_shown(request: HttpRequest, *, what: str, rows: int) -> None:
    """Let the log of access know that the response shows so many colleagues' details; none needs no row."""
    if rows:
        request.personal_data_view = ShownToContactPerson(what, rows)  # type: ignore[attr-defined]
