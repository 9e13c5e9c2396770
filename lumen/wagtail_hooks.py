"""What LUMEN as a whole adds to the admin: start page, colours, and a link to one's log-in settings."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.home import WorkflowObjectsToModeratePanel

from meetings.home_panel import MeetingsPanel
from meetings.views.admin.base import user_can_enter
from outbox.models import QueueState
from outbox.panels import HeldQueuePanel, WaitingMailsPanel
from outbox.permissions import user_can_release_queue, user_can_see_mails

from . import handbook
from .handbook import HandbookView
from .operation_panel import LatePanel
from .operation_views import TITLE, OperationView
from .waiting_panel import WaitingPanel

# In English and about Wagtail; the editors have a handbook of their own.
WAGTAIL_GUIDES = ("whats-new", "editor-guide")


@hooks.register("construct_homepage_panels")
def compose_start_page(request: HttpRequest, panels: list[Any]) -> None:
    """Add the panels of the rooms to the start page, if the user may see them and they have something to show."""
    user = request.user
    # What it tells stands among all else that waits.
    panels[:] = [panel for panel in panels if not isinstance(panel, WorkflowObjectsToModeratePanel)]
    if user_can_see_mails(user):
        if (queue := QueueState.objects.current()).held_since:
            panels.append(HeldQueuePanel(queue))
        if late := LatePanel(user):
            panels.append(late)
        if waiting := WaitingMailsPanel():
            panels.append(waiting)
    panels.append(WaitingPanel(user))
    if user_can_enter(user):
        panels.append(MeetingsPanel())


@hooks.register("register_admin_urls")
def own_urls() -> list[URLPattern]:
    return [
        path("driften/", OperationView.as_view(), name="operation"),
        path("handbok/<str:chapter>/", HandbookView.as_view(), name="handbook"),
    ]


@hooks.register("register_help_menu_item")
def handbook_menu_item() -> MenuItem:
    return MenuItem(
        handbook.TITLE, reverse("handbook", args=[handbook.FIRST]), name="handbok", icon_name="help", order=1
    )


class OperationMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return user_can_release_queue(request.user)


@hooks.register("register_reports_menu_item")
def operation_menu_item() -> MenuItem:
    return OperationMenuItem(TITLE, reverse("operation"), name="driften", icon_name="cogs", order=1300)


@hooks.register("insert_global_admin_css")
def admin_colours() -> SafeString:
    """The stylesheet that gives the admin LUMEN's colours and mark."""
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin/lumen_admin.css"))


@hooks.register("register_account_menu_item")
def login_and_security(request: HttpRequest) -> dict[str, str]:
    return {
        "url": reverse("mfa_index"),
        "label": "Inloggning och säkerhet",
        "help_text": "Tvåstegsinloggning, återställningskoder och lösenord.",
    }


@hooks.register("construct_help_menu")
def without_english_guides(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    menu_items[:] = [item for item in menu_items if not item.name.startswith(WAGTAIL_GUIDES)]
