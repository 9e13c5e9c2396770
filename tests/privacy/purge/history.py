"""A page that has been through everything, with a mark in every place that an editor can write in."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.test.client import Client
from wagtail.admin.models import FormState
from wagtail.log_actions import log
from wagtail.models import (
    Comment,
    CommentReply,
    GroupApprovalTask,
    Page,
    Workflow,
    WorkflowTask,
)

from gate.models import PageApproval
from resources.models import ResourcePage
from tests.factories.resources import ResourcePageFactory, body

MARK = "Kvistzebra"
REASON = "Innehöll uppgifter om en enskild."


def log_in(client: Client, person: Any) -> Client:
    client.force_login(person)
    return client


def comment_on(page: Page, by: Any) -> None:
    comment = Comment.objects.create(page=page, user=by, text=f"{MARK} i kommentar", contentpath="lead")
    CommentReply.objects.create(comment=comment, user=by, text=f"{MARK} i svar")


def reject_in_workflow(page: Page, by: Any) -> None:
    workflow = Workflow.objects.create(name="Granskning")
    task = GroupApprovalTask.objects.create(name="Läsning")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=1)
    state = workflow.start(page, by)
    state.current_task_state.task.specific.on_action(state.current_task_state, by, "reject", comment=f"{MARK} i flödet")


def preview_state(page: Page, by: Any, *, is_new: bool) -> None:
    FormState.objects.create(
        user=by,
        content_type=ContentType.objects.get_for_model(type(page)),
        object_id="" if is_new else str(page.pk),
        parent_object_id=str(page.get_parent().pk) if is_new else "",
        data=f"title={MARK}",
        last_updated_at=page.latest_revision_created_at or page.first_published_at,
    )


def resource_with_history(editor: Any, *, with_alias: bool = True) -> ResourcePage:
    """A page that has been through everything, with the mark in every place that an editor can write in."""
    page = ResourcePageFactory(title=f"{MARK} rapport", slug=f"{MARK.lower()}-rapport", lead=f"{MARK} ingress")
    page.body = body(f"<p>{MARK} brödtext</p>")
    page.keywords.add(f"{MARK}ord")
    page.save_revision(user=editor).publish()
    # A draft that nobody published, with a word of its own.
    page.lead = f"{MARK} bara i utkast"
    page.keywords.add(f"{MARK}utkastsord")
    page.save_revision(user=editor)
    page = ResourcePage.objects.get(pk=page.pk)
    # A former address.
    page.slug = f"{MARK.lower()}-nytt"
    page.save_revision(user=editor).publish()
    comment_on(page, editor)
    reject_in_workflow(page, editor)
    preview_state(page, editor, is_new=False)
    preview_state(page, editor, is_new=True)
    log(instance=page, action="wagtail.edit", user=editor, data={"reason": f"{MARK} skäl"})
    PageApproval.objects.create(
        content_type=ContentType.objects.get_for_model(page), object_id=str(page.pk), digest="x", reason=f"{MARK} ok"
    )
    if with_alias:
        page.create_alias(update_slug=f"{MARK.lower()}-alias")
    return ResourcePage.objects.get(pk=page.pk)
