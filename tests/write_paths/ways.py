"""The ways to publish a page. Each one does all that somebody could to make the text public, and gives up there."""

import contextlib
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from django.core import serializers
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.models import GroupApprovalTask, Page, Revision, Workflow, WorkflowTask

from contacts.models import Person
from gate.desk.routing import desk_url
from gate.errors import Blocked
from tests.publishing import DESK, answer_desk

from .browser import filled_page
from .places import Place
from .texts import Text


class Attempt:
    """Somebody with every right who wants a text in a page to be public."""

    def __init__(self, admin: Client, editor: Person, page: Any, place: Place, text: Text) -> None:
        self.admin, self.editor, self.page, self.place, self.text = admin, editor, page, place, text
        self.model: type[Page] = type(page)

    def keep_draft(self, **changes: Any) -> Revision:
        self.place.put(self.page, self.text)
        for name, value in changes.items():
            setattr(self.page, name, value)
        return self.page.save_revision(user=self.editor, clean=False)

    def at_desk(self, *pages: int) -> None:
        self._answer(desk_url(pages or [self.page.pk]))

    def answer(self, response: Any) -> None:
        """Follow a view of the admin to the desk and answer there, if that is where it leads."""
        if response.status_code == 302 and response.url.startswith(DESK):
            self._answer(response.url)

    def _answer(self, address: str) -> None:
        answer_desk(self.admin, address, reason="Det är ett prov.")

    def form(self) -> dict[str, Any]:
        """The editor's form, with the text where the place is; a place that has no input there is the title."""
        data = filled_page(self.admin, reverse("wagtailadmin_pages:edit", args=[self.page.pk]), self.model)
        name = self.place.name if self.place.name in data else "title"
        return {**data, name: self.text.short}


@contextlib.contextmanager
def one_of_its_kind() -> Iterator[None]:
    """Around what the database refuses for a page that there can't be two of, such as that of a theme."""
    with contextlib.suppress(IntegrityError, ValidationError), transaction.atomic():
        yield


def by_the_button(attempt: Attempt) -> None:
    url = reverse("wagtailadmin_pages:edit", args=[attempt.page.pk])
    attempt.answer(attempt.admin.post(url, {**attempt.form(), "action-publish": "1"}))


def by_the_button_of_a_new_page(attempt: Attempt) -> None:
    """A second one, where there may be several; Wagtail makes no other of the fixed pages."""
    parent = attempt.page.get_parent().specific
    data = {**attempt.form(), "slug": f"ny-{attempt.page.pk}", "theme": "", "action-publish": "1"}
    names = [attempt.model._meta.app_label, attempt.model._meta.model_name, parent.pk]
    attempt.answer(attempt.admin.post(reverse("wagtailadmin_pages:add", args=names), data))


def several_at_once(attempt: Attempt) -> None:
    attempt.keep_draft()
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    attempt.answer(attempt.admin.post(f"{url}?id={attempt.page.pk}&next=/admin/"))


def by_the_last_approval(attempt: Attempt) -> None:
    attempt.keep_draft()
    workflow = Workflow.objects.create(name="Prov")
    WorkflowTask.objects.create(workflow=workflow, task=GroupApprovalTask.objects.create(name="Läs"))
    workflow.start(attempt.page, attempt.editor)
    state = attempt.page.current_workflow_task_state
    url = reverse("wagtailadmin_pages:workflow_action", args=[attempt.page.pk, "approve", state.pk])
    attempt.answer(attempt.admin.post(url, {"comment": "Bra."}))
    with contextlib.suppress(Blocked):
        state.refresh_from_db()
        if state.status == "in_progress":
            state.approve(user=attempt.editor)
    workflow.delete()


def on_schedule(attempt: Attempt) -> None:
    """At the desk, and then as if it had passed there before a rule was added."""
    revision = attempt.keep_draft(go_live_at=timezone.now() + timedelta(hours=1))
    attempt.at_desk()
    past = timezone.now() - timedelta(minutes=1)
    content = {**revision.content, "go_live_at": past.isoformat()}
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=past, content=content)
    call_command("publish_scheduled")


def by_copying(attempt: Attempt) -> None:
    attempt.keep_draft()
    source, parent = attempt.page, attempt.page.get_parent()
    slug = f"kopia-{source.pk}"
    data = {"new_title": source.title, "new_slug": slug, "new_parent_page": str(parent.pk), "publish_copies": "on"}
    with one_of_its_kind():
        attempt.admin.post(reverse("wagtailadmin_pages:copy", args=[source.pk]), data)
    copy = Page.objects.filter(slug=slug).first()
    attempt.at_desk(copy.pk if copy else source.pk)


def through_an_alias(attempt: Attempt) -> None:
    attempt.page.live = True
    attempt.page.save()
    alias = None
    with one_of_its_kind():
        alias = attempt.page.create_alias(update_slug=f"alias-{attempt.page.pk}")
    attempt.keep_draft()
    attempt.at_desk()
    if alias is not None:
        with contextlib.suppress(Blocked):
            alias = attempt.model.objects.get(pk=alias.pk)
            attempt.place.put(alias, attempt.text)
            alias.save()


def by_code(attempt: Attempt) -> None:
    revision = attempt.keep_draft()
    with contextlib.suppress(Blocked):
        revision.publish()
    with contextlib.suppress(Blocked):
        PublishPageRevisionAction(revision, user=attempt.editor).execute(skip_permission_checks=True)
    with contextlib.suppress(Blocked):
        attempt.page.live = True
        attempt.page.save()


def from_a_file_of_rows(attempt: Attempt) -> None:
    """As `loaddata` does it, which skips what a page does when it is saved."""
    attempt.place.put(attempt.page, attempt.text)
    attempt.page.live = True
    rows = serializers.serialize("json", [attempt.page.page_ptr, attempt.page])
    with contextlib.suppress(Blocked):
        for row in serializers.deserialize("json", rows):
            row.save()


WAYS: tuple[Callable[[Attempt], None], ...] = (
    by_the_button,
    by_the_button_of_a_new_page,
    several_at_once,
    by_the_last_approval,
    on_schedule,
    by_copying,
    through_an_alias,
    by_code,
    from_a_file_of_rows,
)
