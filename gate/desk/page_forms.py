"""The form of every page type. Imported by the models, so nothing here may need them loaded."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from wagtail.admin.forms import WagtailAdminPageForm


class DeskPageForm(WagtailAdminPageForm):
    """The editor's form of a page. A page that has expired can be saved as a draft; the desk asks for a new date.

    Wagtail refuses an expiry that has passed, also one that the page has had all along.
    """

    _kept: datetime | None = None  # the expiry that has passed, while Wagtail checks the form

    def clean(self) -> dict[str, Any]:
        # Wagtail's check runs after this, in a class that it puts in front.
        cleaned: dict[str, Any] = super().clean()
        expire_at, go_live_at = cleaned.get("expire_at"), cleaned.get("go_live_at")
        if self._has_passed_already(expire_at) and not (go_live_at and go_live_at > expire_at):
            self._kept, cleaned["expire_at"] = expire_at, None
        return cleaned

    def _post_clean(self) -> None:
        if self._kept is not None:
            self.cleaned_data["expire_at"] = self._kept
        super()._post_clean()

    def _has_passed_already(self, expire_at: datetime | None) -> bool:
        """Whether this is the page's own expiry, which has passed; the form shows no seconds."""
        own = self.initial.get("expire_at")
        if expire_at is None or own is None or expire_at >= timezone.now():
            return False
        return bool(expire_at.replace(second=0, microsecond=0) == own.replace(second=0, microsecond=0))
