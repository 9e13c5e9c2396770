"""The panel on the admin's start page that tells what is late, when something is."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from wagtail.admin.ui.components import Component

from outbox.permissions import user_can_release_queue

from .operation import QUEUE_HELD, read_operation


class LatePanel(Component):
    name = "late"
    template_name = "admin_operation/late_panel.html"
    order = 1

    def __init__(self, user: Any) -> None:
        self.can_see_all = user_can_release_queue(user)
        # A held queue has a panel of its own.
        self.late = [each for each in read_operation().late() if each.name != QUEUE_HELD]

    def __bool__(self) -> bool:
        return bool(self.late)

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        return {"late": self.late, "operation_url": reverse("operation") if self.can_see_all else ""}
