"""The way to the desk."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, QueryDict
from django.urls import reverse
from wagtail.models import Task, TaskState

DESK = "screening_publishing:desk"
_COMMENTS = "screening_approval_comments"


def desk_url(pages: Iterable[int], *, next_url: str = "", task_state: TaskState | None = None) -> str:
    """The address of the publishing step for some pages; `task_state` for the approval of one of them."""
    query = QueryDict(mutable=True)
    query.setlist("page", [str(page) for page in pages])
    if task_state is not None:
        query["workflow"] = str(task_state.pk)
    if next_url:
        query["next"] = next_url
    return f"{reverse(DESK)}?{query.urlencode()}"


def approval_publishes(task_state: TaskState | None, action: str) -> bool:
    """Whether the action on a task of a workflow is the last one, after which the page becomes public."""
    if task_state is None or action == "reject":
        return False
    state = task_state.workflow_state
    left = Task.objects.filter(workflow_tasks__workflow=state.workflow, active=True)
    left = left.exclude(task_states__in=state.successful_task_states).exclude(pk=task_state.task_id)
    return not left.exists()


def remember_comment(request: HttpRequest, task_state: TaskState, comment: Any) -> None:
    """Keep what was written at an approval until the desk asks for it; not in an address, which is logged."""
    request.session[_COMMENTS] = {str(task_state.pk): str(comment or "")[:5000]}


def remembered_comment(request: HttpRequest, task_state: TaskState) -> str:
    return str(request.session.get(_COMMENTS, {}).get(str(task_state.pk), ""))


def forget_comments(request: HttpRequest) -> None:
    request.session.pop(_COMMENTS, None)
