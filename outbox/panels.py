"""The outbox on the admin's start page: shown only when somebody has to act."""

from collections.abc import Mapping
from typing import Any

from wagtail.admin.ui.components import Component

from .models import QueueState
from .views import mail_url


class HeldQueuePanel(Component):
    """Says that no mail is being sent, and why."""

    name = "held_queue"
    template_name = "admin_outbox/held_panel.html"
    order = 0

    def __init__(self, queue: QueueState) -> None:
        self.queue = queue

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        return {"queue": self.queue, "mails_url": mail_url("index")}
