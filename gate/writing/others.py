"""What people write in models that come with Django and Wagtail, so that it is screened there as well.

Each is here because its text reaches others than the editors who wrote it, or is mailed:

- a redirect's addresses are given to any visitor who asks for the old one;
- the site's name and host stand in addresses and mails;
- tags and collections are chosen by many, and a tag is part of what a search goes through;
- comments on a page, and what is said when a workflow is approved or sent back, go out by mail, with the
  names of the workflow and its tasks.

Their forms aren't ours. A validator on the field tells the editor there; the signal stops all other ways.
"""

from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.signals import pre_save
from wagtail.forms import TaskStateCommentForm

from screening.findings import BLOCKING, Finding

from ..publishing.errors import Blocked
from .fields import screen_field, told_at_field

WRITTEN_IN: dict[str, tuple[str, ...]] = {
    "auth.Group": ("name",),
    "taggit.Tag": ("name", "slug"),
    "wagtailcore.Collection": ("name",),
    "wagtailcore.Comment": ("text",),
    "wagtailcore.CommentReply": ("text",),
    "wagtailcore.Site": ("hostname", "site_name"),
    "wagtailcore.Task": ("name",),
    "wagtailcore.TaskState": ("comment",),
    "wagtailcore.Workflow": ("name",),
    "wagtailredirects.Redirect": ("old_path", "redirect_page_route_path", "redirect_link"),
}


class BlocksNothing:
    """A validator of a field that refuses what blocks."""

    def __init__(self, field: Any) -> None:  # a field of a model
        self.field = field

    def __call__(self, value: Any) -> None:
        if stops := self.stops_in(value):
            raise ValidationError(list(dict.fromkeys(told_at_field(self.field, finding) for finding in stops)))

    def stops_in(self, value: Any) -> list[Finding]:
        return [finding for finding in screen_field(self.field, value).findings if finding.kind in BLOCKING]


_validators: dict[type[models.Model], dict[str, BlocksNothing]] = {}


def guard() -> None:
    """Connect the screening to the models above. Called once, when the apps are ready."""
    for name, field_names in WRITTEN_IN.items():
        model = apps.get_model(name)
        _validators[model] = {field: BlocksNothing(model._meta.get_field(field)) for field in field_names}
        for field_name, validator in _validators[model].items():
            model._meta.get_field(field_name).validators.append(validator)
    comment = _validators[apps.get_model("wagtailcore.TaskState")]["comment"]
    TaskStateCommentForm.base_fields["comment"].validators.append(comment)
    # Without a sender: a task of any kind is a task.
    pre_save.connect(refuse_what_blocks, dispatch_uid="gate.writing.others")


def refuse_what_blocks(sender: type[models.Model], instance: models.Model, **kwargs: Any) -> None:
    """Raise Blocked before a row of the models above, or of one that builds on it, is saved."""
    for model in (sender, *sender._meta.all_parents):
        for field_name, validator in _validators.get(model, {}).items():
            if stops := validator.stops_in(getattr(instance, field_name)):
                raise Blocked(stops)
