"""What the outbox adds to Wagtail's admin. Registration only."""

from typing import Any

from django.http import HttpRequest
from wagtail import hooks
from wagtail.permissions import register_permission_policy

from .models import OutgoingMail, QueueState
from .panels import HeldQueuePanel
from .permissions import user_can_see_mails
from .viewsets import MailViewSet, ReadOnlyPolicy

register_permission_policy(OutgoingMail, ReadOnlyPolicy(OutgoingMail))


@hooks.register("register_admin_viewset")
def register_viewset() -> MailViewSet:
    return MailViewSet()


@hooks.register("construct_homepage_panels")
def warn_of_a_held_queue(request: HttpRequest, panels: list[Any]) -> None:
    if user_can_see_mails(request.user):
        queue = QueueState.objects.current()
        if queue.held_since:
            panels.append(HeldQueuePanel(queue))
