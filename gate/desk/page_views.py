"""Wagtail's page views, changed so that what would publish saves a draft and leads to the desk.

Registered for `Page`, and so for every page type without views of its own.
"""

import json
from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.admin.views.pages.copy import CopyView
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.views.pages.workflow import WorkflowActionView
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import Page

from ..errors import Blocked
from .routing import approval_publishes, desk_url, remember_comment
from .writing_views import WritingOnCreateView, WritingOnEditView


class DeskCreateView(CreateView):
    """The form that creates a page."""

    def publish_action(self) -> HttpResponse:
        self.page.live = False  # Wagtail stores the page before it publishes it; until then it is a draft.
        response: HttpResponse = super().publish_action()
        return response


class DeskEditView(EditView):
    """The form that changes a page."""

    page: Page

    def publish_action(self) -> HttpResponse:
        response: HttpResponse = super().publish_action()
        self._tell_comments()  # Wagtail does this after publishing, which now happens later, at the desk.
        return response

    def perform_workflow_action(self) -> HttpResponse:
        task_state = self.page.current_workflow_task_state
        if not approval_publishes(task_state, self.workflow_action):
            response: HttpResponse = super().perform_workflow_action()
            return response
        self.page = self.form.save(commit=not self.page.live)
        self.subscription.save()
        if self.has_content_changes:
            self.page.save_revision(
                user=self.request.user,
                log_action=True,
                previous_revision=self.previous_revision if self.is_reverting else None,
            )
            self._tell_comments()
        remember_comment(self.request, task_state, _comment(self.request.POST.get("workflow-action-extra-data", "")))
        return redirect(desk_url([self.page.pk], next_url=self.next_url or "", task_state=task_state))

    def _tell_comments(self) -> None:
        if self.has_content_changes and "comments" in self.form.formsets:
            changes = self.get_commenting_changes()
            self.log_commenting_changes(changes, self.page.latest_revision)
            self.send_commenting_notifications(changes)


def _comment(extra_data: str) -> str:
    try:
        return str(json.loads(extra_data or "{}").get("comment", ""))
    except (ValueError, AttributeError):
        return ""


class DeskWorkflowActionView(WorkflowActionView):
    """The approval of a workflow task from the dashboard, a list or the page itself."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not approval_publishes(self.task_state, self.action_name):
            return super().post(request, *args, **kwargs)
        form = self.form_class(request.POST) if self.form_class else None
        in_modal = request.headers.get("x-requested-with") == "XMLHttpRequest"
        if form is not None and not form.is_valid():
            return self.render_modal_form(request, form) if in_modal else redirect(self.redirect_url)
        remember_comment(request, self.task_state, form.cleaned_data.get("comment", "") if form else "")
        address = desk_url([self.object.pk], next_url=self.redirect_url, task_state=self.task_state)
        if in_modal:
            return self.render_modal_json(request, {"step": "success", "redirect": address})
        return redirect(address)


class DraftCopyView(CopyView):
    """Copies a page, always as a draft: the copy is published at the desk like any other page."""

    def get_form(self, form_class: type[forms.Form] | None = None) -> forms.Form:
        form: forms.Form = super().get_form(form_class)
        form.fields.pop("publish_copies", None)
        return form

    def form_valid(self, form: forms.Form) -> HttpResponse:
        try:
            with transaction.atomic():
                return super().form_valid(form)
        except Blocked as error:  # An alias is as public as its source.
            form.add_error("alias" if "alias" in form.fields else "new_title", error.messages)
            return self.form_invalid(form)


class DeskPageViewSet(PageViewSet):
    """The views of every page type. A page type with views of its own inherits from this."""

    model = Page
    add_view_class = DeskCreateView
    edit_view_class = DeskEditView
    copy_view_class = DraftCopyView
    preview_on_add_view_class = WritingOnCreateView
    preview_on_edit_view_class = WritingOnEditView
    workflow_action_view_class = DeskWorkflowActionView
