"""The panel on the admin's start page about files that wait for approval or are blocked, when there are any."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from wagtail.admin.ui.components import Component
from wagtail.permissions import policy_registry

from ..enums import FileState
from ..models import file_models


class FilesPanel(Component):
    name = "files"
    template_name = "admin_gate/home_panel.html"
    order = 45

    def __init__(self, user: Any) -> None:
        self.waiting = _numbers(user, FileState.NEEDS_APPROVAL)
        self.blocked = _numbers(user, FileState.BLOCKED)

    def __bool__(self) -> bool:
        return bool(self.waiting or self.blocked)

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        return {"waiting": self.waiting, "blocked": self.blocked}


def _numbers(user: Any, state: FileState) -> list[tuple[int, str, str]]:
    """For each kind of file in the state that the user may change: number, name and address of the list."""
    rows = []
    for model in file_models():
        policy = policy_registry.get_by_type(model)
        number = policy.instances_user_has_permission_for(user, "change").in_state(state).count()
        if number:
            name = model._meta.verbose_name if number == 1 else model._meta.verbose_name_plural
            rows.append((number, str(name), f"{_list_of(model)}?granskning={state}"))
    return rows


def _list_of(model: Any) -> str:
    return reverse("wagtailimages:index" if hasattr(model, "get_rendition") else "wagtaildocs:index")
