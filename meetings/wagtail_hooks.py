"""What Wagtail gets from this room."""

from wagtail import hooks
from wagtail.actions import ActionRegistry

from .actions import PublishMeetingAction
from .log_actions import register_log_actions
from .models import MeetingPage
from .page_admin import MeetingPageViewSet, refuse_bulk_action, refuse_removal

hooks.register("register_log_actions", register_log_actions)
hooks.register("before_delete_page", refuse_removal)
hooks.register("before_unpublish_page", refuse_removal)
hooks.register("before_bulk_action", refuse_bulk_action)


@hooks.register("register_actions")
def register_publishing(actions: ActionRegistry) -> None:
    actions.register(MeetingPage, PublishMeetingAction)


@hooks.register("register_admin_viewset")
def register_meeting_pages() -> MeetingPageViewSet:
    return MeetingPageViewSet()
