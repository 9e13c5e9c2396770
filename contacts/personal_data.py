"""What a staff view shows of personal data. The view says it; the middleware of `privacy` logs it."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest

from .enums import AccessKind

# What the log of access calls the two steps of an import, in the admin and at the console.
IMPORT_PREVIEW = "Förhandsgranskning av fil med kontaktpersoner"
IMPORT = "Kontaktpersoner från fil"


class PersonalDataMixin:
    """A view that shows personal data to staff. Each successful answer becomes a row in the log of access."""

    # In Swedish and itself without personal data: "Medlemmar i {view.object}". A view sets it to "" for an
    # answer that shows none.
    shows_personal_data = ""
    # How many rows of personal data the answer holds, where it is not one.
    personal_data_rows = 1
    # An answer that is a download is logged as an export whatever stands here.
    access_kind: AccessKind = AccessKind.READ
    # Within this time a person's readings of the same thing are one.
    one_reading: timedelta | None = None

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)  # type: ignore[misc]
        request.personal_data_view = self  # type: ignore[attr-defined]  # where the middleware looks
