"""What the screening of other writing adds to Wagtail."""

from wagtail import hooks

from .passing import register_log_actions

hooks.register("register_log_actions", register_log_actions)
