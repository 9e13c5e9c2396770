"""Sets up a new LUMEN: pages, vocabulary and the editors' permissions."""

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from meetings.actions import ensure_meeting_index
from resources.actions import ensure_structure

from .roles import EDITORS, ROLES, SUBJECT_REVIEWERS, Role

ROOT_TITLE = "Sidor"
COLLECTION_NAME = "Alla filer"
WORKFLOW = "Sakgranskning"


@transaction.atomic
def set_up_site() -> None:
    """Create the fixed pages, the vocabulary and the groups of staff; what is there already stays."""
    _name_root()
    ensure_structure()
    ensure_meeting_index()
    for role in ROLES:
        _grant(role)
    _remove_wagtails_groups()
    _arrange_workflow()


def _name_root() -> None:
    """Give the root page and the root collection, which editors see in lists, Swedish names."""
    Page.objects.filter(depth=1, title="Root").update(title=ROOT_TITLE, draft_title=ROOT_TITLE)
    Collection.objects.filter(depth=1, name="Root").update(name=COLLECTION_NAME)


def _permission(name: str) -> Permission:
    app, codename = name.split(".")
    return Permission.objects.get(content_type__app_label=app, codename=codename)


def _grant(role: Role) -> None:
    """Create the group of the role, and give it what it lacks of its rights."""
    group, _ = Group.objects.get_or_create(name=role.name)
    group.permissions.add(*(_permission(name) for name in role.permissions))
    root = Page.get_first_root_node()
    for codename in role.on_pages:
        permission = _permission(f"wagtailcore.{codename}")
        GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)
    collection = Collection.get_first_root_node()
    for name in role.on_files:
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=collection, permission=_permission(name)
        )


def _remove_wagtails_groups() -> None:
    """Remove the two groups in English that nobody here uses, and the workflow that sends pages to one of them."""
    Group.objects.filter(name__in=("Editors", "Moderators"), user__isnull=True).delete()
    WorkflowPage.objects.filter(workflow__name="Moderators approval").delete()


def _arrange_workflow() -> None:
    """Let an editor ask the subject reviewers to look at a page: they approve or return it, and an editor publishes.

    Whoever may publish may still do so without asking. Where the page tree has a workflow it stays.
    """
    root = Page.get_first_root_node()
    if Workflow.objects.filter(name=WORKFLOW).exists() or root.get_workflow() is not None:
        return
    workflow = Workflow.objects.create(name=WORKFLOW)
    for order, (name, group) in enumerate(((WORKFLOW, SUBJECT_REVIEWERS), ("Publicering", EDITORS))):
        task = GroupApprovalTask.objects.create(name=name)
        task.groups.add(Group.objects.get(name=group))
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=order)
    WorkflowPage.objects.create(workflow=workflow, page=root)
