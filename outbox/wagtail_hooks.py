"""Registers the outbox with Wagtail's admin."""

from wagtail import hooks
from wagtail.permissions import register_permission_policy

from .models import OutgoingMail
from .viewsets import MailViewSet, ReadOnlyPolicy

register_permission_policy(OutgoingMail, ReadOnlyPolicy(OutgoingMail))


@hooks.register("register_admin_viewset")
def register_viewset() -> MailViewSet:
    return MailViewSet()
