"""Fields of date and time whose text stays as it was typed until the form has been sent."""

from typing import Any

from wagtail.admin.widgets import AdminDateTimeInput, AdminTimeInput

# Wagtail's picker replaces what it cannot read by the present moment when the field is left. An editor who
# writes 20/1 2027 would publish the wrong day; with the text kept, the form's own message comes instead.
KEEP_TEXT = {"validateOnBlur": False}


class KeepTextDateTimeInput(AdminDateTimeInput):
    """Date and time, where the picker does not correct what was typed."""

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), **KEEP_TEXT}


class KeepTextTimeInput(AdminTimeInput):
    """A time of day, where the picker does not correct what was typed."""

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), **KEEP_TEXT}
