from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "meetings"
    verbose_name = "Möten"

    def ready(self) -> None:
        """Make Wagtail edit and publish meetings our way, whichever way it comes to it."""
        from wagtail.actions import action_registry

        from . import log_actions  # noqa: F401  (registers itself)
        from .actions import PublishMeetingAction
        from .editing import MEETING_EDIT_HANDLER
        from .models import MeetingPage

        # The editor's form asks `publishing`, which knows the models; so the models cannot know the form.
        MeetingPage.edit_handler = MEETING_EDIT_HANDLER
        action_registry.register(MeetingPage, PublishMeetingAction)
