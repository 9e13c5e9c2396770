"""Redirects everything that would publish in Wagtail's admin to the desk."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.models import Page, Task, TaskState

AT_ONCE = 100  # pages; more would not fit in an address, and nobody reads through so many
MAX_COMMENT = 5000  # characters
_COMMENTS = "desk_approval_comments"


def desk_url(pages: Iterable[int], *, next_url: str = "", task_state: TaskState | None = None) -> str:
    """The address of the desk for some pages; `task_state` is the task that publishing a single page approves."""
    query = QueryDict(mutable=True)
    query.setlist("page", [str(page) for page in pages])
    if task_state is not None:
        query["workflow"] = str(task_state.pk)
    if next_url:
        query["next"] = next_url
    return f"{reverse('gate_desk')}?{query.urlencode()}"


def lead_to_desk(request: HttpRequest, page: Page) -> HttpResponse:
    """Redirect the Publish button to the desk (hook `before_publish_page`); the draft is saved by then."""
    return redirect(desk_url([page.pk], next_url=get_valid_next_url_from_request(request)))


def lead_several_to_desk(
    request: HttpRequest, action_type: str, objects: Iterable[Any], action: Any
) -> HttpResponse | None:
    """Redirect the publishing of several pages at once to the desk (hook `before_bulk_action`)."""
    if action_type != "publish" or not issubclass(action.model, Page):
        return None
    chosen = {page.pk: page for page in objects}
    if action.cleaned_form.cleaned_data.get("include_descendants"):
        for parent in list(chosen.values()):
            for page in parent.get_descendants().not_live():
                if page.permissions_for_user(request.user).can_publish():
                    chosen[page.pk] = page
    if len(chosen) > AT_ONCE:
        messages.error(request, f"Det är {len(chosen)} sidor. Publicera högst {AT_ONCE} åt gången.")
        return redirect(action.next_url)
    return redirect(desk_url(chosen, next_url=action.next_url))


# --- The last approval of a workflow ---------------------------------------------------------------


def approval_publishes(task_state: TaskState | None, action: str) -> bool:
    """Whether the action approves the last task of a workflow, which publishes the page."""
    if task_state is None or action == "reject":
        return False
    state = task_state.workflow_state
    left = Task.objects.filter(workflow_tasks__workflow=state.workflow, active=True)
    left = left.exclude(task_states__in=state.successful_task_states).exclude(pk=task_state.task_id)
    return not left.exists()


def remember_comment(request: HttpRequest, task_state: TaskState, comment: Any) -> None:
    """Keep an approval's comment in the session until the desk needs it; an address would be logged."""
    request.session[_COMMENTS] = {str(task_state.pk): str(comment or "")[:MAX_COMMENT]}


def remembered_comment(request: HttpRequest, task_state: TaskState) -> str:
    return str(request.session.get(_COMMENTS, {}).get(str(task_state.pk), ""))


def forget_comments(request: HttpRequest) -> None:
    request.session.pop(_COMMENTS, None)
