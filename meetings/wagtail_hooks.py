"""What the meetings add to Wagtail. Registration only."""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.actions import ActionRegistry
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button
from wagtail.models import Page

from contacts.viewsets import ContactsViewSetGroup

from .actions import PublishMeetingAction
from .letters.admin_views import TITLE as LETTERS
from .letters.admin_views import LetterViewSet
from .log_actions import register_log_actions
from .models import MeetingPage
from .page_hooks import (
    after_publication,
    describe_publication,
    publication_faults,
    refuse_bulk_action,
    refuse_removal,
)
from .permissions import user_can_send_letters
from .views.admin.base import admin_url, user_can_enter
from .viewsets import MeetingViewSet

LABEL = "Inbjudan och deltagare"


@hooks.register("register_admin_viewset")
def register_viewset() -> MeetingViewSet:
    return MeetingViewSet()


@hooks.register("register_admin_viewset")
def register_letters() -> LetterViewSet:
    return LetterViewSet()


class LetterMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return user_can_send_letters(request.user)


@hooks.register(ContactsViewSetGroup.submenu_hook)
def letters_menu_item() -> MenuItem:
    return LetterMenuItem(LETTERS, reverse("letter:index"), name="brev", icon_name="mail", order=540)


@hooks.register("register_permissions")
def letter_permissions() -> QuerySet[Permission]:
    return Permission.objects.filter(content_type__app_label="meetings", codename="send_letter")


@hooks.register("register_page_listing_more_buttons")
def listing_button(page: Page, user: Any, next_url: str | None = None) -> Iterator[Button]:
    yield from _buttons(page, user)


@hooks.register("register_page_header_buttons")
def header_button(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    yield from _buttons(page, user)


def _buttons(page: Page, user: Any) -> Iterator[Button]:
    meeting = page.specific_deferred
    if page.pk and isinstance(meeting, MeetingPage) and user_can_enter(user, meeting):
        yield Button(LABEL, url=admin_url("meeting", page.pk), icon_name="mail", priority=5)


@hooks.register("list_of_page")
def list_of_meetings(page: Page) -> str:
    """Where the desk leads when a meeting is published."""
    return admin_url("index") if isinstance(page, MeetingPage) else ""


@hooks.register("register_actions")
def register_publishing(actions: ActionRegistry) -> None:
    """Use our action wherever a meeting is published, so that calendars are always told."""
    actions.register(MeetingPage, PublishMeetingAction)


hooks.register("register_log_actions", register_log_actions)
hooks.register("before_delete_page", refuse_removal)
hooks.register("before_unpublish_page", refuse_removal)
hooks.register("before_bulk_action", refuse_bulk_action)
hooks.register("publication_faults", publication_faults)
hooks.register("describe_publication", describe_publication)
hooks.register("after_publish_page", after_publication)


@hooks.register("insert_global_admin_css")
def admin_css() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin/meetings.css"))
