"""Screens what people write in models that come with Django, Wagtail and taggit.

Each model is here because its text reaches others than the editors who wrote it, or is mailed:

- a redirect's addresses are given to any visitor who asks for the old one;
- the site's name and host stand in addresses and mails;
- tags and collections are used by many editors, and a search goes through tags;
- comments on a page, and what is said when a workflow is approved or sent back, go out by mail, with the
  names of the workflow and its tasks.

Their forms aren't ours, so a validator on the field tells the editor, and the guard stops every other save.
"""

from typing import Any

from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import models
from taggit.models import Tag
from wagtail.contrib.redirects.models import Redirect
from wagtail.forms import TaskStateCommentForm
from wagtail.models import Collection, Comment, CommentReply, Site, Task, TaskState, Workflow

from screening.findings import BLOCKING

from .findings import screen_field, sentence_at_field

SCREENED_FIELDS: dict[type[models.Model], tuple[str, ...]] = {
    Group: ("name",),
    Tag: ("name", "slug"),
    Collection: ("name",),
    Comment: ("text",),
    CommentReply: ("text",),
    Site: ("hostname", "site_name"),
    Task: ("name",),
    TaskState: ("comment",),
    Workflow: ("name",),
    Redirect: ("old_path", "redirect_page_route_path", "redirect_link"),
}


class BlockValidator:
    """A validator of a model's field that refuses what blocks."""

    def __init__(self, field: models.Field) -> None:
        self.field = field

    def __call__(self, value: Any) -> None:
        stops = [finding for finding in screen_field(self.field, value).findings if finding.kind in BLOCKING]
        if stops:
            raise ValidationError(list(dict.fromkeys(sentence_at_field(self.field, finding) for finding in stops)))


def add_validators() -> None:
    """Make the forms of the models above refuse what blocks. Called once, when the apps are ready."""
    for model, names in SCREENED_FIELDS.items():
        for name in names:
            field: Any = model._meta.get_field(name)
            field.validators.append(BlockValidator(field))
    comment: Any = TaskState._meta.get_field("comment")
    TaskStateCommentForm.base_fields["comment"].validators.append(BlockValidator(comment))


def screened_fields(model: type[models.Model]) -> tuple[str, ...]:
    """The screened fields of a model above or a subclass of one, such as a kind of task."""
    parents = (model, *model._meta.all_parents)
    return tuple(name for parent in parents for name in SCREENED_FIELDS.get(parent, ()))
