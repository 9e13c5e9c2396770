"""Panels of Wagtail's admin for models with screened texts."""

from collections.abc import Sequence
from typing import Any

from wagtail.admin.panels import FieldPanel, ObjectList

from .forms import REASON, ScreenedAdminForm


class ScreeningPanel(FieldPanel):
    """Asks why something should be saved despite a warning. It is shown only when there is one."""

    def __init__(self, field_name: str = REASON, **kwargs: Any) -> None:
        super().__init__(field_name, **kwargs)


def screened(panels: Sequence[Any]) -> ObjectList:
    """The panels as an `edit_handler` whose form screens the texts, with the question about a reason last."""
    return ObjectList([*panels, ScreeningPanel()], base_form_class=ScreenedAdminForm)
