"""How a meeting is copied in the admin."""

from typing import Any

from wagtail.admin.forms.pages import CopyForm


class MeetingCopyForm(CopyForm):
    """A copy of a meeting is no alias: it must first have got its own time. (Every copy is a draft.)"""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("alias", None)
