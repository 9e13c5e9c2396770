"""The outbox on the admin's start page: shown only when somebody has to act."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Max
from wagtail.admin.ui.components import Component

from .enums import MailStatus
from .models import OutgoingMail, QueueState
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


class WaitingMailsPanel(Component):
    """Says how many mails wait because the limit of the hour is reached, and until when. False when none do."""

    name = "waiting_mails"
    template_name = "admin_outbox/waiting_panel.html"
    order = 10

    def __init__(self) -> None:
        self.waiting = (
            OutgoingMail.objects.waiting_for_room().order_by().aggregate(number=Count("pk"), last=Max("due_at"))
        )

    def __bool__(self) -> bool:
        return bool(self.waiting["number"])

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        return {**self.waiting, "mails_url": f"{mail_url('index')}?{urlencode({'status': MailStatus.QUEUED.value})}"}
